package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.util.ArrayList;
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

  /** Read to their end, with rows that are still to be decoded: no more than wait together. */
  private final List<RowsReader> ended = new ArrayList<>();

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
        ended.add(reader);
        closeSpent();
      }
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  private void closeSpent() throws IOException {
    for (Iterator<RowsReader> each = ended.iterator(); each.hasNext(); ) {
      RowsReader reader = each.next();
      if (reader.isSpent()) {
        each.remove();
        reader.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      ended.add(current);
      current = null;
    }
    IOException failed = null;
    for (RowsReader reader : ended) {
      try {
        reader.close();
      } catch (IOException e) {
        failed = failed == null ? e : failed;
      }
    }
    ended.clear();
    if (failed != null) {
      throw failed;
    }
  }
}
