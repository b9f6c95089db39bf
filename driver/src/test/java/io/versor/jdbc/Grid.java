package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Calendar;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A table of what every call does with every type, as a text of the test resources: a value, or
 * {@code !} and the SQLState of the exception.
 */
final class Grid {
  private final String resource;
  private final List<String> expected;
  private int line = 1;

  private Grid(String resource, List<String> expected) {
    this.resource = resource;
    this.expected = expected;
  }

  /** Checks the first line, which names the columns. */
  static Grid open(String resource, List<String> columns) throws IOException {
    try (InputStream in = Objects.requireNonNull(Grid.class.getResourceAsStream(resource))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = text.lines().toList();
      assertEquals(cells("", columns), normal(lines.get(0)));
      return new Grid(resource, lines);
    }
  }

  /** The next line. */
  void check(String call, List<String> outcomes) {
    String found = cells(call, outcomes);
    String wanted = line < expected.size() ? normal(expected.get(line)) : "nothing";
    line++;
    assertEquals(wanted, found, resource + ":" + line);
  }

  void end() {
    assertEquals(expected.size(), line, "lines of " + resource);
  }

  private static String normal(String text) {
    return cells("", Arrays.stream(text.split("\\|", -1)).map(String::strip).toList()).substring(3);
  }

  private static String cells(String call, List<String> values) {
    return call + " | " + String.join(" | ", values);
  }

  interface Call {
    @Nullable Object run() throws Exception;
  }

  /** What a cell says of a call. */
  static String outcome(Call call) throws Exception {
    try {
      return show(call.run());
    } catch (SQLException e) {
      return "!" + e.getSQLState();
    }
  }

  private static String show(@Nullable Object value) throws Exception {
    if (value instanceof byte[] bytes) {
      return "x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof InputStream in) {
      return show(in.readAllBytes());
    }
    if (value instanceof Reader in) {
      StringWriter out = new StringWriter();
      in.transferTo(out);
      return out.toString();
    }
    if (value instanceof Blob blob) {
      return show(blob.getBytes(1, (int) blob.length()));
    }
    if (value instanceof Clob clob) {
      return clob.getSubString(1, (int) clob.length());
    }
    if (value instanceof Array array) {
      return show(array.getArray());
    }
    if (value instanceof Calendar calendar) {
      return calendar.toInstant().toString();
    }
    if (value != null && value.getClass().isArray()) {
      StringJoiner all = new StringJoiner(",", "[", "]");
      for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
        all.add(show(java.lang.reflect.Array.get(value, i)));
      }
      return all.toString();
    }
    return String.valueOf(value);
  }
}
