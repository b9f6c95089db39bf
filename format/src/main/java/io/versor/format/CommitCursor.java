package io.versor.format;

import io.versor.format.type.StoreException;
import java.util.Optional;

/** Commits one by one, newest first, each read when asked for. Used by one thread. */
public interface CommitCursor {
  /** The next commit; empty at the end. */
  Optional<Commit> next() throws StoreException;
}
