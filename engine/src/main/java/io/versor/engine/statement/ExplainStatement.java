package io.versor.engine.statement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.Explanation;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.format.type.StoreException;
import io.versor.parser.ast.SqlDeleteFrom;
import io.versor.parser.ast.SqlExplainPlan;
import io.versor.parser.ast.SqlInsertInto;
import io.versor.parser.ast.SqlMergeInto;
import io.versor.parser.ast.SqlRowChange;
import io.versor.parser.ast.SqlUpdateTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN: how a query is run, or the query behind an INSERT, UPDATE, DELETE or MERGE; a row for
 * each operator, or one JSON document. With ANALYZE the query is run, and its rows and time are
 * told.
 */
final class ExplainStatement extends BaseStatement {
  private static final List<ColumnInfo> COLUMNS = List.of(ListCursor.text("plan"));

  private final SqlExplainPlan explain;
  private final SqlNode query;

  ExplainStatement(SessionState session, SqlExplainPlan explain)
      throws StoreException, StatementException {
    super(session, Literals.parameterCount(explain.statement()));
    this.explain = explain;
    this.query = query(explain.statement(), session.versions());
    if (explain.analyze() && query != explain.statement()) {
      throw new StatementException(
          "0A000", "EXPLAIN ANALYZE of a statement that changes rows; explain it without ANALYZE");
    }
  }

  /** What finds the rows that a statement changes. */
  private static SqlNode query(SqlNode statement, Versions versions)
      throws StoreException, StatementException {
    if (statement instanceof SqlInsertInto insert) {
      return CommonTables.of(insert).around(insert.rows());
    }
    if (statement instanceof SqlUpdateTable update) {
      List<SqlNode> items = new ArrayList<>();
      for (SqlNode value : update.set().values()) {
        if (value.getKind() != SqlKind.DEFAULT) {
          items.add(SetColumns.value(value));
        }
      }
      return behind(
          update,
          update.table(),
          versions,
          written ->
              RowQuery.of(
                  written,
                  update.alias(),
                  update.source().orElse(null),
                  items,
                  update.condition().orElse(null)));
    }
    if (statement instanceof SqlDeleteFrom delete) {
      return behind(
          delete,
          delete.table(),
          versions,
          written ->
              RowQuery.of(
                  written,
                  delete.alias(),
                  delete.source().orElse(null),
                  List.of(),
                  delete.condition().orElse(null)));
    }
    if (statement instanceof SqlMergeInto merge) {
      return MergePlan.query(merge, Target.of(merge.table(), versions));
    }
    if (statement.isA(SqlKind.QUERY)) {
      return statement;
    }
    throw new StatementException(
        "0A000", "EXPLAIN of " + statement.getKind() + "; explain its queries instead");
  }

  private static SqlNode behind(
      SqlRowChange change, SqlNode table, Versions versions, UnaryOperator<SqlNode> query)
      throws StoreException {
    CommonTables common = CommonTables.of(change);
    boolean named = table instanceof SqlIdentifier && !common.items().isEmpty();
    return common.around(
        query.apply(
            named ? common.target(table, Target.branch((SqlIdentifier) table, versions)) : table));
  }

  @Override
  public List<ColumnInfo> columns() {
    return COLUMNS;
  }

  @Override
  Result run(List<@Nullable Object> parameters, ExecuteOptions options)
      throws StoreException, StatementException {
    Versions versions = session.versions();
    QueryPlan plan = new QueryPlanner(versions).plan(query, parameters);
    Run run = session.run(versions, parameters);
    Explanation explanation = plan.executable().explain(run);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    long began = System.nanoTime();
    long found = explain.analyze() ? count(plan, run) : 0;
    double millis = (System.nanoTime() - began) / 1_000 / 1e3;
    String statement = explain.statement().getKind().name();
    if (explain.json()) {
      ObjectNode document = explanation.json();
      document.put("statement", query == explain.statement() ? "QUERY" : statement);
      if (explain.analyze()) {
        document
            .put("rows", found)
            .put("milliseconds", millis)
            .put("peakMemoryBytes", run.memory().peakBytes())
            .put("spilledBytes", run.memory().spilledBytes());
      }
      rows.add(List.of(Explanation.text(document)));
    } else {
      explanation.lines().forEach(line -> rows.add(List.of(line)));
      if (explain.analyze()) {
        rows.add(List.of("Rows: " + found + ", milliseconds: " + millis));
        rows.add(
            List.of(
                "Peak memory: "
                    + run.memory().peakBytes()
                    + " bytes, spilled: "
                    + run.memory().spilledBytes()
                    + " bytes"));
      }
    }
    return new CursorResult(new ListCursor(rows), COLUMNS, options.maxRows(), List.of());
  }

  private static long count(QueryPlan plan, Run run) throws StoreException, StatementException {
    long rows = 0;
    try (RowCursor cursor = plan.executable().open(run)) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }
}
