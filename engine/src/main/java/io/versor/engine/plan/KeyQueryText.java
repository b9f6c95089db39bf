package io.versor.engine.plan;

import io.versor.parser.ReservedWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code SELECT a, b FROM t WHERE k = ? AND l = 'x'}, told without the parser: names without
 * quotes, one table, and values that are parameters, whole numbers or plain texts. Whatever is
 * written in another way is none.
 *
 * @param columns empty for {@code *}
 * @param keys columns that are compared with values, in their order
 * @param constants what each of them is compared with, a Long or a String; empty for a parameter
 */
public record KeyQueryText(
    List<String> columns, String table, List<String> keys, List<Optional<Object>> constants) {
  /** Longer texts gain nothing from it. */
  private static final int MAX_CHARS = 2_048;

  /** Every number of so many digits is a long. */
  private static final int MOST_DIGITS = 18;

  public KeyQueryText {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
    constants = List.copyOf(constants);
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
      List<Optional<Object>> constants = new ArrayList<>();
      do {
        keys.add(name());
        if (!skipped('=') || !value(constants)) {
          return Optional.empty();
        }
      } while (skipped("AND"));
      space();
      boolean named =
          !table.isEmpty() && columns.stream().noneMatch(String::isEmpty) && !keys.contains("");
      return named && at == sql.length()
          ? Optional.of(new KeyQueryText(columns, table, keys, constants))
          : Optional.empty();
    }

    /** Whether a value is here, which goes to the others. */
    private boolean value(List<Optional<Object>> values) {
      if (skipped('?')) {
        values.add(Optional.empty());
        return true;
      }
      Optional<Object> constant = skipped('\'') ? text() : number();
      values.add(constant);
      return constant.isPresent();
    }

    /** Digits and nothing that makes more of them. */
    private Optional<Object> number() {
      int start = at;
      at += at < sql.length() && sql.charAt(at) == '-' ? 1 : 0;
      int first = at;
      while (at < sql.length() && sql.charAt(at) >= '0' && sql.charAt(at) <= '9') {
        at++;
      }
      boolean ends = at == sql.length() || Character.isWhitespace(sql.charAt(at));
      return at > first && at - first <= MOST_DIGITS && ends
          ? Optional.of(Long.valueOf(sql.substring(start, at)))
          : Optional.empty();
    }

    /** Up to the next quote; two of them, which mean one, are left to the parser. */
    private Optional<Object> text() {
      int end = sql.indexOf('\'', at);
      boolean ends =
          end >= 0 && (end + 1 == sql.length() || Character.isWhitespace(sql.charAt(end + 1)));
      if (!ends || sql.substring(at, end).chars().anyMatch(c -> c < ' ' || c > '~')) {
        return Optional.empty();
      }
      String text = sql.substring(at, end);
      at = end + 1;
      return followedByText() ? Optional.empty() : Optional.of(text);
    }

    /** Texts behind one another are one text. */
    private boolean followedByText() {
      space();
      return at < sql.length() && sql.charAt(at) == '\'';
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
