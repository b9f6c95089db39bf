package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Field;
import io.versor.engine.function.FunctionException;
import io.versor.engine.type.Carried;
import io.versor.engine.type.TypeText;
import io.versor.format.ref.NearNames;
import io.versor.format.type.StoreException;
import io.versor.parser.AbsentStatementException;
import io.versor.parser.StatementLimitException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.validate.SqlValidatorException;
import org.jspecify.annotations.Nullable;

/** What Calcite throws, as errors with a SQLState, a place in the text, and near names. */
public final class SqlErrors {
  private static final Pattern NO_OBJECT =
      Pattern.compile("Object '([^']*)' not found(?: within '([^']*)')?.*", Pattern.DOTALL);
  private static final Pattern NO_COLUMN = Pattern.compile("Column '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern NO_JSON =
      Pattern.compile("Invalid input for (JSON_\\w+): .*", Pattern.DOTALL);
  private static final Pattern NO_TYPE = Pattern.compile("Unknown identifier '([^']*)'.*");
  private static final Pattern NO_UNIT = Pattern.compile("'([^']*)' is not a valid time frame");
  private static final List<String> UNITS =
      Stream.of(TimeUnit.values()).map(TimeUnit::name).toList();
  private static final Pattern NO_FUNCTION =
      Pattern.compile("No match found for function signature (.*)", Pattern.DOTALL);

  private static final Pattern INVALID_TIME =
      Pattern.compile("Invalid (DATE|TIME|TIMESTAMP) value");

  private static final Pattern CORRELATED_JOIN =
      Pattern.compile("Correlated (RIGHT|FULL) join is not supported");

  private static final String NO_QUERY = "Non-query expression encountered in illegal context";
  private static final String NO_QUERY_HINT =
      "a query is expected here; there is no * EXCEPT (columns): name the columns that are wanted";

  /** Longest message handed on: Calcite lists every token it would have taken. */
  private static final int MAX_MESSAGE = 1_000;

  /** Gives names like a wrong one, in the form of a question; empty if there are none. */
  @FunctionalInterface
  public interface Near {
    String of(String wrong, @Nullable String schema) throws StoreException;

    /** The same for columns of the tables a statement names. */
    default String ofColumn(String wrong) throws StoreException {
      return "";
    }

    /** Whether the statement has {@code wrong.*}. */
    default boolean hasStarOf(String wrong) {
      return false;
    }
  }

  private SqlErrors() {}

  /** A syntax error. */
  public static StatementException syntax(SqlParseException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof StackOverflowError) {
        return tooDeep();
      }
    }
    int line = e.getPos() == null ? 0 : e.getPos().getLineNum();
    int column = e.getPos() == null ? 0 : e.getPos().getColumnNum();
    String state =
        e instanceof StatementLimitException
            ? "54001"
            : e instanceof AbsentStatementException ? "0A000" : "42601";
    String message = oneLine(String.valueOf(e.getMessage()));
    return new StatementException(
        state, message.startsWith(NO_QUERY) ? NO_QUERY_HINT : message, line, column);
  }

  /** Throws whatever {@code e} means to a user. */
  public static StatementException of(Throwable e, Near tables)
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
      } else if (t instanceof java.time.DateTimeException) {
        return new StatementException("22008", oneLine(String.valueOf(t.getMessage())), t);
      } else if (t instanceof NumberFormatException) {
        return new StatementException("22018", "not a number: " + t.getMessage(), t);
      } else if (t instanceof StackOverflowError) {
        return tooDeep();
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
    if (message.contains("grows beyond 64 KB")) {
      return new StatementException(
          "54001",
          "a part of the statement is too large for the row executor; put its values into a table"
              + " and join that",
          e);
    }
    if (CORRELATED_JOIN.matcher(message).lookingAt()) {
      return new StatementException(
          "0A000",
          "a subquery in ON of a RIGHT or FULL join cannot refer to the joined tables; move it to"
              + " WHERE or into a derived table",
          e);
    }
    if (message.endsWith("is not a group expr")) {
      return new StatementException(
          "42803",
          oneLine(message) + ", which a subquery reads; group by it, or read what is grouped by",
          e);
    }
    if (message.startsWith("Conversion to relational algebra failed to preserve datatypes")
        && message.contains("RepeatUnion")) {
      return new StatementException(
          "42804",
          "WITH RECURSIVE: a column gets another type in each round; CAST it to one type in both"
              + " queries of the UNION, as in CAST(x AS DECIMAL(38, 6))",
          e);
    }
    if (message.startsWith("not a query")) {
      return new StatementException(
          "42601", "a query is expected, found " + message.substring(13), e);
    }
    if (isNotImplemented(e, message)) {
      return new StatementException(
          "0A000",
          "no executor can run this query: a function or operator in it is not there for the types"
              + " it is given",
          e);
    }
    if (message.startsWith("Invalid UUID string")) {
      return new StatementException(
          "22P02", oneLine(message) + "; expected 8-4-4-4-12 hex digits", e);
    }
    if (message.startsWith("Invalid escape character")) {
      return new StatementException("22019", oneLine(message) + "; expected one", e);
    }
    if (message.startsWith("Year out of range")) {
      return new StatementException(
          "22008", oneLine(message) + "; dates go from 0001-01-01 to 9999-12-31", e);
    }
    if (hasCause(e, "PathNotFoundException")) {
      return new StatementException("2203A", "a strict JSON path: " + oneLine(message), e);
    }
    if (INVALID_TIME.matcher(message).lookingAt()) {
      return new StatementException("22007", oneLine(message), e);
    }
    if (message.startsWith("Incompatible first two operand types")) {
      return new StatementException("42883", oneLine(message), e);
    }
    String state = e instanceof UnsupportedOperationException ? "0A000" : "XX000";
    return new StatementException(state, oneLine(message), e);
  }

  private static StatementException tooDeep() {
    return new StatementException(
        "54001", "the statement is nested too deeply; split it into smaller ones");
  }

  /**
   * Calcite's planner found no operator for a part of it, or its generated code does not compile.
   */
  private static boolean isNotImplemented(Throwable e, String message) {
    return hasCause(e, "CompileException")
        || message.startsWith("Unable to implement")
        || message.startsWith("There are not enough");
  }

  private static boolean hasCause(Throwable e, String simpleName) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t.getClass().getSimpleName().equals(simpleName)) {
        return true;
      }
    }
    return false;
  }

  private static StatementException arithmetic(ArithmeticException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("zero")) {
      return new StatementException("22012", "division by zero", e);
    }
    return new StatementException("22003", "a number out of range: " + message, e);
  }

  private static StatementException invalid(String message, int line, int column, Near tables)
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
    Matcher json = NO_JSON.matcher(message);
    if (json.matches()) {
      return new StatementException(
          "22032", json.group(1) + " of a text that is no JSON, or has nothing at the path");
    }
    if (message.contains("$SCALAR_QUERY")) {
      return new StatementException(
          "42601", "a subquery used as a value gives several columns; expected one", line, column);
    }
    Matcher type = NO_TYPE.matcher(message);
    if (type.matches()) {
      String wrong = type.group(1);
      if (tables.hasStarOf(wrong)) {
        return new StatementException(
            "42P01", wrong + ".*: FROM has no table with that name", line, column);
      }
      return wrong.equals("*")
          ? new StatementException("42601", "FROM or a comma is missing behind *", line, column)
          : new StatementException("42704", TypeText.unknown(wrong), line, column);
    }
    Matcher name = NO_COLUMN.matcher(message);
    if (name.matches() && name.group(1).endsWith(Field.LABEL_ID_SUFFIX)) {
      String wrong = name.group(1).substring(0, name.group(1).indexOf(Field.LABEL_ID_SUFFIX));
      return new StatementException(
          "42883", "LABEL_ID(" + wrong + "): expected a column of class labels", line, column);
    }
    if (name.matches()) {
      boolean ambiguous = message.contains("ambiguous");
      String near = ambiguous ? "" : tables.ofColumn(name.group(1));
      return new StatementException(
          ambiguous ? "42702" : "42703", oneLine(message) + near, line, column);
    }
    Matcher function = NO_FUNCTION.matcher(message);
    if (function.matches()) {
      String signature = function.group(1);
      String wrong = signature.substring(0, Math.max(0, signature.indexOf('(')));
      String instead = AbsentFunctions.hint(wrong);
      return new StatementException(
          "42883",
          "no function "
              + oneLine(signature)
              + (instead.isEmpty() ? NearNames.question(wrong, Operators.names()) : instead),
          line,
          column);
    }
    Matcher unit = NO_UNIT.matcher(message);
    String near = unit.matches() ? NearNames.question(unit.group(1), UNITS) : "";
    return new StatementException(ErrorStates.of(message), oneLine(message) + near, line, column);
  }

  /** Messages are one line about the SQL; Calcite lists alternatives below each other. */
  private static String oneLine(String message) {
    String line =
        message
            .strip()
            .replaceAll("\\.? Supported form\\(s\\): ", "; expected ")
            .replaceAll("\\s*\\R\\s*", " or ");
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "…";
  }
}
