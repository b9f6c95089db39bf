package io.versor.engine.plan;

import com.google.common.collect.ImmutableList;
import io.versor.parser.ast.TiedRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** {@code FETCH FIRST n ROWS WITH TIES}: the rows whose RANK is at most OFFSET + n. */
final class TiedSorts {
  private TiedSorts() {}

  /** A sort that asks for ties; others as they are. */
  static RelNode of(Sort sort) {
    if (!TiedRows.is(sort.fetch)) {
      return sort;
    }
    RexBuilder builder = sort.getCluster().getRexBuilder();
    RelDataType number = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    RelNode input = sort.getInput();
    List<RexNode> columns = new ArrayList<>();
    for (RelDataTypeField field : input.getRowType().getFieldList()) {
      columns.add(builder.makeInputRef(field.getType(), field.getIndex()));
    }
    List<RexNode> ranked = new ArrayList<>(columns);
    ranked.add(rank(sort, builder, number));
    RelNode ranks = LogicalProject.create(input, List.of(), ranked, (List<String>) null, Set.of());

    RexNode fetch = builder.makeCast(number, ((RexCall) sort.fetch).operands.get(0));
    RexNode offset = sort.offset == null ? null : builder.makeCast(number, sort.offset);
    RexNode most =
        offset == null
            ? fetch
            : builder.makeCall(number, SqlStdOperatorTable.PLUS, List.of(offset, fetch));
    RexNode zero = builder.makeBigintLiteral(BigDecimal.ZERO);
    RexNode few =
        builder.makeCall(
            SqlStdOperatorTable.AND,
            builder.makeCall(
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                builder.makeInputRef(number, columns.size()),
                most),
            builder.makeCall(SqlStdOperatorTable.GREATER_THAN, fetch, zero));
    RelNode filtered = LogicalFilter.create(ranks, few);
    RelNode sorted = LogicalSort.create(filtered, sort.getCollation(), sort.offset, null);
    return LogicalProject.create(
        sorted, List.of(), columns, sort.getRowType().getFieldNames(), Set.of());
  }

  private static RexNode rank(Sort sort, RexBuilder builder, RelDataType number) {
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
    return builder.makeOver(
        number,
        SqlStdOperatorTable.RANK,
        List.of(),
        List.of(),
        order.build(),
        RexWindowBounds.UNBOUNDED_PRECEDING,
        RexWindowBounds.CURRENT_ROW,
        RexWindowExclusion.EXCLUDE_NO_OTHER,
        false,
        true,
        false,
        false,
        false);
  }
}
