package io.versor.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random tables: their columns, and rows of NULLs, extremes, duplicates and texts beyond ASCII.
 * Some are empty.
 */
final class RandomTables {
  /** What columns and expressions are, as far as operators care. */
  enum Kind {
    INT,
    BIG,
    DECIMAL,
    REAL,
    TEXT,
    BOOL,
    DATE,
    TIME,
    TIMESTAMP,
    BYTES
  }

  record Column(String name, Kind kind) {}

  /**
   * @param columns without {@code id}, which is 0, 1, 2, …
   * @param rows as they stand behind VALUES
   */
  record Table(String name, String create, List<Column> columns, List<String> rows) {}

  private final Random random;

  RandomTables(Random random) {
    this.random = random;
  }

  List<Table> next() {
    List<Table> tables = new ArrayList<>();
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      tables.add(table("t" + i, i == 2 ? 0 : 8 + random.nextInt(30)));
    }
    return tables;
  }

  private Table table(String name, int rows) {
    List<Column> columns = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (Kind kind : Kind.values()) { // each kind at least once, so that queries find one
      int same = kind == Kind.INT ? 2 : 1 + (random.nextInt(4) == 0 ? 1 : 0);
      for (int i = 0; i < same; i++) {
        String column = "c" + columns.size();
        columns.add(new Column(column, kind));
        types.add(column + " " + type(kind));
      }
    }
    List<String> values = new ArrayList<>();
    for (int id = 0; id < rows; id++) {
      List<String> row = new ArrayList<>(List.of(String.valueOf(id)));
      columns.forEach(column -> row.add(random.nextInt(5) == 0 ? "NULL" : value(column.kind())));
      values.add("(" + String.join(", ", row) + ")");
    }
    String create = "CREATE TABLE " + name + "(id INTEGER, " + String.join(", ", types) + ")";
    return new Table(name, create, columns, values);
  }

  private String type(Kind kind) {
    return switch (kind) {
      case INT -> one("SMALLINT", "INTEGER", "BIGINT");
      case BIG -> "BIGINT";
      case DECIMAL -> one("DECIMAL(9, 2)", "DECIMAL(18, 4)", "DECIMAL(7, 2)", "DECIMAL(30, 6)");
      case REAL -> one("REAL", "DOUBLE PRECISION");
      case TEXT -> one("VARCHAR(20)", "VARCHAR(40)");
      case BOOL -> "BOOLEAN";
      case DATE -> "DATE";
      case TIME -> "TIME(0)";
      case TIMESTAMP -> one("TIMESTAMP(0)", "TIMESTAMP(6)");
      case BYTES -> "VARBINARY(8)";
    };
  }

  private String one(String... all) {
    return all[random.nextInt(all.length)];
  }

  /** A literal. */
  String value(Kind kind) {
    return switch (kind) {
      case INT -> String.valueOf(random.nextInt(13) - 6);
      case BIG ->
          one("9223372036854775807", "-9223372036854775807", "0", "1", "-1", "4294967296", "65535");
      case DECIMAL -> one("0", "1", "-2.5", "3.25", "-7.5", "99.75", "12.5", "-0.5");
      case REAL -> one("0.25", "-1.5", "2.0", "1024.5", "-0.75") + "E0";
      case TEXT ->
          "'"
              + one("a", "ab", "b", "", "bc", "ä", "A", "cab", "日本", "a%b", "a_b", "it''s", "x y")
              + "'";
      case BOOL -> one("TRUE", "FALSE");
      case DATE ->
          "DATE '"
              + one("2024-02-29", "1999-12-31", "1970-01-01", "1969-07-20", "2024-03-31")
              + "'";
      case TIME -> "TIME '" + one("00:00:00", "12:30:15", "23:59:59", "06:00:00") + "'";
      case TIMESTAMP ->
          "TIMESTAMP '"
              + one(
                  "2024-02-29 12:00:00",
                  "1970-01-01 00:00:00",
                  "1969-12-31 23:59:59",
                  "2024-03-31 02:30:00")
              + "'";
      case BYTES -> "X'" + one("00", "ff", "0102", "", "80ff") + "'";
    };
  }
}
