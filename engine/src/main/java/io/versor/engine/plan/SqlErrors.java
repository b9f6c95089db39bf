package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.function.FunctionException;
import io.versor.engine.type.Carried;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.validate.SqlValidatorException;
import org.jspecify.annotations.Nullable;

/** What Calcite throws, as errors with a SQLState, a place in the text, and near names. */
public final class SqlErrors {
  private static final Pattern NO_OBJECT =
      Pattern.compile("Object '([^']*)' not found(?: within '([^']*)')?.*", Pattern.DOTALL);
  private static final Pattern NO_COLUMN =
      Pattern.compile("(?:Column|Unknown identifier) '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern NO_FUNCTION =
      Pattern.compile("No match found for function signature (.*)", Pattern.DOTALL);

  /** Longest message handed on: Calcite lists every token it would have taken. */
  private static final int MAX_MESSAGE = 1_000;

  /** Gives names like a wrong one, in the form of a question; empty if there are none. */
  @FunctionalInterface
  public interface NearNames {
    String of(String wrong, @Nullable String schema) throws StoreException;

    /** The same for columns of the tables a statement names. */
    default String ofColumn(String wrong) throws StoreException {
      return "";
    }
  }

  private SqlErrors() {}

  /** A syntax error. */
  public static StatementException syntax(SqlParseException e) {
    String message = String.valueOf(e.getMessage());
    int expected = message.indexOf("\nWas expecting");
    String head = expected < 0 ? message : message.substring(0, expected);
    String tail = expected < 0 ? "" : expectations(message.substring(expected));
    int line = e.getPos() == null ? 0 : e.getPos().getLineNum();
    int column = e.getPos() == null ? 0 : e.getPos().getColumnNum();
    return new StatementException("42601", shortened(head.strip() + tail), line, column);
  }

  private static String expectations(String text) {
    List<String> words = new ArrayList<>();
    for (String line : text.split("\n")) {
      String word = line.strip().replaceAll(" \\.\\.\\.$", "");
      if (word.startsWith("\"") || word.startsWith("<")) {
        words.add(word.replaceAll("[\"<>]", ""));
      }
    }
    return words.isEmpty() || words.size() > 12 ? "" : "; expected " + String.join(", ", words);
  }

  /** Throws whatever {@code e} means to a user. */
  public static StatementException of(Throwable e, NearNames tables)
      throws StoreException, StatementException {
    Carried.rethrow(e);
    int line = 0;
    int column = 0;
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof FunctionException function) {
        return new StatementException(
            function.sqlState(), String.valueOf(function.getMessage()), function);
      }
      if (t instanceof CalciteContextException context) {
        line = context.getPosLine();
        column = context.getPosColumn();
      } else if (t instanceof SqlParseException parse) {
        return syntax(parse);
      } else if (t instanceof SqlValidatorException || t instanceof CalciteException) {
        return invalid(String.valueOf(t.getMessage()), line, column, tables);
      } else if (t instanceof ArithmeticException arithmetic) {
        return arithmetic(arithmetic);
      } else if (t instanceof NumberFormatException) {
        return new StatementException("22018", "not a number: " + t.getMessage(), t);
      } else if (t instanceof StackOverflowError) {
        return new StatementException(
            "54001", "the statement is nested too deeply; split it into smaller ones");
      }
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    if (message.contains("more than one value in agg SINGLE_VALUE")) {
      return new StatementException(
          "21000",
          "a subquery used as a value gave more than one row; add LIMIT 1 or aggregate",
          e);
    }
    for (Throwable t = e; t.getCause() != null; t = t.getCause()) {
      if (t.getCause().getMessage() != null) {
        message = t.getCause().getMessage();
      }
    }
    if (message.startsWith("Unable to implement") || message.startsWith("There are not enough")) {
      return new StatementException(
          "0A000", "no executor can run this query: " + message.lines().findFirst().orElse(""), e);
    }
    String state = e instanceof UnsupportedOperationException ? "0A000" : "XX000";
    return new StatementException(state, shortened(message), e);
  }

  private static StatementException arithmetic(ArithmeticException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("zero")) {
      return new StatementException("22012", "division by zero", e);
    }
    return new StatementException("22003", "a number out of range: " + message, e);
  }

  private static StatementException invalid(String message, int line, int column, NearNames tables)
      throws StoreException {
    Matcher object = NO_OBJECT.matcher(message);
    if (object.matches()) {
      String where = object.group(2);
      String near = tables.of(object.group(1), where);
      return new StatementException(
          "42P01",
          "no table or schema " + object.group(1) + (where == null ? "" : " in " + where) + near,
          line,
          column);
    }
    Matcher name = NO_COLUMN.matcher(message);
    if (name.matches()) {
      boolean ambiguous = message.contains("ambiguous");
      String near = ambiguous ? "" : tables.ofColumn(name.group(1));
      return new StatementException(
          ambiguous ? "42702" : "42703", shortened(message) + near, line, column);
    }
    Matcher function = NO_FUNCTION.matcher(message);
    if (function.matches()) {
      return new StatementException(
          "42883", "no function " + shortened(function.group(1)), line, column);
    }
    return new StatementException(state(message), shortened(message), line, column);
  }

  private static String state(String message) {
    if (message.startsWith("Table '") && message.endsWith("' not found")) {
      return "42P01";
    }
    if (message.startsWith("Cannot apply")
        || message.contains("Illegal mixing of types")
        || message.startsWith("Cannot assign")
        || message.startsWith("Values passed to")
        || message.startsWith("Illegal use of dynamic")) {
      return "42804";
    }
    if (message.contains("is not being grouped")) {
      return "42803";
    }
    if (message.contains("Division by zero") || message.contains("by zero")) {
      return "22012";
    }
    if (message.contains("cast")
        || message.contains("out of range")
        || message.contains("overflow")) {
      return "22003";
    }
    if (message.startsWith("Duplicate")) {
      return "42712";
    }
    return "42000";
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
  }
}
