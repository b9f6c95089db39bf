package io.versor.columnar;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.engine.copy.SourceFile;
import io.versor.format.type.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is refused before a file is written or read. */
public final class ColumnNames {
  private ColumnNames() {}

  /**
   * @throws StatementException 42701 for two columns of one name
   */
  public static void check(List<ColumnInfo> columns) throws StatementException {
    Set<String> names = new HashSet<>();
    for (ColumnInfo column : columns) {
      if (!names.add(column.label())) {
        throw new StatementException(
            "42701",
            "two columns are called " + column.label() + "; give one another name with AS");
      }
    }
  }

  /**
   * @throws StatementException 0A000 for a packed file: its parts could not be found
   */
  public static void refusePacked(SourceFile file) throws StatementException {
    String lower = file.name().toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz") || lower.endsWith(".zst")) {
      throw new StatementException(
          "0A000", file.name() + ": unpack it first; files of this format are packed inside");
    }
  }

  /** A value that a column of a file cannot have. */
  public static StoreException unwritable(ColumnInfo column, long row, StoreException e) {
    return new StoreException(
        e.code(),
        "column "
            + column.label()
            + ", a "
            + column.typeName()
            + ", row "
            + row
            + ": "
            + e.getMessage(),
        e);
  }

  /** A field whose type nothing here can hold. */
  public static StatementException refused(String file, String field, String type) {
    return new StatementException(
        "0A000",
        file
            + ": the field "
            + field
            + " is "
            + type
            + ", which no column takes; name the columns to copy, as in COPY t (a, b) FROM …");
  }
}
