package io.versor.engine.exec;

import com.google.common.collect.RangeSet;
import java.math.BigDecimal;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.Sarg;

/** A search among ranges. */
record SargCall(RexBuilder rex, RexNode operand, RangeSet<BigDecimal> ranges) {
  RexNode call() {
    Sarg<BigDecimal> sarg = Sarg.of(RexUnknownAs.UNKNOWN, ranges);
    return rex.makeCall(
        SqlStdOperatorTable.SEARCH,
        operand,
        rex.makeSearchArgumentLiteral(sarg, operand.getType()));
  }
}
