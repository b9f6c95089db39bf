package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of files that are read one after the other. */
public final class FileByFile implements RowsReader {
  /** Opens one of them. */
  @FunctionalInterface
  public interface Opener {
    RowsReader open(SourceFile file) throws IOException, StoreException, StatementException;
  }

  private final Iterator<SourceFile> files;
  private final Opener opener;
  private @Nullable RowsReader current;
  private String name = "";

  public FileByFile(List<SourceFile> files, Opener opener) {
    this.files = files.iterator();
    this.opener = opener;
  }

  @Override
  public Optional<RawRows> next() throws IOException, StoreException, StatementException {
    try {
      while (true) {
        RowsReader reader = current;
        if (reader == null) {
          if (!files.hasNext()) {
            return Optional.empty();
          }
          SourceFile file = files.next();
          name = file.name();
          reader = opener.open(file);
          current = reader;
        }
        Optional<RawRows> rows = reader.next();
        if (rows.isPresent()) {
          return rows;
        }
        current = null;
        reader.close();
      }
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }
}
