package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import io.versor.engine.window.Distance;
import io.versor.engine.window.FrameBound;
import io.versor.engine.window.FrameSpec;
import io.versor.engine.window.OrderKey;
import io.versor.engine.window.WindowCall;
import io.versor.engine.window.WindowFunction;
import io.versor.engine.window.WindowFunctions;
import io.versor.engine.window.WindowSpec;
import io.versor.parser.ast.GroupFrames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Takes functions over windows out of a projection: below it what they read becomes columns, then
 * come the windows, and the projection refers to what these give.
 */
final class WindowCalls {
  private final RexBuilder builder;
  private final List<RexNode> columns = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final List<String> columnNames = new ArrayList<>();
  private final Map<RexNode, Integer> known = new HashMap<>();

  /** Calls by their windows, in the order in which these are met. */
  private final Map<RexWindow, Window> windows = new LinkedHashMap<>();

  /** A window and what is computed over it. */
  private record Window(WindowSpec plain, List<RexOver> overs, List<WindowCall> calls) {}

  private WindowCalls(LogicalProject project) {
    this.builder = project.getCluster().getRexBuilder();
    for (RelDataTypeField field : project.getInput().getRowType().getFieldList()) {
      add(builder.makeInputRef(field.getType(), field.getIndex()), field.getName());
    }
  }

  static RelNode rewrite(RelNode plan) {
    return BottomUp.nodes(
        plan,
        LogicalProject.class,
        project -> project.containsOver() ? new WindowCalls(project).taken(project) : project);
  }

  private int add(RexNode expression, String name) {
    String free = name;
    for (int i = 0; !names.add(free); i++) {
      free = name + i;
    }
    columns.add(expression);
    columnNames.add(free);
    known.put(expression, columns.size() - 1);
    return columns.size() - 1;
  }

  private int column(RexNode expression) {
    Integer there = known.get(expression);
    return there != null ? there : add(expression, "w" + columns.size());
  }

  private RelNode taken(LogicalProject project) {
    project
        .getProjects()
        .forEach(
            item ->
                item.accept(
                    new RexShuttle() {
                      @Override
                      public RexNode visitOver(RexOver over) {
                        take(over);
                        return over;
                      }
                    }));
    if (windows.isEmpty()) {
      return project;
    }
    if (columns.isEmpty()) {
      add(builder.makeLiteral(true), "w"); // rows have a column at least
    }
    RelNode input =
        rewrite(
            LogicalProject.create(
                project.getInput(), List.of(), columns, columnNames, project.getVariablesSet()));
    RelDataTypeFactory.Builder row = builder.getTypeFactory().builder();
    row.addAll(input.getRowType().getFieldList());
    Map<RexOver, RexNode> results = new HashMap<>();
    List<WindowSpec> specs = new ArrayList<>();
    int at = columns.size();
    for (Window window : windows.values()) {
      WindowSpec plain = window.plain();
      specs.add(new WindowSpec(plain.partitionBy(), plain.order(), plain.frame(), window.calls()));
      for (RexOver over : window.overs()) {
        row.add("over" + at, over.getType());
        results.put(over, new RexInputRef(at++, over.getType()));
      }
    }
    RelNode computed = WindowRows.of(input, row.build(), specs);
    RexShuttle refer =
        new RexShuttle() {
          @Override
          public RexNode visitOver(RexOver over) {
            RexNode result = results.get(over);
            return result == null ? super.visitOver(over) : result;
          }
        };
    return LogicalProject.create(
        computed,
        project.getHints(),
        refer.visitList(project.getProjects()),
        project.getRowType().getFieldNames(),
        project.getVariablesSet());
  }

  private void take(RexOver over) {
    List<RexNode> operands = operands(over);
    List<RelDataType> types = operands.stream().map(RexNode::getType).toList();
    Optional<WindowFunction> function =
        WindowFunctions.of(
            over.getAggOperator(), types, over.getType(), over.ignoreNulls(), over.isDistinct());
    if (function.isEmpty()) {
      throw refused(
          "0A000",
          over.getAggOperator().getName()
              + " of "
              + types.stream().map(type -> type.getSqlTypeName().getName()).toList()
              + " over a window is not supported; aggregate in a subquery, and join that");
    }
    Window window = windows.computeIfAbsent(over.getWindow(), this::window);
    if (!window.overs().contains(over)) {
      window.overs().add(over);
      window.calls().add(call(over, function.get(), operands));
    }
  }

  private WindowCall call(RexOver over, WindowFunction function, List<RexNode> operands) {
    boolean nulls = over.ignoreNulls() && operands.get(0).getType().isNullable();
    String text =
        over.getAggOperator().getName()
            + (over.isDistinct() ? " DISTINCT" : "")
            + (nulls ? " IGNORE NULLS" : "")
            + " "
            + over.getType().getFullTypeString();
    return new WindowCall(text, function, operands.stream().map(this::column).toList());
  }

  /** Arguments in the type of the result where they become the result. */
  private List<RexNode> operands(RexOver over) {
    List<RexNode> operands = new ArrayList<>(over.getOperands());
    switch (over.getAggOperator().getKind()) {
      case FIRST_VALUE, LAST_VALUE, NTH_VALUE, ANY_VALUE, MIN, MAX ->
          operands.set(0, cast(operands.get(0), over.getType()));
      case LAG, LEAD -> {
        operands.set(0, cast(operands.get(0), over.getType()));
        if (operands.size() > 2) {
          operands.set(2, cast(operands.get(2), over.getType()));
        }
      }
      case LISTAGG, STRING_AGG -> {
        RelDataType text = builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR);
        boolean bytes = TextAggregates.isBytes(operands.get(0).getType());
        if (!bytes) {
          operands.replaceAll(operand -> isText(operand) ? operand : cast(operand, text));
        }
        if (operands.size() > 1 && operands.get(1).getType().isNullable()) {
          operands.set(1, TextAggregates.separator(operands.get(1), bytes, builder));
        }
      }
      default -> {}
    }
    return operands;
  }

  private static boolean isText(RexNode node) {
    return SqlTypeName.CHAR_TYPES.contains(node.getType().getSqlTypeName());
  }

  private RexNode cast(RexNode node, RelDataType to) {
    RelDataType from = node.getType();
    boolean same = from.getSqlTypeName() == to.getSqlTypeName() && from.getScale() == to.getScale();
    boolean maybe = from.isNullable() || from.getSqlTypeName() == SqlTypeName.NULL;
    return same
        ? node
        : builder.makeCast(builder.getTypeFactory().createTypeWithNullability(to, maybe), node);
  }

  private Window window(RexWindow window) {
    List<Integer> parts = window.partitionKeys.stream().map(this::column).toList();
    List<OrderKey> order = window.orderKeys.stream().map(this::order).toList();
    return new Window(
        new WindowSpec(parts, order, frame(window), List.of()),
        new ArrayList<>(),
        new ArrayList<>());
  }

  private OrderKey order(RexFieldCollation key) {
    boolean descending = key.getDirection().isDescending();
    boolean nullsFirst =
        switch (key.getNullDirection()) {
          case FIRST -> true;
          case LAST -> false;
          case UNSPECIFIED -> descending; // NULL is the greatest
        };
    return new OrderKey(column(key.left), descending, nullsFirst);
  }

  // --- frames

  private FrameSpec frame(RexWindow window) {
    RexWindowBound from = window.getLowerBound();
    RexWindowBound to = window.getUpperBound();
    boolean groups = GroupFrames.isOffset(from.getOffset()) || GroupFrames.isOffset(to.getOffset());
    if (groups && window.orderKeys.isEmpty()) {
      throw refused("42P20", "a window in GROUPS mode has no ORDER BY; add one");
    }
    FrameSpec.Unit unit =
        groups
            ? FrameSpec.Unit.GROUPS
            : window.isRows() ? FrameSpec.Unit.ROWS : FrameSpec.Unit.RANGE;
    FrameSpec.Exclusion exclusion =
        switch (window.getExclude()) {
          case EXCLUDE_NO_OTHER -> FrameSpec.Exclusion.NONE;
          case EXCLUDE_CURRENT_ROW -> FrameSpec.Exclusion.ROW;
          case EXCLUDE_GROUP -> FrameSpec.Exclusion.GROUP;
          case EXCLUDE_TIES -> FrameSpec.Exclusion.TIES;
        };
    return new FrameSpec(unit, bound(window, from, unit), bound(window, to, unit), exclusion);
  }

  private FrameBound bound(RexWindow window, RexWindowBound bound, FrameSpec.Unit unit) {
    RexNode offset = bound.getOffset();
    if (offset == null) {
      FrameBound.Kind kind =
          bound.isUnboundedPreceding()
              ? FrameBound.Kind.UNBOUNDED_PRECEDING
              : bound.isUnboundedFollowing()
                  ? FrameBound.Kind.UNBOUNDED_FOLLOWING
                  : FrameBound.Kind.CURRENT_ROW;
      return new FrameBound(kind, -1, Distance.NONE);
    }
    RexNode by = GroupFrames.isOffset(offset) ? ((RexCall) offset).operands.get(0) : offset;
    if (unit != FrameSpec.Unit.RANGE && !isWhole(by.getType())) {
      throw refused(
          "42804",
          "the offset of a frame in "
              + unit
              + " is "
              + by.getType().getSqlTypeName().getName()
              + "; expected a whole number");
    }
    return new FrameBound(
        bound.isPreceding() ? FrameBound.Kind.PRECEDING : FrameBound.Kind.FOLLOWING,
        column(by),
        unit == FrameSpec.Unit.RANGE ? distance(window, by.getType()) : Distance.NONE);
  }

  private static boolean isWhole(RelDataType type) {
    return SqlTypeName.INT_TYPES.contains(type.getSqlTypeName())
        || type.getSqlTypeName() == SqlTypeName.DECIMAL && type.getScale() == 0
        || type.getSqlTypeName() == SqlTypeName.NULL;
  }

  /** What an offset of RANGE means. */
  private static Distance distance(RexWindow window, RelDataType offset) {
    if (window.orderKeys.size() != 1) {
      throw refused(
          "42P20",
          "a window in RANGE mode with an offset has "
              + window.orderKeys.size()
              + " columns in ORDER BY; expected one");
    }
    RelDataType key = window.orderKeys.get(0).left.getType();
    return Distance.of(key, offset)
        .orElseThrow(
            () ->
                refused(
                    "42804",
                    "a RANGE of "
                        + offset.getSqlTypeName().getName()
                        + " over "
                        + key.getSqlTypeName().getName()
                        + " has no meaning"));
  }

  private static Carried refused(String state, String message) {
    return new Carried(new StatementException(state, message));
  }
}
