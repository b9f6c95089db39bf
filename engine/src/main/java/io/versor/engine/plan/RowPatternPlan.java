package io.versor.engine.plan;

import io.versor.engine.match.Argument;
import io.versor.engine.match.Formula;
import io.versor.engine.match.MatchSpec;
import io.versor.engine.match.Program;
import io.versor.engine.match.Value;
import io.versor.engine.window.OrderKey;
import io.versor.engine.window.RunningAggregate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The plan of a MATCH_RECOGNIZE: the table's columns that it reads, and a projection for each
 * expression, of the values that are found in the rows of a match.
 */
final class RowPatternPlan {
  private final RowPattern pattern;
  private final RelNode table;
  private final Function<SqlNode, RexNode> converter;
  private final IntSupplier numbers;
  private final RexBuilder builder;

  private final List<RexNode> columns = new ArrayList<>();
  private final Map<RexNode, Integer> known = new HashMap<>();
  private final List<Integer> given = new ArrayList<>();
  private final List<RelNode> expressions = new ArrayList<>();

  private RowPatternPlan(
      RowPattern pattern,
      RelNode table,
      Function<SqlNode, RexNode> converter,
      IntSupplier numbers) {
    this.pattern = pattern;
    this.table = table;
    this.converter = converter;
    this.numbers = numbers;
    this.builder = table.getCluster().getRexBuilder();
  }

  /**
   * @param converter of expressions over the table
   * @param numbers each another one in the statement
   */
  static RelNode of(
      RowPattern pattern,
      RelNode table,
      Function<SqlNode, RexNode> converter,
      IntSupplier numbers) {
    return new RowPatternPlan(pattern, table, converter, numbers).plan();
  }

  private RelNode plan() {
    MatchSpec spec =
        new MatchSpec(
            0,
            pattern.partitionBy().stream().map(key -> column(converter.apply(key))).toList(),
            pattern.order().stream().map(this::order).toList(),
            Program.of(pattern.pattern()),
            pattern.variables(),
            pattern.conditions().stream().map(each -> each.map(this::condition)).toList(),
            pattern.columnsBefore().stream().map(this::field).toList(),
            measures(),
            pattern.measures().size(),
            pattern.columnsBehind().stream().map(this::field).toList(),
            pattern.shown(),
            pattern.skip());
    if (columns.isEmpty()) {
      columns.add(builder.makeLiteral(true)); // rows have a column at least
    }
    List<String> names = new ArrayList<>();
    columns.forEach(column -> names.add("m" + names.size()));
    RelNode rows = LogicalProject.create(table, List.of(), columns, names, Set.of());
    return MatchRows.of(
        rows,
        expressions,
        given,
        pattern.rowType(),
        spec.withColumns(columns.size()),
        pattern.pattern().text(pattern.variables().names()));
  }

  private int column(RexNode expression) {
    return known.computeIfAbsent(
        expression,
        unseen -> {
          columns.add(unseen);
          return columns.size() - 1;
        });
  }

  private int field(int index) {
    return column(builder.makeInputRef(table, index));
  }

  private OrderKey order(RowPattern.Order order) {
    RexNode key = converter.apply(order.key());
    TensorRules.checkOrder(key.getType());
    return new OrderKey(column(key), order.descending(), order.nullsFirst());
  }

  private Formula condition(SqlNode condition) {
    return new Found().formula(List.of(converter.apply(condition)));
  }

  private Formula measures() {
    List<RexNode> expressions = new ArrayList<>();
    for (RowPattern.Measure measure : pattern.measures()) {
      RelDataType type =
          Objects.requireNonNull(pattern.rowType().getField(measure.name(), true, false)).getType();
      expressions.add(builder.ensureType(type, converter.apply(measure.expression()), true));
    }
    if (expressions.isEmpty()) {
      expressions.add(builder.makeLiteral(true));
    }
    return new Found().formula(expressions);
  }

  /** A projection of rows that are given one after the other. */
  private int expression(List<RexNode> columns, List<RelDataType> types) {
    int number = numbers.getAsInt();
    RelDataTypeFactory.Builder row = builder.getTypeFactory().builder();
    types.forEach(type -> row.add("v" + row.getFieldCount(), type));
    row.add("row", builder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN));
    RelNode rows = GivenRowScan.of(table.getCluster(), number, row.build());
    List<RexNode> flat = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (RexNode column : columns) {
      flat.add(RexUtil.flatten(builder, column));
      names.add("e" + names.size());
    }
    expressions.add(LogicalProject.create(rows, List.of(), flat, names, Set.of()));
    given.add(number);
    return number;
  }

  private RelDataType nullable(RelDataType type) {
    return builder.getTypeFactory().createTypeWithNullability(type, true);
  }

  /** What is looked at in each row. */
  private Argument argument(RexNode expression) {
    List<Integer> read = new ArrayList<>();
    List<RelDataType> types = new ArrayList<>();
    RexNode ofRead =
        expression.accept(
            new RexShuttle() {
              private RexNode read(int column, RelDataType type) {
                int at = read.indexOf(column);
                if (at < 0) {
                  at = read.size();
                  read.add(column);
                  types.add(type);
                }
                return builder.makeInputRef(type, at);
              }

              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                return read(column(ref), ref.getType());
              }

              @Override
              public RexNode visitCall(RexCall call) {
                if (call.getOperator() == MatchOperators.ROW_CLASSIFIER) {
                  return read(Argument.CLASSIFIER, call.getType());
                }
                return call.getOperator() == MatchOperators.ROW_MATCH_NUMBER
                    ? read(Argument.MATCH_NUMBER, call.getType())
                    : super.visitCall(call);
              }
            });
    return ofRead instanceof RexInputRef
        ? Argument.column(read.get(0))
        : new Argument(read, expression(List.of(ofRead), types));
  }

  /** Takes out of an expression what is found in rows of a match. */
  private final class Found extends RexShuttle {
    private final List<Value> values = new ArrayList<>();
    private final List<RelDataType> types = new ArrayList<>();

    /** What stands for each mark; one may stand in several places. */
    private final Map<Integer, RexNode> marks = new HashMap<>();

    Formula formula(List<RexNode> expressions) {
      List<RexNode> ofValues = visitList(expressions);
      return new Formula(expression(ofValues, types), values);
    }

    private RexNode add(Value value, RelDataType type) {
      int at = values.indexOf(value);
      if (at < 0) {
        at = values.size();
        values.add(value);
        types.add(type);
      }
      return builder.makeInputRef(types.get(at), at);
    }

    @Override
    public RexNode visitInputRef(RexInputRef ref) {
      throw RowPatternReader.refused(
          "0A000",
          "a column in DEFINE or MEASURES is named by more than its variable; write it as x or A.x",
          null);
    }

    @Override
    public RexNode visitCall(RexCall call) {
      boolean mark =
          call.getOperator() == MatchOperators.MATCH_NUMBER
              || call.getOperator() == MatchOperators.IN_ROW
              || call.getOperator() == MatchOperators.OF_ROWS
              || call.getOperator() == MatchOperators.COUNT_OF_ROWS;
      if (!mark) {
        return super.visitCall(call);
      }
      RexLiteral literal = (RexLiteral) call.getOperands().get(0);
      int number = Objects.requireNonNull(literal.getValueAs(Integer.class));
      RexNode there = marks.get(number);
      if (there == null) {
        there = found(call, pattern.found().get(number));
        marks.put(number, there);
      }
      return there;
    }

    private RexNode found(RexCall call, RowPattern.Found found) {
      if (call.getOperator() == MatchOperators.MATCH_NUMBER) {
        return add(new Value.MatchNumber(), call.getType());
      }
      if (call.getOperator() == MatchOperators.IN_ROW) {
        Argument argument = argument(call.getOperands().get(1));
        return add(
            new Value.InRow(
                found.set(), found.last(), found.skip(), found.shift(), found.isFinal(), argument),
            call.getType());
      }
      return call.getOperands().get(1).accept(new Aggregates(found));
    }

    /** Aggregates, of which others are made up: AVG is a SUM by a COUNT. */
    private final class Aggregates extends RexShuttle {
      private final RowPattern.Found found;

      Aggregates(RowPattern.Found found) {
        this.found = found;
      }

      @Override
      public RexNode visitCall(RexCall call) {
        if (!(call.getOperator() instanceof SqlAggFunction function)) {
          RexCall made = (RexCall) super.visitCall(call);
          return made.clone(nullable(made.getType()), made.getOperands());
        }
        List<RexNode> operands = operands(call);
        List<RelDataType> types = operands.stream().map(RexNode::getType).toList();
        boolean count = function.getKind() == SqlKind.COUNT;
        RelDataType type = count ? call.getType() : nullable(call.getType());
        Optional<RunningAggregate> aggregate =
            RunningAggregate.of(function, types, type, found.distinct());
        if (aggregate.isEmpty()) {
          throw RowPatternReader.refused(
              "0A000",
              function.getName()
                  + " of "
                  + types.stream().map(each -> each.getSqlTypeName().getName()).toList()
                  + " in MATCH_RECOGNIZE is not supported; show ALL ROWS PER MATCH and aggregate"
                  + " these",
              null);
        }
        List<Argument> arguments = operands.stream().map(RowPatternPlan.this::argument).toList();
        return add(
            new Value.OfRows(found.set(), found.isFinal(), aggregate.get(), arguments), type);
      }

      /** Texts that are joined are texts. */
      private List<RexNode> operands(RexCall call) {
        if (call.getKind() != SqlKind.LISTAGG && call.getKind() != SqlKind.STRING_AGG) {
          return call.getOperands();
        }
        RelDataType text = nullable(builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR));
        return call.getOperands().stream()
            .map(
                operand ->
                    SqlTypeName.CHAR_TYPES.contains(operand.getType().getSqlTypeName())
                        ? operand
                        : builder.makeCast(text, operand))
            .toList();
      }
    }
  }
}
