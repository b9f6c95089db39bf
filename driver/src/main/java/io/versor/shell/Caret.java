package io.versor.shell;

import io.versor.engine.StatementException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The place of an error in the statement that met it. */
record Caret(int line, int column, String message) {
  static Optional<Caret> of(SQLException e) {
    return e.getCause() instanceof StatementException place && place.line() > 0
        ? Optional.of(
            new Caret(
                place.line(), Math.max(1, place.column()), String.valueOf(place.getMessage())))
        : Optional.empty();
  }

  /** The line of the text, and a caret under the place; empty if the text has no such line. */
  String under(String sql) {
    List<String> lines = sql.lines().toList();
    if (line > lines.size()) {
      return "";
    }
    String shown = lines.get(line - 1).replace('\t', ' ');
    return "  " + shown + "\n  " + " ".repeat(Math.min(column - 1, shown.length())) + "^";
  }

  /** The same error, with its place drawn below the message. */
  static SQLException drawn(SQLException e, String sql) {
    Optional<Caret> caret = of(e);
    if (caret.isEmpty()) {
      return e;
    }
    String message = caret.get().message() + "\n" + caret.get().under(sql) + "\n";
    return new SQLException(message, e.getSQLState(), e.getErrorCode(), e);
  }
}
