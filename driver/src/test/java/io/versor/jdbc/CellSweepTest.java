package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cells of every type in every place of SQL. What only asks whether cells are equal or NULL has to
 * give what anybody expects; everything else gives a value, or an error with words and a SQLState,
 * never one of the machinery. The statements are in {@code src/test/resources/cells}.
 */
class CellSweepTest {
  private static final String PICTURE =
      "ENCODE_IMAGE(CAST('[[[1], [2]]]' AS TENSOR(UINT8, *, *, *)), 'png')";
  private static final String OTHER_PICTURE = PICTURE.replace("1", "3");

  /** States of what is refused, besides those of values (22…). */
  private static final Set<String> REFUSED =
      Set.of(
          "0A000", "42601", "42703", "42704", "42803", "42804", "42809", "42846", "42883", "42P01",
          "42P18");

  /** A type, and two values of it that differ; the first is the smaller one if they are ordered. */
  enum Kind {
    FIXED("TENSOR(FLOAT32, 2)", "ARRAY[1, 2]", "ARRAY[3, 4.5]"),
    RAGGED("TENSOR(INT32, *)", "ARRAY[1]", "ARRAY[1, 2, 3]"),
    RANK_2("TENSOR(INT16, *, 2)", "ARRAY[ARRAY[1, 2]]", "ARRAY[ARRAY[1, 2], ARRAY[3, 4]]"),
    RANK_0("TENSOR(FLOAT64)", "1.5", "2.5"),
    HALF("TENSOR(FLOAT16, 2)", "ARRAY[0.5, 1]", "ARRAY[0.5, 2]"),
    HALF_0("TENSOR(FLOAT16)", "0.5", "1.5"),
    UINT64("TENSOR(UINT64, *)", "ARRAY[18446744073709551615]", "ARRAY[0, 1]"),
    BOOL("TENSOR(BOOL, 2)", "ARRAY[TRUE, FALSE]", "ARRAY[FALSE, FALSE]"),
    BOOLEAN("BOOLEAN", "FALSE", "TRUE"),
    EMBEDDING("EMBEDDING(3)", "ARRAY[1, 0, 0]", "ARRAY[0, 1, 0.25]"),
    BBOX("BBOX", "ARRAY[ARRAY[1, 2, 3, 4]]", "ARRAY[]"),
    TEXTS("VARCHAR ARRAY", "ARRAY['a', NULL]", "ARRAY['b', 'c', 'd']"),
    DAYS("DATE ARRAY", "ARRAY[DATE '2026-01-01']", "ARRAY[]"),
    DECIMALS("DECIMAL(30, 2) ARRAY", "ARRAY[1.50, 12345678901234567890.12]", "ARRAY[2.00]"),
    LABELS("CLASS_LABEL('cat', 'dog') ARRAY", "ARRAY['cat', 'dog']", "ARRAY['dog', NULL]"),
    IMAGES(
        "IMAGE('png') ARRAY",
        "ARRAY[" + PICTURE + "]",
        "ARRAY[" + OTHER_PICTURE + ", " + PICTURE + "]"),
    TENSORS("TENSOR(FLOAT32, *) ARRAY", "ARRAY[ARRAY[1, 2], ARRAY[3, 4]]", "ARRAY[ARRAY[5, 6]]"),
    LABEL("CLASS_LABEL('cat', 'dog')", "'cat'", "'dog'"),
    IMAGE("IMAGE('png')", PICTURE, OTHER_PICTURE),
    UUID(
        "UUID", "'00000000-0000-0000-0000-000000000001'", "'f0000000-0000-0000-0000-000000000001'"),
    JSON("JSON", "'{\"a\": 1}'", "'{\"b\": 1}'"),
    UNSIGNED("BIGINT UNSIGNED", "1", "18446744073709551615"),
    BYTE("TINYINT UNSIGNED", "1", "255"),
    BYTES("VARBINARY(4)", "X'00'", "X'FF00'"),
    DAY("DATE", "DATE '2026-01-01'", "DATE '2026-02-01'"),
    INSTANT(
        "TIMESTAMP WITH TIME ZONE",
        "TIMESTAMP '2026-01-01 00:00:00'",
        "TIMESTAMP '2026-02-01 00:00:00'");

    private final String type;
    private final String one;
    private final String two;

    Kind(String type, String one, String two) {
      this.type = type;
      this.one = one;
      this.two = two;
    }

    private String in(String sql) {
      return sql.replace("$1", one).replace("$2", two).replace("$T", type);
    }
  }

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = "RANK_2")
  void cellsAreEqualOrNotWhereverTheyStand(Kind kind) throws Exception {
    try (Cells cells = new Cells(kind)) {
      cells.checkValues();
      cells.checkChanges();
    }
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void cellsOfEveryTypeInEveryPlace(Kind kind) throws Exception {
    try (Cells cells = new Cells(kind)) {
      cells.checkValues();
      cells.checkChanges();
      cells.checkOutcomes();
    }
  }

  /** A store with the tables that the statements read; what they gave otherwise than expected. */
  private final class Cells implements AutoCloseable {
    private final Kind kind;
    private final Sql sql;
    private final @Nullable Object one;
    private final String oneText;
    private final String twoText;
    private final List<String> wrong = new ArrayList<>();

    Cells(Kind kind) throws SQLException {
      this.kind = kind;
      this.sql = Sql.open(directory.resolve("store"));
      sql.run(
          kind.in("CREATE TABLE t(id INTEGER, x $T)"),
          kind.in("CREATE TABLE u(id INTEGER, x $T)"),
          kind.in("INSERT INTO t VALUES (1, $1), (2, $2), (3, $1), (4, NULL)"),
          "CREATE VIEW v AS SELECT id, x FROM t");
      one = sql.rows("SELECT x FROM t WHERE id = 1").get(0).get(0);
      oneText = sql.text("SELECT x FROM t WHERE id = 1");
      twoText = sql.text("SELECT x FROM t WHERE id = 2");
    }

    void checkValues() throws IOException {
      for (String line : lines("values.txt")) {
        boolean optional = line.startsWith("* ");
        String[] parts = line.substring(optional ? 2 : 0).split(" =>", 2);
        String found = outcome(parts[0]);
        if (!(optional && isRefusal(found))) {
          expect(parts[0], parts[1], found);
        }
      }
      assertEquals(List.of(), wrong);
    }

    void checkChanges() throws IOException {
      for (String line : lines("changes.txt")) {
        String[] parts = line.split(" =>", 2);
        String found = outcome(parts[0]);
        if (found.startsWith("!")) {
          wrong.add(kind.in(parts[0]) + " gave " + found);
        } else if (parts.length > 1) {
          expect(parts[0], parts[1], outcome("SELECT id, x FROM u"));
        }
      }
      assertEquals(List.of(), wrong);
    }

    void checkOutcomes() throws IOException {
      for (String line : lines("outcomes.txt")) {
        String found = outcome(line);
        if (found.startsWith("!") && !isRefusal(found)) {
          wrong.add(kind.in(line) + " gave " + found);
        }
      }
      assertEquals(List.of(), wrong);
    }

    private boolean isRefusal(String found) {
      boolean state =
          found.startsWith("!22")
              || found.startsWith("!") && REFUSED.contains(found.substring(1, 6));
      return state && !found.contains("java.") && !found.contains("Exception");
    }

    private void expect(String statement, String rows, String found) {
      List<String> wanted = new ArrayList<>();
      for (String row : rows.isBlank() ? new String[0] : rows.strip().split("; ")) {
        wanted.add(
            Stream.of(row.split("\\|"))
                .map(
                    cell ->
                        switch (cell) {
                          case "A" -> oneText;
                          case "B" -> twoText;
                          case "N" -> "null";
                          default -> cell;
                        })
                .reduce((left, right) -> left + "|" + right)
                .orElseThrow());
      }
      Collections.sort(wanted);
      if (!found.equals(String.join("; ", wanted))) {
        wrong.add(kind.in(statement) + " gave " + found + ", expected " + wanted);
      }
    }

    /** The rows in the order of their texts, or the error behind an exclamation mark. */
    private String outcome(String line) {
      String text = kind.in(line);
      try (PreparedStatement statement = sql.connection.prepareStatement(text)) {
        if (statement.getParameterMetaData().getParameterCount() > 0) {
          statement.setObject(1, one);
        }
        List<String> rows = new ArrayList<>();
        if (statement.execute()) {
          try (ResultSet found = Objects.requireNonNull(statement.getResultSet())) {
            while (found.next()) {
              rows.add(row(found));
            }
          }
        }
        Collections.sort(rows);
        return String.join("; ", rows);
      } catch (SQLException e) {
        return "!" + e.getSQLState() + " " + e.getMessage();
      }
    }

    private static String row(ResultSet found) throws SQLException {
      List<String> cells = new ArrayList<>();
      for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
        found.getObject(i);
        cells.add(String.valueOf(found.getString(i)));
      }
      return String.join("|", cells);
    }

    @Override
    public void close() throws SQLException {
      sql.close();
    }
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CellSweepTest.class.getResourceAsStream("/cells/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
