package io.versor.engine.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlAggFunction;

/** Functions over windows, made of others. */
final class Windows {
  private Windows() {}

  /** A function over the window that another one is over; NULLs count. */
  static RexNode over(
      RexBuilder builder,
      RexOver same,
      RelDataType type,
      SqlAggFunction function,
      List<RexNode> operands) {
    RexWindow window = same.getWindow();
    return over(
        builder,
        window,
        type,
        function,
        operands,
        window.orderKeys,
        window.getLowerBound(),
        window.getUpperBound(),
        window.isRows(),
        same.isDistinct());
  }

  /** A function over the partitions of a window, in an order and a frame of its own. */
  static RexNode over(
      RexBuilder builder,
      RexWindow partitions,
      RelDataType type,
      SqlAggFunction function,
      List<RexNode> operands,
      ImmutableList<RexFieldCollation> order,
      RexWindowBound from,
      RexWindowBound to,
      boolean rows,
      boolean distinct) {
    return builder.makeOver(
        type,
        function,
        operands,
        partitions.partitionKeys,
        order,
        from,
        to,
        partitions.getExclude(),
        rows,
        true,
        false,
        distinct,
        false);
  }

  /** Whether a frame need not have its own row in it. */
  static boolean mayBeEmpty(RexWindowBound from, RexWindowBound to) {
    return from.isFollowing() || to.isPreceding();
  }
}
