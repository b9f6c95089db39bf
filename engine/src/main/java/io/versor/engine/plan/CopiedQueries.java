package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/**
 * Queries of WITH and of views are planned once for each place that reads them; where each reads
 * the one before twice, that doubles each time. Counted for a statement while it is converted. One
 * thread.
 */
final class CopiedQueries {
  /** Tables that are joined in the end, as many as may be in the text. */
  private static final int MOST_JOINS = 200;

  /** SELECTs planned again: so many take about a second. */
  private static final int MOST_COPIES = 300;

  private final Set<SqlNode> planned = Collections.newSetFromMap(new IdentityHashMap<>());
  private int joins;
  private int copies;

  /** Of row patterns, each with a number of its own. */
  private int expressions;

  private void join(SqlNode join) {
    if (++joins > MOST_JOINS) {
      throw tooMany("join more than " + MOST_JOINS + " tables", join);
    }
  }

  private void select(SqlNode select) {
    if (!planned.add(select) && ++copies > MOST_COPIES) {
      throw tooMany("be planned as more than " + MOST_COPIES + " copies of them", select);
    }
  }

  private static Carried tooMany(String what, SqlNode node) {
    SqlParserPos place = node.getParserPosition();
    return new Carried(
        new StatementException(
            "54001",
            "subqueries, views and queries in WITH, each put where it is read, would "
                + what
                + "; make a table of an inner one",
            place.getLineNum(),
            place.getColumnNum()));
  }

  SqlToRelConverter converter(
      SqlValidator validator,
      Prepare.CatalogReader catalog,
      RelOptCluster cluster,
      SqlToRelConverter.Config config) {
    return new SqlToRelConverter(
        (rowType, sql, schemaPath, viewPath) -> {
          throw new UnsupportedOperationException("views expand themselves");
        },
        validator,
        catalog,
        cluster,
        Conversions.INSTANCE,
        config) {
      @Override
      public RelRoot convertQuery(SqlNode query, boolean needsValidation, boolean top) {
        ListedConstants.gather(query);
        return super.convertQuery(query, needsValidation, top);
      }

      @Override
      protected void convertFrom(
          Blackboard bb, @Nullable SqlNode from, @Nullable List<String> fieldNames) {
        if (from != null && from.getKind() == SqlKind.JOIN) {
          join(from);
        }
        super.convertFrom(bb, from, fieldNames);
      }

      @Override
      protected void convertMatchRecognize(Blackboard bb, SqlMatchRecognize match) {
        Blackboard own = createBlackboard(validator.getMatchRecognizeScope(match), null, false);
        convertFrom(own, match.getTableRef());
        RowPattern pattern = ((VersorValidator) validator).rowPattern(match);
        bb.setRoot(
            RowPatternPlan.of(pattern, own.root(), own::convertExpression, () -> ++expressions),
            true);
      }

      @Override
      public RelNode convertSelect(SqlSelect select, boolean top) {
        CopiedQueries.this.select(select);
        return super.convertSelect(select, top);
      }
    };
  }
}
