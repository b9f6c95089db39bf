package io.versor.format;

import io.versor.format.ref.CommitId;
import java.util.Optional;

/** What commits are called elsewhere, where these names may stand in a revision. Thread-safe. */
@FunctionalInterface
public interface CommitNames {
  /** They have no other names. */
  CommitNames NONE = name -> Optional.empty();

  /** The commit with a name, or with one that begins so if no other does. */
  Optional<CommitId> find(String name);
}
