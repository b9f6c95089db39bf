package io.versor.parser.ast;

import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What is wrong with a text that the grammar takes. */
final class SyntaxFault {
  private SyntaxFault() {}

  /** As the parser throws it for its own faults: with a place in the text. */
  static CalciteContextException at(String message, SqlParserPos pos) {
    CalciteContextException fault =
        new CalciteContextException(message, new IllegalArgumentException(message));
    fault.setPosition(
        pos.getLineNum(), pos.getColumnNum(), pos.getEndLineNum(), pos.getEndColumnNum());
    return fault;
  }
}
