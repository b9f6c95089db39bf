package io.versor.parser.ast;

import static org.apache.calcite.util.Static.RESOURCE;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;

/** Character literals one behind the other, which the grammar takes for one value. */
public final class TextParts {
  private TextParts() {}

  /** The literals themselves. */
  public static List<SqlLiteral> of(SqlNode literal) {
    return literal instanceof SqlCall chain
        ? chain.getOperandList().stream().map(SqlLiteral.class::cast).toList()
        : List.of((SqlLiteral) literal);
  }

  /** The text that they are together; each must begin in another line, as the standard has it. */
  public static SqlLiteral joined(SqlNode literal) {
    List<SqlLiteral> parts = of(literal);
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i).getParserPosition().getLineNum()
          == parts.get(i - 1).getParserPosition().getEndLineNum()) {
        throw SqlUtil.newContextException(
            parts.get(i).getParserPosition(), RESOURCE.stringFragsOnSameLine());
      }
    }
    return parts.size() == 1 ? parts.get(0) : SqlUtil.concatenateLiterals(parts);
  }
}
