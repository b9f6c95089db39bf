package io.versor.engine.plan;

import io.versor.parser.ReservedWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code SELECT a, b FROM t WHERE k = ? AND l = ?}, told without the parser: names without quotes,
 * one table, and values that are all parameters. Whatever is written in another way is none.
 *
 * @param columns empty for {@code *}
 * @param keys columns that are compared with the parameters, in their order
 */
public record KeyQueryText(List<String> columns, String table, List<String> keys) {
  /** Longer texts gain nothing from it. */
  private static final int MAX_CHARS = 2_048;

  public KeyQueryText {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
  }

  /** The text as such a query, if it is one. */
  public static Optional<KeyQueryText> of(String sql) {
    return sql.length() > MAX_CHARS ? Optional.empty() : new Reader(sql).query();
  }

  /** Reads one text from left to right. */
  private static final class Reader {
    private final String sql;
    private int at;

    Reader(String sql) {
      this.sql = sql;
    }

    Optional<KeyQueryText> query() {
      if (!skipped("SELECT")) {
        return Optional.empty();
      }
      List<String> columns = new ArrayList<>();
      if (!skipped('*')) {
        do {
          columns.add(name());
        } while (skipped(','));
      }
      if (!skipped("FROM")) {
        return Optional.empty();
      }
      String table = name();
      if (!skipped("WHERE")) {
        return Optional.empty();
      }
      List<String> keys = new ArrayList<>();
      do {
        keys.add(name());
        if (!skipped('=') || !skipped('?')) {
          return Optional.empty();
        }
      } while (skipped("AND"));
      space();
      boolean named =
          !table.isEmpty() && columns.stream().noneMatch(String::isEmpty) && !keys.contains("");
      return named && at == sql.length()
          ? Optional.of(new KeyQueryText(columns, table, keys))
          : Optional.empty();
    }

    private void space() {
      while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
        at++;
      }
    }

    private boolean skipped(char sign) {
      space();
      if (at < sql.length() && sql.charAt(at) == sign) {
        at++;
        return true;
      }
      return false;
    }

    private boolean skipped(String keyword) {
      int before = at;
      if (word().equalsIgnoreCase(keyword)) {
        return true;
      }
      at = before;
      return false;
    }

    /** A name that needs no quotes; empty if there is none. */
    private String name() {
      String word = word();
      return ReservedWords.contains(word) ? "" : word;
    }

    private String word() {
      space();
      int start = at;
      while (at < sql.length() && isPart(sql.charAt(at), at > start)) {
        at++;
      }
      return sql.substring(start, at);
    }

    private static boolean isPart(char c, boolean inside) {
      return c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c == '_'
          || inside && c >= '0' && c <= '9';
    }
  }
}
