package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.work.Work;
import io.versor.format.type.StoreException;
import io.versor.parser.ast.SqlInsertInto;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * Where in a statement the literal stands that an error tells of: the one whose value the message
 * has, if there is only one. What comes from a table or a parameter has no place.
 */
final class ValuePlaces {
  /** Of a row of VALUES, before the value. */
  private static final Pattern ROW = Pattern.compile("row (\\d{1,9}): ");

  private static final Pattern LENGTH = Pattern.compile("row \\d+: (\\d{1,9}) characters");

  private ValuePlaces() {}

  /** Runs what a statement does; errors about its literals are told with their places. */
  static <T> T in(SqlNode statement, Work.Task<T> action)
      throws StoreException, StatementException {
    try {
      return action.run();
    } catch (StoreException e) {
      Optional<StatementException> placed = placed(statement, e);
      if (placed.isPresent()) {
        throw placed.get();
      }
      throw e;
    } catch (StatementException e) {
      throw placed(statement, e);
    }
  }

  /** The same where all that may be wrong is one part of the statement. */
  static <T> T at(SqlNode part, Work.Task<T> action) throws StoreException, StatementException {
    try {
      return action.run();
    } catch (StoreException e) {
      Optional<String> state = NamedPlaces.stateOf(e.code());
      if (state.isEmpty()) {
        throw e;
      }
      throw new StatementException(state.get(), String.valueOf(e.getMessage()), e)
          .at(part.getParserPosition());
    } catch (StatementException e) {
      throw e.line() > 0 ? e : e.at(part.getParserPosition());
    }
  }

  /** The same error with a place, if it has none yet and there is one. */
  static StatementException placed(SqlNode statement, StatementException e) {
    Search search = new Search(String.valueOf(e.getMessage()));
    return e.line() > 0 || !search.in(statement) ? e : e.at(search.found().getParserPosition());
  }

  /** An error of the store with a place; empty if it is about no literal. */
  static Optional<StatementException> placed(SqlNode statement, StoreException e) {
    Optional<String> state = NamedPlaces.stateOf(e.code());
    Search search = new Search(String.valueOf(e.getMessage()));
    return state.isEmpty() || !search.in(statement)
        ? Optional.empty()
        : Optional.of(
            new StatementException(state.get(), String.valueOf(e.getMessage()), e)
                .at(search.found().getParserPosition()));
  }

  /** The literal that comes first in a message. */
  private static final class Search extends SqlBasicVisitor<Void> {
    private final String message;
    private final int value;
    private final int length;
    private int row;
    private int first = Integer.MAX_VALUE;
    private boolean several;
    private @Nullable SqlNode found;

    Search(String message) {
      this.message = message;
      Matcher rows = ROW.matcher(message);
      boolean ofRow = rows.find();
      this.row = ofRow ? Integer.parseInt(rows.group(1)) : 0;
      int colon = message.startsWith("DEFAULT of ") ? message.indexOf(": ") + 2 : 0;
      this.value = ofRow ? rows.end() : colon;
      Matcher lengths = LENGTH.matcher(message);
      this.length = lengths.find() ? Integer.parseInt(lengths.group(1)) : -1;
    }

    boolean in(SqlNode statement) {
      SqlNode part = statement;
      if (statement instanceof SqlInsertInto insert
          && insert.rows() instanceof SqlCall rows
          && rows.getKind() == SqlKind.VALUES
          && row > 0
          && row <= rows.operandCount()) {
        part = rows.operand(row - 1);
      }
      part.accept(this);
      return found != null && !several;
    }

    SqlNode found() {
      if (found == null) {
        throw new IllegalStateException("no literal of the statement is in: " + message);
      }
      return found;
    }

    @Override
    @SuppressWarnings("NullAway") // a visitor of Void
    public Void visit(SqlLiteral literal) {
      int at = place(literal);
      if (at >= 0 && at <= first) {
        several = at == first && !literal.getParserPosition().equals(found().getParserPosition());
        first = at;
        found = literal;
      }
      return null;
    }

    private int place(SqlLiteral literal) {
      Object given = literal.getValue();
      if (given instanceof BigDecimal number) {
        String text = number.toPlainString();
        boolean apart = number.signum() >= 0 && message.startsWith("-", value);
        int at = apart ? value + 1 : value;
        boolean whole = value > 0 && message.startsWith(text, at);
        return whole && !goesOn(at + text.length()) ? at : -1;
      }
      if (!(given instanceof NlsString)) {
        return -1;
      }
      String text = String.valueOf(literal.toValue());
      if (text.length() == length) {
        return 0;
      }
      return text.isEmpty() || text.length() > message.length()
          ? -1
          : message.indexOf("'" + text + "'");
    }

    /** Whether a number that ends there is only the beginning of one. */
    private boolean goesOn(int at) {
      if (at < message.length() && message.charAt(at) == '.') {
        return at + 1 < message.length() && Character.isDigit(message.charAt(at + 1));
      }
      return at < message.length() && Character.isLetterOrDigit(message.charAt(at));
    }
  }
}
