package io.versor.engine.plan;

import com.google.common.collect.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.DataContext;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * The values that a column is compared with by a long IN or NOT IN, in the row executor. Generated
 * code compares one after the other, and cannot be longer than a method may be.
 *
 * @param column of the input
 * @param constants as {@link #plain}
 * @param parameters whose values belong to them
 * @param negated NOT IN
 * @param withNull whether NULL passes
 */
record ListedValues(
    int column,
    Set<Object> constants,
    List<RexDynamicParam> parameters,
    boolean negated,
    boolean withNull) {
  /** Fewer are left to generated code. */
  private static final int FEWEST = 32;

  /** What a condition lists, if it is such a list. */
  static Optional<ListedValues> of(RexNode condition) {
    return list(condition).filter(list -> list.size() >= FEWEST);
  }

  private static Optional<ListedValues> list(RexNode condition) {
    return switch (condition.getKind()) {
      case NOT -> list(((RexCall) condition).getOperands().get(0)).flatMap(ListedValues::not);
      case EQUALS -> ofComparison((RexCall) condition);
      case OR -> ofAlternatives(((RexCall) condition).getOperands());
      case SEARCH -> ofSearch((RexCall) condition);
      default -> Optional.empty();
    };
  }

  private static Optional<ListedValues> not(ListedValues values) {
    return values.withNull || values.negated
        ? Optional.empty()
        : Optional.of(
            new ListedValues(values.column, values.constants, values.parameters, true, false));
  }

  private static Optional<ListedValues> ofAlternatives(List<RexNode> alternatives) {
    int column = -1;
    List<RexDynamicParam> parameters = new ArrayList<>();
    Set<Object> constants = new HashSet<>();
    for (RexNode alternative : alternatives) {
      Optional<ListedValues> list = list(alternative);
      if (list.isEmpty() || list.get().negated || list.get().withNull) {
        return Optional.empty();
      }
      ListedValues found = list.get();
      if (column >= 0 && found.column != column) {
        return Optional.empty();
      }
      column = found.column;
      parameters.addAll(found.parameters);
      constants.addAll(found.constants);
    }
    return Optional.of(new ListedValues(column, constants, parameters, false, false));
  }

  private static Optional<ListedValues> ofComparison(RexCall comparison) {
    RexNode right = comparison.getOperands().get(1);
    if (comparison.getOperands().get(0) instanceof RexInputRef ref && isSimple(ref.getType())) {
      if (right instanceof RexDynamicParam parameter && isSimple(parameter.getType())) {
        return Optional.of(
            new ListedValues(ref.getIndex(), Set.of(), List.of(parameter), false, false));
      }
    }
    return Optional.empty();
  }

  private static Optional<ListedValues> ofSearch(RexCall search) {
    Sarg<?> sarg = ((RexLiteral) search.getOperands().get(1)).getValueAs(Sarg.class);
    if (sarg == null
        || !(search.getOperands().get(0) instanceof RexInputRef ref)
        || !isSimple(ref.getType())
        || !(sarg.isPoints() || sarg.isComplementedPoints())) {
      return Optional.empty();
    }
    boolean negated = sarg.isComplementedPoints();
    Set<Object> constants = new HashSet<>();
    for (Range<?> range : (negated ? sarg.rangeSet.complement() : sarg.rangeSet).asRanges()) {
      Object value = plain(range.lowerEndpoint());
      if (value == null) {
        return Optional.empty();
      }
      constants.add(value);
    }
    return Optional.of(
        new ListedValues(
            ref.getIndex(), constants, List.of(), negated, sarg.nullAs == RexUnknownAs.TRUE));
  }

  /** Types whose values are equal when they are the same number or text. */
  private static boolean isSimple(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, VARCHAR -> true;
      default -> false;
    };
  }

  /** A value that equals those it is compared with; null if there is none. */
  static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof NlsString text) {
      return text.getValue();
    }
    if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros();
    }
    if (value instanceof Number number && !(value instanceof Double || value instanceof Float)) {
      return BigDecimal.valueOf(number.longValue()).stripTrailingZeros();
    }
    return value instanceof String ? value : null;
  }

  int size() {
    return constants.size() + parameters.size();
  }

  /** The test of one execution. */
  Test test(DataContext context) {
    Set<Object> members = new HashSet<>(constants);
    boolean unknown = false;
    for (RexDynamicParam parameter : parameters) {
      Object value = plain(context.get(parameter.getName()));
      unknown |= value == null;
      if (value != null) {
        members.add(value);
      }
    }
    return new Test(members, negated, withNull, unknown);
  }

  /**
   * Asked row by row.
   *
   * @param unknown whether NULL is among the values: nothing is certain not to be listed then
   */
  record Test(Set<Object> members, boolean negated, boolean withNull, boolean unknown) {
    /** Whether a row with this value in the column passes. */
    boolean passes(@Nullable Object value) {
      if (value == null) {
        return withNull;
      }
      boolean listed = members.contains(plain(value));
      return negated ? !listed && !unknown : listed;
    }
  }
}
