package io.versor.engine.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Texts in a plan that stand for values of other types. */
final class TextLiterals {
  private TextLiterals() {}

  /** The casts of texts that are written out, each once. */
  static List<RexNode> casts(RelNode plan) {
    Set<RexNode> casts = new LinkedHashSet<>();
    RexShuttle finder =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            boolean read =
                call.getKind() == SqlKind.CAST
                    && call.getOperands().get(0) instanceof RexLiteral text
                    && !text.isNull()
                    && SqlTypeUtil.inCharFamily(text.getType())
                    && !SqlTypeUtil.inCharFamily(call.getType());
            if (read) {
              casts.add(call);
            }
            return super.visitCall(call);
          }
        };
    BottomUp.nodes(
        plan,
        node -> {
          node.accept(finder);
          return node;
        });
    return List.copyOf(casts);
  }
}
