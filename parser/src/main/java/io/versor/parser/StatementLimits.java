package io.versor.parser;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What a statement may be, before it is parsed: the parser and the planner call themselves for each
 * level of it, and a thread's stack has room for so many. One pass over the text.
 */
final class StatementLimits {
  /** Longest text, in UTF-16 units. Parsing takes some ten times as much memory. */
  static final int MAX_LENGTH = 32 << 20;

  /** Parentheses and CASEs within each other. A stack of 512 KiB bears somewhat more. */
  static final int MAX_DEPTH = 100;

  /** Operators between two commas or parentheses: they are a tree as deep as the chain is long. */
  static final int MAX_CHAIN = 1_000;

  /** SELECTs that UNION, INTERSECT and EXCEPT put together. */
  static final int MAX_SETS = 1_000;

  /** Tables that a statement joins. Planning takes time with the square of them. */
  static final int MAX_JOINS = 200;

  /** Digits of a number: more than a DOUBLE has. Reading them takes time with their square. */
  static final int MAX_DIGITS = 2_000;

  private static final Set<String> COUNTED = Set.of("UNION", "INTERSECT", "EXCEPT", "JOIN");

  /** Words that are operators; AND and OR become lists, but the parser nests them all the same. */
  private static final Set<String> OPERATORS = Set.of("NOT", "AND", "OR");

  private final ScriptStatement statement;
  private int depth;
  private int chain;
  private int sets;
  private int joins;
  private int nots;

  private StatementLimits(ScriptStatement statement) {
    this.statement = statement;
  }

  static void check(ScriptStatement statement) throws StatementLimitException {
    new StatementLimits(statement).check();
  }

  private void check() throws StatementLimitException {
    String text = statement.text();
    if (text.length() > MAX_LENGTH) {
      throw exceeded("a text of " + text.length() + " characters", MAX_LENGTH, 0);
    }
    int at = 0;
    while (at < text.length()) {
      int next = ScriptCutter.skipFrom(text, at);
      if (next > at + 1) {
        at = next; // a text, name or comment
        continue;
      }
      char c = text.charAt(at);
      if (Character.isJavaIdentifierStart(c)) {
        int end = at + 1;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
          end++;
        }
        if (end - at <= 9) {
          word(text.substring(at, end).toUpperCase(Locale.ROOT), at);
        }
        at = end;
        continue;
      }
      if (isDigit(c)) {
        at = number(at);
        continue;
      }
      sign(c, at);
      at++;
    }
  }

  private int number(int start) throws StatementLimitException {
    String text = statement.text();
    int end = start + 1;
    while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    if (end - start > MAX_DIGITS) {
      throw exceeded("a number of " + (end - start) + " digits", MAX_DIGITS, start);
    }
    nots = 0;
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void sign(char c, int at) throws StatementLimitException {
    nots = Character.isWhitespace(c) ? nots : 0;
    switch (c) {
      case '(', '[' -> {
        deeper(at);
        chain = 0;
      }
      case ')', ']' -> {
        depth--;
        chain = 0;
      }
      case ',' -> chain = 0;
      case '+', '-', '*', '/', '%', '|', '&', '^', '~' -> link(at);
      default -> {}
    }
  }

  private void word(String word, int at) throws StatementLimitException {
    nots = word.equals("NOT") ? nots + 1 : 0;
    if (nots > MAX_DEPTH) {
      throw exceeded(nots + " NOTs in a row", MAX_DEPTH, at);
    }
    if (word.equals("CASE")) {
      deeper(at);
    } else if (word.equals("END")) {
      depth = Math.max(0, depth - 1);
    } else if (OPERATORS.contains(word)) {
      link(at);
    } else if (COUNTED.contains(word)) {
      chain = 0;
      count(word, at);
    } else if (word.equals("SELECT") || word.equals("WHERE") || word.equals("VALUES")) {
      chain = 0;
    }
  }

  private void deeper(int at) throws StatementLimitException {
    if (++depth > MAX_DEPTH) {
      throw exceeded("parentheses or CASEs nested " + depth + " deep", MAX_DEPTH, at);
    }
  }

  private void link(int at) throws StatementLimitException {
    if (++chain > MAX_CHAIN) {
      throw exceeded("a chain of " + chain + " operators", MAX_CHAIN, at);
    }
  }

  private void count(String word, int at) throws StatementLimitException {
    if (word.equals("JOIN") && ++joins > MAX_JOINS) {
      throw exceeded(joins + " joins", MAX_JOINS, at);
    }
    if (!word.equals("JOIN") && ++sets > MAX_SETS) {
      throw exceeded(sets + " UNIONs and the like", MAX_SETS, at);
    }
  }

  private StatementLimitException exceeded(String what, int limit, int at) {
    String before = statement.text().substring(0, at);
    int feed = before.lastIndexOf('\n');
    int line = statement.line() + (int) before.chars().filter(c -> c == '\n').count();
    int column = feed < 0 ? statement.column() + at : at - feed;
    return new StatementLimitException(
        what + "; at most " + limit + " are taken in one statement",
        new SqlParserPos(line, column));
  }
}
