package io.versor.parser;

import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A statement that is longer or deeper than is taken; the message names the limit. */
public final class StatementLimitException extends SqlParseException {
  private static final long serialVersionUID = 1L;

  StatementLimitException(String message, SqlParserPos position) {
    super(message, position, null, null, null);
  }
}
