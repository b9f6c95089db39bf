package io.versor.parser;

import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A statement of other databases that does not exist; the message says what does its work. */
public final class AbsentStatementException extends SqlParseException {
  private static final long serialVersionUID = 1L;

  AbsentStatementException(String message, SqlParserPos position, Throwable cause) {
    super(message, position, null, null, cause);
  }
}
