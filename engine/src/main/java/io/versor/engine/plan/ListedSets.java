package io.versor.engine.plan;

import com.google.common.collect.Range;
import io.versor.engine.StatementException;
import io.versor.engine.function.JavaFunction;
import io.versor.engine.type.Carried;
import io.versor.engine.type.Uuids;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * Long sets of constants within the expressions of the row executor. Generated code would compare
 * with one after the other, and be longer than a method may be: here it asks a set that it is given
 * as it is given parameters.
 */
public final class ListedSets {
  /** Beyond the parameters of a statement, and of what Calcite is told besides. */
  private static final int FIRST_PARAMETER = 1 << 21;

  /** Fewer are left to generated code. */
  private static final int FEWEST = 32;

  /** What generated code can compare one by one. */
  private static final int MOST_COMPARED = 1_000;

  private static final SqlUserDefinedFunction LISTED =
      new SqlUserDefinedFunction(
          new SqlIdentifier("IS_LISTED", SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.BOOLEAN_NULLABLE,
          null,
          OperandTypes.operandMetadata(List.of(), factory -> List.of(), i -> "arg" + i, i -> false),
          JavaFunction.of(ListedSets.class, "isListed"));

  private final List<Set<Object>> sets = new ArrayList<>();

  /** Whether a value is in a set; NULL of NULL. Called by generated code. */
  public static @Nullable Boolean isListed(@Nullable Object value, @Nullable Object set) {
    return value == null || !(set instanceof Set<?> values) ? null : values.contains(plain(value));
  }

  static boolean is(RexCall call) {
    return call.getOperator() == LISTED;
  }

  /** The set that stands for a parameter, if there is one. */
  @Nullable Object parameter(int index) {
    return index >= FIRST_PARAMETER ? sets.get(index - FIRST_PARAMETER) : null;
  }

  /** Sets in place of long searches. */
  RelNode rewrite(RelNode plan) {
    RexBuilder builder = plan.getCluster().getRexBuilder();
    RexShuttle shuttle = shuttle(builder);
    return BottomUp.nodes(
        plan,
        node ->
            node instanceof LogicalFilter filter && hasParameters(filter.getCondition())
                ? node
                : node.accept(shuttle));
  }

  /** Lists of parameters and constants, which are a filter of their own. */
  private static boolean hasParameters(RexNode condition) {
    return RelOptUtil.conjunctions(condition).stream()
        .flatMap(part -> ListedValues.of(part).stream())
        .anyMatch(list -> !list.parameters().isEmpty());
  }

  private RexShuttle shuttle(RexBuilder builder) {
    return new RexShuttle() {
      /** Generated code has UUIDs as bytes, and makes those of texts. */
      @Override
      public RexNode visitLiteral(RexLiteral literal) {
        UUID id = literal.getTypeName() == SqlTypeName.UUID ? literal.getValueAs(UUID.class) : null;
        return id == null
            ? literal
            : builder.makeCast(literal.getType(), builder.makeLiteral(id.toString()));
      }

      @Override
      public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        return visited instanceof RexCall search && search.getKind() == SqlKind.SEARCH
            ? searched(builder, search)
            : visited;
      }
    };
  }

  private RexNode searched(RexBuilder builder, RexCall search) {
    RexNode tested = search.getOperands().get(0);
    Sarg<?> sarg = ((RexLiteral) search.getOperands().get(1)).getValueAs(Sarg.class);
    int ranges = sarg == null ? 0 : sarg.rangeSet.asRanges().size();
    boolean uuids = tested.getType().getSqlTypeName() == SqlTypeName.UUID;
    if (sarg == null || ranges < FEWEST && !uuids) {
      return search;
    }
    boolean others = sarg.isComplementedPoints();
    Set<Object> members = new HashSet<>();
    boolean all = others || sarg.isPoints();
    if (all) {
      for (Range<?> point : (others ? sarg.rangeSet.complement() : sarg.rangeSet).asRanges()) {
        Object member = member(point.lowerEndpoint(), tested.getType());
        if (member == null || !isKind(member, tested.getType())) {
          all = false;
          break;
        }
        members.add(member);
      }
    }
    if (!all && ranges > MOST_COMPARED) {
      throw tooMany(ranges, tested.getType());
    }
    if (!all) {
      return search;
    }
    sets.add(members);
    RelDataType any = builder.getTypeFactory().createSqlType(SqlTypeName.ANY);
    RexNode set = builder.makeDynamicParam(any, FIRST_PARAMETER + sets.size() - 1);
    RexNode listed = builder.makeCall(search.getType(), LISTED, List.of(tested, set));
    RexNode holds = others ? builder.makeCall(SqlStdOperatorTable.NOT, listed) : listed;
    if (sarg.nullAs == RexUnknownAs.UNKNOWN) {
      return holds;
    }
    return sarg.nullAs == RexUnknownAs.TRUE
        ? builder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, holds)
        : builder.makeCall(SqlStdOperatorTable.IS_TRUE, holds);
  }

  private static Carried tooMany(int ranges, RelDataType type) {
    return new Carried(
        new StatementException(
            "54001",
            "a list of "
                + ranges
                + " values of type "
                + type.getSqlTypeName()
                + ", which the row executor compares one by one; at most "
                + MOST_COMPARED
                + " are taken, put them into a table and join that"));
  }

  /** A constant as what equal values of a type are. */
  private static @Nullable Object member(Object constant, RelDataType type) {
    Object member = plain(constant);
    boolean nearest = SqlTypeUtil.isApproximateNumeric(type) && member instanceof BigDecimal;
    return nearest ? plain(((BigDecimal) member).doubleValue()) : member;
  }

  /** Whether generated code has values of a type as such objects. */
  private static boolean isKind(Object member, RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, DATE -> member instanceof BigDecimal;
      case FLOAT, DOUBLE -> member instanceof Double;
      case VARCHAR -> member instanceof String;
      case UUID -> member instanceof ByteString;
      default -> false;
    };
  }

  /** A value, constant or computed, as one that equals all that it is compared with. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof NlsString text) {
      return text.getValue();
    }
    if (value instanceof DateString date) {
      return BigDecimal.valueOf(date.getDaysSinceEpoch());
    }
    if (value instanceof Double number) {
      return number + 0.0; // -0.0 is 0.0
    }
    if (value instanceof UUID id) {
      return new ByteString(Uuids.bytes(id));
    }
    return value instanceof ByteString ? value : ListedValues.plain(value);
  }
}
