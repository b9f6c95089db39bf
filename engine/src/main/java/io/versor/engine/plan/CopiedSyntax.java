package io.versor.engine.plan;

import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Copies of expressions that stand twice in a query: validation changes what it meets. */
final class CopiedSyntax extends SqlShuttle {
  private CopiedSyntax() {}

  static SqlNode of(SqlNode node) {
    return Objects.requireNonNull(node.accept(new CopiedSyntax()), "copy");
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    CallCopyingArgHandler copy = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, copy);
    return copy.result();
  }

  @Override
  public SqlNode visit(SqlIdentifier id) {
    return id.clone(id.getParserPosition());
  }
}
