package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.work.Work;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Where in a statement the branch, tag or commit stands that the store knows nothing of. */
final class NamedPlaces {
  private NamedPlaces() {}

  /**
   * Runs what a statement does. An error about a name that the statement, or a parameter of it,
   * gives is told with the place of that name.
   */
  static <T> T in(SqlNode statement, List<@Nullable Object> parameters, Work.Task<T> action)
      throws StoreException, StatementException {
    try {
      return action.run();
    } catch (StoreException e) {
      Optional<String> state = isOfNames(e.code()) ? stateOf(e.code()) : Optional.empty();
      Optional<SqlNode> place =
          state.isEmpty() ? Optional.empty() : find(statement, parameters, e.getMessage());
      if (place.isEmpty()) {
        throw e;
      }
      throw new StatementException(state.get(), String.valueOf(e.getMessage()), e)
          .at(place.get().getParserPosition());
    } catch (StatementException e) {
      Optional<SqlNode> place =
          e.line() > 0 ? Optional.empty() : find(statement, parameters, e.getMessage());
      throw place.isEmpty() ? e : e.at(place.get().getParserPosition());
    }
  }

  private static boolean isOfNames(StoreException.Code code) {
    return switch (code) {
      case NO_SUCH_REF, AMBIGUOUS_REF, REF_EXISTS, INVALID_NAME, NO_SUCH_TABLE, TABLE_EXISTS ->
          true;
      default -> false;
    };
  }

  /** Of errors about names and values that a statement gives; others are the driver's. */
  static Optional<String> stateOf(StoreException.Code code) {
    return switch (code) {
      case NO_SUCH_REF, AMBIGUOUS_REF -> Optional.of("3F000");
      case REF_EXISTS -> Optional.of("42710");
      case INVALID_NAME -> Optional.of("42602");
      case NO_SUCH_TABLE -> Optional.of("42P01");
      case TABLE_EXISTS -> Optional.of("42P07");
      case NO_SUCH_COLUMN -> Optional.of("42703");
      case COLUMN_EXISTS -> Optional.of("42701");
      case INVALID_VALUE -> Optional.of("22023");
      case OUT_OF_RANGE -> Optional.of("22003");
      case TOO_LONG -> Optional.of("22001");
      default -> Optional.empty();
    };
  }

  private static Optional<SqlNode> find(
      SqlNode statement, List<@Nullable Object> parameters, @Nullable String message) {
    if (message == null || !(statement instanceof SqlCall call)) {
      return Optional.empty();
    }
    List<SqlNode> operands = call.getOperandList();
    for (SqlNode operand : operands) {
      Optional<String> text = text(operand, parameters);
      if (text.isPresent() && message.contains("'" + text.get() + "'")) {
        return Optional.of(operand);
      }
    }
    return operands.stream()
        .filter(
            operand -> text(operand, parameters).filter(text -> isWord(text, message)).isPresent())
        .findFirst();
  }

  private static Optional<String> text(SqlNode operand, List<@Nullable Object> parameters) {
    if (operand instanceof SqlIdentifier id) {
      return Optional.of(id.names.get(id.names.size() - 1));
    }
    return Literals.find(operand)
        .map(value -> value.of(parameters))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(text -> !text.isEmpty());
  }

  /** Whether it stands in a message as it is, with no letter beside it. */
  private static boolean isWord(String text, String message) {
    for (int at = message.indexOf(text); at >= 0; at = message.indexOf(text, at + 1)) {
      int end = at + text.length();
      if ((at == 0 || !Character.isLetterOrDigit(message.charAt(at - 1)))
          && (end == message.length() || !Character.isLetterOrDigit(message.charAt(end)))) {
        return true;
      }
    }
    return false;
  }
}
