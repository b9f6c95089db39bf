package io.versor.shell;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints rows as an aligned table. Widths come from the first rows, so that a long result is
 * printed while it is read; a later, longer value only pushes its own line out.
 */
final class TablePrinter {
  private static final int ROWS_FOR_WIDTHS = 1_000;

  private final PrintStream out;
  private String[] labels = {};
  private int[] types = {};
  private int[] widths = {};

  TablePrinter(PrintStream out) {
    this.out = out;
  }

  /** Reads to the end; returns the number of rows. */
  long print(ResultSet rows) throws SQLException {
    describe(rows.getMetaData());
    List<String[]> first = new ArrayList<>();
    boolean more = rows.next();
    while (more && first.size() < ROWS_FOR_WIDTHS) {
      first.add(cells(rows));
      more = rows.next();
    }
    widen(labels);
    first.forEach(this::widen);
    header();
    first.forEach(this::line);
    long count = first.size();
    while (more) {
      line(cells(rows));
      count++;
      more = rows.next();
    }
    out.println(count == 1 ? "(1 row)" : "(" + count + " rows)");
    return count;
  }

  private void describe(ResultSetMetaData meta) throws SQLException {
    int columns = meta.getColumnCount();
    labels = new String[columns];
    types = new int[columns];
    widths = new int[columns];
    for (int i = 0; i < columns; i++) {
      labels[i] = meta.getColumnLabel(i + 1);
      types[i] = meta.getColumnType(i + 1);
    }
  }

  private String[] cells(ResultSet rows) throws SQLException {
    String[] cells = new String[types.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = CellText.of(rows, i + 1, types[i]);
    }
    return cells;
  }

  private void widen(String[] cells) {
    for (int i = 0; i < cells.length; i++) {
      widths[i] = Math.max(widths[i], width(cells[i]));
    }
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private void header() {
    line(labels);
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + (i == 0 ? 1 : 2)));
    }
    out.println(rule);
  }

  private void line(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String pad = " ".repeat(Math.max(0, widths[i] - width(cells[i])));
      line.append(i == 0 ? "" : " | ");
      line.append(rightAligned(types[i]) ? pad + cells[i] : cells[i] + pad);
    }
    out.println(line.toString().stripTrailing());
  }

  private static boolean rightAligned(int type) {
    return switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.NUMERIC ->
          true;
      default -> false;
    };
  }
}
