package io.versor.engine.exec;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** What columns of a plan's leaf become. */
final class LeafColumns {
  /** What has a value, or NULL, whatever its operands are. */
  private static final Set<SqlKind> TOTAL =
      EnumSet.of(
          SqlKind.INPUT_REF,
          SqlKind.LITERAL,
          SqlKind.DYNAMIC_PARAM,
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_NOT_FALSE,
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.SEARCH,
          SqlKind.LIKE);

  private LeafColumns() {}

  /**
   * The column of the leaf that a column of filters and projections over it is, if rows may be left
   * out by its statistics; else -1. They may not where an expression of a row can fail: whether it
   * does would depend on which rows are looked at.
   *
   * @param isLeaf whether a node of the plan is a leaf
   */
  static int of(RelNode plan, int column, Predicate<RelNode> isLeaf) {
    RelNode node = plan;
    int at = column;
    while (node instanceof Filter || node instanceof Project) {
      if (node instanceof Filter filter) {
        if (!isTotal(filter.getCondition())) {
          return -1;
        }
      } else {
        Project project = (Project) node;
        if (!project.getProjects().stream().allMatch(LeafColumns::isTotal)
            || !(project.getProjects().get(at) instanceof RexInputRef ref)) {
          return -1;
        }
        at = ref.getIndex();
      }
      node = node.getInput(0);
    }
    return isLeaf.test(node) ? at : -1;
  }

  private static boolean isTotal(RexNode node) {
    return TOTAL.contains(node.getKind())
        && (!(node instanceof RexCall call)
            || call.getOperands().stream().allMatch(LeafColumns::isTotal));
  }
}
