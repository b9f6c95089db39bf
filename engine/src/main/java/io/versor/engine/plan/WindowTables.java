package io.versor.engine.plan;

import com.google.common.collect.ImmutableList;
import io.versor.engine.StatementException;
import io.versor.engine.function.ScalarOperators;
import io.versor.engine.type.Carried;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * The table functions TUMBLE, HOP and SESSION as projections, joins and windows over their input;
 * Calcite's own count milliseconds. Rows without a time are in no window.
 */
final class WindowTables {
  /** Of HOP: each row is in so many windows. */
  private static final int MOST_HOPS = 100_000;

  private final LogicalTableFunctionScan scan;
  private final RexBuilder builder;
  private final RelNode input;
  private final List<RexNode> columns = new ArrayList<>();
  private final List<RexNode> operands;
  private final RexNode time;
  private final RelDataType moment;

  private WindowTables(LogicalTableFunctionScan scan, RexCall call) {
    this.scan = scan;
    this.builder = scan.getCluster().getRexBuilder();
    this.input = timed(scan.getInput(0), call, builder);
    this.operands = call.getOperands();
    for (RelDataTypeField field : input.getRowType().getFieldList()) {
      columns.add(builder.makeInputRef(input, field.getIndex()));
    }
    this.time = columns.get(described(call, 0));
    List<RelDataTypeField> fields = scan.getRowType().getFieldList();
    this.moment = fields.get(fields.size() - 1).getType();
  }

  static RelNode rewrite(RelNode plan) {
    RelNode tables = BottomUp.nodes(plan, LogicalTableFunctionScan.class, WindowTables::rewritten);
    return BottomUp.expressions(tables, new Groups(plan.getCluster().getRexBuilder()));
  }

  private static RelNode rewritten(LogicalTableFunctionScan scan) {
    RexCall call = (RexCall) scan.getCall();
    return switch (call.getKind() == SqlKind.OTHER_FUNCTION ? name(call) : "") {
      case "TUMBLE" -> new WindowTables(scan, call).tumble();
      case "HOP" -> new WindowTables(scan, call).hop();
      case "SESSION" -> new WindowTables(scan, call).session(call);
      default -> scan;
    };
  }

  private static String name(RexCall call) {
    return call.getOperator().getName();
  }

  /** The number of the column that a DESCRIPTOR names. */
  private static int described(RexCall call, int operand) {
    RexCall descriptor = (RexCall) call.getOperands().get(operand);
    if (descriptor.getOperands().size() != 1) {
      throw refused(
          "42601", "a DESCRIPTOR of " + descriptor.getOperands().size() + " columns; expected one");
    }
    return ((RexInputRef) descriptor.getOperands().get(0)).getIndex();
  }

  private static RelNode timed(RelNode input, RexCall call, RexBuilder builder) {
    RexNode time = builder.makeInputRef(input, described(call, 0));
    return time.getType().isNullable()
        ? LogicalFilter.create(input, builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, time))
        : input;
  }

  private RelNode tumble() {
    RexNode begin = bin(builder, operands.get(1), time, offset(2), moment);
    return project(input, columns, begin, plus(begin, operands.get(1)));
  }

  private @Nullable RexNode offset(int operand) {
    return operands.size() > operand ? operands.get(operand) : null;
  }

  /** The last window that a row is in, and those before it, as far as they reach. */
  private RelNode hop() {
    RexNode slide = operands.get(1);
    RexNode size = operands.get(2);
    long step = millis(slide);
    long hops = (millis(size) + step - 1) / step;
    if (hops > MOST_HOPS) {
      throw refused(
          "54000",
          "HOP would put each row into " + hops + " windows; at most " + MOST_HOPS + " are made");
    }
    RelDataType number = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    RelDataType row = builder.getTypeFactory().builder().add("hop", number).build();
    ImmutableList.Builder<ImmutableList<RexLiteral>> numbers = ImmutableList.builder();
    for (long i = hops - 1; i >= 0; i--) {
      numbers.add(ImmutableList.of(builder.makeBigintLiteral(BigDecimal.valueOf(i))));
    }
    RelNode back = LogicalValues.create(scan.getCluster(), row, numbers.build());
    RelNode joined =
        LogicalJoin.create(
            input, back, List.of(), builder.makeLiteral(true), Set.of(), JoinRelType.INNER);
    RexNode hop = builder.makeInputRef(number, columns.size());
    RexNode last = bin(builder, slide, time, offset(3), moment);
    RexNode begin =
        builder.makeCall(
            moment,
            SqlStdOperatorTable.MINUS_DATE,
            List.of(
                last,
                builder.makeCall(
                    slide.getType(), SqlStdOperatorTable.MULTIPLY, List.of(hop, slide))));
    RexNode reaches = builder.makeCall(SqlStdOperatorTable.GREATER_THAN, plus(begin, size), time);
    RelNode reached = LogicalFilter.create(joined, reaches);
    return project(reached, columns, begin, plus(begin, size));
  }

  /** A session begins at a row whose predecessor is so much earlier, and lasts so much longer. */
  private RelNode session(RexCall call) {
    RexNode key = columns.get(described(call, 1));
    RexNode gap = operands.get(2);
    millis(gap);
    RexNode before = over(SqlStdOperatorTable.LAG, time, List.of(key), true);
    RexNode apart =
        builder.makeCall(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, time, plus(before, gap));
    RexNode one = builder.makeExactLiteral(BigDecimal.ONE);
    RexNode begins =
        builder.makeCall(
            SqlStdOperatorTable.CASE, apart, one, builder.makeZeroLiteral(one.getType()));
    List<RexNode> flagged = new ArrayList<>(columns);
    flagged.add(begins);
    RelNode flags = project(input, flagged);
    RexNode flag = builder.makeInputRef(flags, columns.size());
    List<RexNode> numbered = new ArrayList<>(columns);
    numbered.add(over(SqlStdOperatorTable.SUM, flag, List.of(key), true));
    RelNode numbers = project(flags, numbered);
    List<RexNode> session = List.of(key, builder.makeInputRef(numbers, columns.size()));
    RexNode begin = over(SqlStdOperatorTable.MIN, time, session, false);
    RexNode end = plus(over(SqlStdOperatorTable.MAX, time, session, false), gap);
    return project(numbers, columns, begin, end);
  }

  private RexNode over(
      SqlAggFunction function, RexNode value, List<RexNode> parts, boolean ordered) {
    RelDataType type =
        function == SqlStdOperatorTable.SUM
            ? builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT)
            : value.getType();
    RexWindowBound end =
        ordered ? RexWindowBounds.CURRENT_ROW : RexWindowBounds.UNBOUNDED_FOLLOWING;
    return builder.makeOver(
        builder.getTypeFactory().createTypeWithNullability(type, true),
        function,
        List.of(value),
        parts,
        ordered ? ImmutableList.of(new RexFieldCollation(time, Set.of())) : ImmutableList.of(),
        RexWindowBounds.UNBOUNDED_PRECEDING,
        end,
        RexWindowExclusion.EXCLUDE_NO_OTHER,
        ordered,
        true,
        false,
        false,
        false);
  }

  private RelNode project(RelNode of, List<RexNode> values) {
    return LogicalProject.create(of, List.of(), values, (List<String>) null, Set.of());
  }

  /** The input's columns and the window's ends, by the names and types that were promised. */
  private RelNode project(RelNode of, List<RexNode> columns, RexNode begin, RexNode end) {
    List<RexNode> all = new ArrayList<>(columns);
    all.add(begin);
    all.add(end);
    List<RelDataTypeField> promised = scan.getRowType().getFieldList();
    List<RexNode> cast = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      RelDataType type = promised.get(i).getType();
      cast.add(
          all.get(i).getType().equals(type)
              ? all.get(i)
              : builder.makeAbstractCast(type, all.get(i), false));
    }
    return LogicalProject.create(of, List.of(), cast, scan.getRowType().getFieldNames(), Set.of());
  }

  private RexNode plus(RexNode moment, RexNode interval) {
    return builder.makeCall(
        moment.getType(), SqlStdOperatorTable.DATETIME_PLUS, List.of(moment, interval));
  }

  /** The beginning of the window of some length that a time is in; */
  private static RexNode bin(
      RexBuilder builder,
      RexNode length,
      RexNode time,
      @Nullable RexNode offset,
      RelDataType type) {
    millis(length);
    RexNode origin =
        builder.makeTimestampLiteral(
            new TimestampString(1970, 1, 1, 0, 0, 0), TensorType.MAX_TIME_DIGITS);
    RexNode begin =
        offset == null
            ? origin
            : builder.makeCall(
                origin.getType(), SqlStdOperatorTable.DATETIME_PLUS, List.of(origin, offset));
    return builder.makeCall(
        builder.getTypeFactory().createTypeWithNullability(type, time.getType().isNullable()),
        ScalarOperators.DATE_BIN,
        List.of(length, time, begin));
  }

  /** The length of windows, which is longer than nothing and always the same. */
  private static long millis(RexNode interval) {
    boolean counted = SqlTypeName.DAY_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName());
    if (!counted) {
      throw refused(
          "0A000",
          "windows last days or smaller units, not months; GROUP BY DATE_TRUNC('month', time)");
    }
    BigDecimal millis =
        interval instanceof RexLiteral literal ? literal.getValueAs(BigDecimal.class) : null;
    if (millis == null) {
      throw refused("0A000", "the length of windows is no literal; expected INTERVAL '…' …");
    }
    if (millis.signum() <= 0) {
      throw refused("22023", "the length of windows is " + interval + "; expected more than 0");
    }
    return millis.longValue();
  }

  private static Carried refused(String state, String message) {
    return new Carried(new StatementException(state, message));
  }

  /** GROUP BY TUMBLE(time, length): its groups are the beginnings of windows. */
  private static final class Groups extends RexShuttle {
    private final RexBuilder builder;

    Groups(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitCall(RexCall original) {
      RexNode visited = super.visitCall(original);
      if (!(visited instanceof RexCall call)) {
        return visited;
      }
      return switch (call.getKind()) {
        case TUMBLE ->
            bin(
                builder,
                call.getOperands().get(1),
                call.getOperands().get(0),
                call.getOperands().size() > 2 ? call.getOperands().get(2) : null,
                call.getType());
        case HOP, SESSION ->
            throw refused(
                "0A000",
                "GROUP BY "
                    + call.getKind()
                    + " is not there; GROUP BY window_start, window_end FROM TABLE("
                    + call.getKind()
                    + "(TABLE t, DESCRIPTOR(time), …))");
        default -> call;
      };
    }
  }
}
