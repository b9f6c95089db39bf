package io.versor.parser.ast;

import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What is wrong with a text that the grammar takes. */
final class SyntaxFault {
  private SyntaxFault() {}

  /** As the parser throws it for its own faults: with a place in the text. */
  static CalciteContextException at(String message, SqlParserPos pos) {
    return at(message, pos, new IllegalArgumentException(message));
  }

  /** The same for what does not exist here. */
  static CalciteContextException absent(String message, SqlParserPos pos) {
    return at(message, pos, new UnsupportedOperationException(message));
  }

  private static CalciteContextException at(
      String message, SqlParserPos pos, RuntimeException cause) {
    CalciteContextException fault = new CalciteContextException(message, cause);
    fault.setPosition(
        pos.getLineNum(), pos.getColumnNum(), pos.getEndLineNum(), pos.getEndColumnNum());
    return fault;
  }
}
