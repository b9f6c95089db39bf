package io.versor.engine.exec;

import io.versor.format.type.Dtype;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** IN with parameters: alternatives that compare one value with many of them are one set. */
final class ParameterLists {
  /** Fewer are compared one by one. */
  private static final int FEWEST = 4;

  private final Map<RexNode, List<RexCall>> lists = new LinkedHashMap<>();
  private final List<RexNode> others = new ArrayList<>();

  private ParameterLists() {}

  static ParameterLists among(List<RexNode> alternatives) {
    ParameterLists found = new ParameterLists();
    for (RexNode alternative : alternatives) {
      if (alternative.isA(SqlKind.EQUALS)
          && alternative instanceof RexCall call
          && call.getOperands().get(1) instanceof RexDynamicParam) {
        RexNode tested = call.getOperands().get(0);
        found.lists.computeIfAbsent(tested, key -> new ArrayList<>()).add(call);
      } else {
        found.others.add(alternative);
      }
    }
    return found;
  }

  /** Sets, as far as values and types allow; what does not become one is among the others after. */
  List<Predicate> compile(RexCompiler expressions) throws NotCompiled {
    List<Predicate> sets = new ArrayList<>();
    for (Map.Entry<RexNode, List<RexCall>> list : lists.entrySet()) {
      Optional<List<Predicate>> set =
          list.getValue().size() < FEWEST
              ? Optional.empty()
              : set(list.getKey(), list.getValue(), expressions);
      set.ifPresentOrElse(sets::addAll, () -> others.addAll(list.getValue()));
    }
    return sets;
  }

  List<RexNode> others() {
    return others;
  }

  private static Optional<List<Predicate>> set(
      RexNode tested, List<RexCall> comparisons, RexCompiler expressions) throws NotCompiled {
    Expression value = expressions.compile(tested);
    List<Expression> members = new ArrayList<>();
    for (RexCall comparison : comparisons) {
      members.add(expressions.compile(comparison.getOperands().get(1)));
    }
    if (value instanceof LongExpression number && Casts.isNumber(number.type())) {
      return numbers(number, members);
    }
    return value instanceof TextExpression text && text.type().dtype() == Dtype.UTF8
        ? texts(text, members)
        : Optional.empty();
  }

  private static Optional<List<Predicate>> numbers(LongExpression value, List<Expression> members) {
    List<Long> points = new ArrayList<>();
    for (Expression member : members) {
      if (!(member instanceof LongConstant constant)
          || !Casts.isNumber(constant.type())
          || constant.type().scale() != value.type().scale()) {
        return Optional.empty();
      }
      if (!constant.isNull()) {
        points.add(constant.value());
      }
    }
    long[] sorted = points.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    Predicate set = new LongRanges(value, sorted, sorted, false);
    return Optional.of(withNull(set, points.size() < members.size()));
  }

  private static Optional<List<Predicate>> texts(TextExpression value, List<Expression> members) {
    List<TextConstant> points = new ArrayList<>();
    for (Expression member : members) {
      if (!(member instanceof TextConstant constant) || constant.type().dtype() != Dtype.UTF8) {
        return Optional.empty();
      }
      if (!constant.isNull()) {
        points.add(constant);
      }
    }
    Predicate set = new TextPredicate(value, new TextSet(points));
    return Optional.of(withNull(set, points.size() < members.size()));
  }

  /** Whether a value is none of some and NULL is unknown. */
  private static List<Predicate> withNull(Predicate set, boolean hasNull) {
    return hasNull ? List.of(set, ConstantPredicate.NULL) : List.of(set);
  }
}
