package io.versor.engine.plan;

import com.google.common.collect.ImmutableList;
import io.versor.parser.ast.FetchedRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code FETCH FIRST n [PERCENT] ROWS [WITH TIES]}: the rows whose RANK or ROW_NUMBER is at most
 * OFFSET + n, or OFFSET + n hundredths of how many there are.
 */
final class FetchedSorts {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Sort sort;
  private final RexBuilder builder;
  private final RelDataType number;

  private FetchedSorts(Sort sort) {
    this.sort = sort;
    this.builder = sort.getCluster().getRexBuilder();
    this.number = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
  }

  /** A sort that asks for ties or a percentage; others as they are. */
  static RelNode of(Sort sort) {
    return FetchedRows.isTied(sort.fetch) || FetchedRows.isPercent(sort.fetch)
        ? new FetchedSorts(sort).filtered()
        : sort;
  }

  private RelNode filtered() {
    RelNode input = sort.getInput();
    List<RexNode> columns = new ArrayList<>();
    for (RelDataTypeField field : input.getRowType().getFieldList()) {
      columns.add(builder.makeInputRef(field.getType(), field.getIndex()));
    }
    boolean ties = FetchedRows.isTied(sort.fetch);
    RexNode fetch = ties ? marked(sort.fetch) : sort.fetch;
    boolean percent = FetchedRows.isPercent(fetch);
    List<RexNode> ranked = new ArrayList<>(columns);
    ranked.add(over(ties ? SqlStdOperatorTable.RANK : SqlStdOperatorTable.ROW_NUMBER, order()));
    if (percent) {
      ranked.add(over(SqlStdOperatorTable.COUNT, ImmutableList.of()));
    }
    RelNode ranks = LogicalProject.create(input, List.of(), ranked, (List<String>) null, Set.of());
    RexNode rank = builder.makeInputRef(number, columns.size());
    RexNode few =
        percent
            ? isWithin(rank, marked(fetch), builder.makeInputRef(number, columns.size() + 1))
            : isWithin(rank, builder.makeCast(number, fetch));
    RelNode filtered = LogicalFilter.create(ranks, few);
    boolean sorts = sort.offset != null || !sort.getCollation().getFieldCollations().isEmpty();
    RelNode sorted =
        sorts ? LogicalSort.create(filtered, sort.getCollation(), sort.offset, null) : filtered;
    return LogicalProject.create(
        sorted, List.of(), columns, sort.getRowType().getFieldNames(), Set.of());
  }

  private static RexNode marked(RexNode fetch) {
    return ((RexCall) fetch).operands.get(0);
  }

  private RexNode isWithin(RexNode rank, RexNode fetch) {
    RexNode most = sort.offset == null ? fetch : call(SqlStdOperatorTable.PLUS, offset(), fetch);
    return isAny(call(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, rank, most), fetch);
  }

  /** Without a division: rank - 1 - offset < count · percent / 100. */
  private RexNode isWithin(RexNode rank, RexNode percent, RexNode count) {
    RexNode before =
        call(SqlStdOperatorTable.MINUS, rank, builder.makeBigintLiteral(BigDecimal.ONE));
    RexNode fetchedBefore =
        sort.offset == null ? before : call(SqlStdOperatorTable.MINUS, before, offset());
    RexNode few =
        call(
            SqlStdOperatorTable.LESS_THAN,
            call(SqlStdOperatorTable.MULTIPLY, fetchedBefore, builder.makeBigintLiteral(HUNDRED)),
            builder.makeCall(SqlStdOperatorTable.MULTIPLY, percent, count));
    return isAny(few, percent);
  }

  /** None are fetched with ties either. */
  private RexNode isAny(RexNode few, RexNode fetch) {
    RexNode zero = builder.makeBigintLiteral(BigDecimal.ZERO);
    return builder.makeCall(
        SqlStdOperatorTable.AND,
        few,
        builder.makeCall(SqlStdOperatorTable.GREATER_THAN, fetch, zero));
  }

  private RexNode offset() {
    return builder.makeCast(number, Objects.requireNonNull(sort.offset));
  }

  private RexNode call(SqlOperator operator, RexNode... operands) {
    return builder.makeCall(operator, operands);
  }

  private ImmutableList<RexFieldCollation> order() {
    ImmutableList.Builder<RexFieldCollation> order = ImmutableList.builder();
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      Set<SqlKind> how = EnumSet.noneOf(SqlKind.class);
      boolean descending = key.direction.isDescending();
      if (descending) {
        how.add(SqlKind.DESCENDING);
      }
      boolean nullsFirst =
          key.nullDirection == NullDirection.FIRST
              || key.nullDirection == NullDirection.UNSPECIFIED && descending;
      how.add(nullsFirst ? SqlKind.NULLS_FIRST : SqlKind.NULLS_LAST);
      order.add(
          new RexFieldCollation(builder.makeInputRef(sort.getInput(), key.getFieldIndex()), how));
    }
    return order.build();
  }

  private RexNode over(SqlAggFunction function, ImmutableList<RexFieldCollation> order) {
    return builder.makeOver(
        number,
        function,
        List.of(),
        List.of(),
        order,
        RexWindowBounds.UNBOUNDED_PRECEDING,
        order.isEmpty() && function.getKind() == SqlKind.COUNT
            ? RexWindowBounds.UNBOUNDED_FOLLOWING
            : RexWindowBounds.CURRENT_ROW,
        RexWindowExclusion.EXCLUDE_NO_OTHER,
        false,
        true,
        false,
        false,
        false);
  }
}
