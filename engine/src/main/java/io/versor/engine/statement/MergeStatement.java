package io.versor.engine.statement;

import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.write.CellWriter;
import io.versor.format.KeyCheck;
import io.versor.format.Transaction;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * MERGE INTO: the source joined to the target from the left. Where a row of the target was found it
 * is updated, else a row is inserted.
 */
final class MergeStatement extends BaseStatement {
  private final SqlMerge merge;
  private final SqlIdentifier table;
  private final List<ParameterInfo> parameters;
  private Plan plan;

  MergeStatement(SessionState session, SqlMerge merge) throws StoreException, StatementException {
    super(session, Literals.parameterCount(merge));
    this.merge = merge;
    this.table = Target.name(merge.getTargetTable());
    Versions versions = session.versions();
    this.plan = plan(versions, Target.of(table, versions).schema(), List.of());
    this.parameters = plan.query().parameters();
  }

  @Override
  public List<ParameterInfo> parameters() {
    return parameters;
  }

  /** Values of one side: which columns they go to, and where the query gives them. */
  private record Side(
      List<Integer> targets, List<Literals.@Nullable Value> direct, List<Integer> places) {
    static Side empty() {
      return new Side(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(int target, SqlNode value, List<SqlNode> items) {
      targets.add(target);
      Optional<Literals.Value> found = Literals.find(value);
      direct.add(found.orElse(null));
      places.add(found.isPresent() ? -1 : items.size() + 1);
      if (found.isEmpty()) {
        items.add(value);
      }
    }

    @Nullable Object value(int i, RowCursor rows, Run run) throws StoreException {
      Literals.Value known = direct.get(i);
      return known == null ? rows.objectAt(places.get(i)) : known.of(run.parameters());
    }
  }

  private record Plan(
      TableSchema schema, Optional<Side> update, Optional<Side> insert, QueryPlan query) {
    boolean fits(TableSchema now, Versions versions) throws StoreException {
      return schema.equals(now) && query.fits(versions);
    }
  }

  private Plan plan(Versions versions, TableSchema schema, List<@Nullable Object> values)
      throws StoreException, StatementException {
    List<SqlNode> items = new ArrayList<>();
    SqlUpdate update = merge.getUpdateCall();
    SqlInsert insert = merge.getInsertCall();
    Optional<Side> updated =
        update == null ? Optional.empty() : Optional.of(updated(update, schema, items));
    Optional<Side> inserted =
        insert == null ? Optional.empty() : Optional.of(inserted(insert, schema, items));
    return new Plan(
        schema, updated, inserted, new QueryPlanner(versions).plan(query(items), values));
  }

  private static Side updated(SqlUpdate update, TableSchema schema, List<SqlNode> items)
      throws StatementException {
    Side side = Side.empty();
    for (int i = 0; i < update.getTargetColumnList().size(); i++) {
      SqlIdentifier name = (SqlIdentifier) update.getTargetColumnList().get(i);
      int target = Target.column(schema, name);
      if (side.targets().contains(target)) {
        throw new StatementException("42701", "column " + name + " is set twice");
      }
      SqlNode value = update.getSourceExpressionList().get(i);
      side.add(target, orDefault(value, schema.columns().get(target)), items);
    }
    return side;
  }

  private static SqlNode orDefault(SqlNode value, Column column) throws StatementException {
    return value.getKind() == SqlKind.DEFAULT ? Cells.defaultOf(column) : value;
  }

  private static Side inserted(SqlInsert insert, TableSchema schema, List<SqlNode> items)
      throws StatementException {
    List<Integer> targets = new ArrayList<>();
    SqlNodeList names = insert.getTargetColumnList();
    for (int i = 0; names == null && i < schema.columns().size(); i++) {
      targets.add(i);
    }
    for (SqlNode name : names == null ? List.<SqlNode>of() : names) {
      targets.add(Target.column(schema, (SqlIdentifier) name));
    }
    SqlNode source = insert.getSource();
    List<SqlNode> row =
        source instanceof SqlSelect select
            ? select.getSelectList().getList()
            : ((SqlCall) ((SqlCall) source).operand(0)).getOperandList();
    if (row.size() != targets.size()) {
      throw new StatementException(
          "42601",
          row.size() + " values for " + targets.size() + " columns of " + schema.name(),
          source.getParserPosition().getLineNum(),
          source.getParserPosition().getColumnNum());
    }
    Side side = Side.empty();
    for (int column = 0; column < schema.columns().size(); column++) {
      int given = targets.indexOf(column);
      Column target = schema.columns().get(column);
      SqlNode value = given < 0 ? Cells.defaultOf(target) : row.get(given);
      side.add(column, orDefault(value, target), items);
    }
    return side;
  }

  private SqlSelect query(List<SqlNode> items) {
    SqlParserPos place = merge.getParserPosition();
    SqlIdentifier alias = merge.getAlias();
    String name = alias == null ? table.names.get(table.names.size() - 1) : alias.getSimple();
    SqlNode target = alias == null ? table : SqlStdOperatorTable.AS.createCall(place, table, alias);
    SqlJoin join =
        new SqlJoin(
            place,
            merge.getSourceTableRef(),
            SqlLiteral.createBoolean(false, place),
            JoinType.LEFT.symbol(place),
            target,
            JoinConditionType.ON.symbol(place),
            merge.getCondition());
    List<SqlNode> all = new ArrayList<>();
    all.add(new SqlIdentifier(List.of(name, Field.ROW_ID), SqlParserPos.ZERO));
    for (int i = 0; i < items.size(); i++) {
      all.add(
          SqlStdOperatorTable.AS.createCall(
              place, items.get(i), new SqlIdentifier("value" + i, place)));
    }
    SqlNodeList list = new SqlNodeList(all, place);
    return new SqlSelect(
        place, null, list, join, null, null, null, null, null, null, null, null, null);
  }

  @Override
  boolean writesRows() {
    return true;
  }

  @Override
  Result run(List<@Nullable Object> values, ExecuteOptions options)
      throws StoreException, StatementException {
    String branch = Target.branch(table, session.versions());
    long rows =
        session.write(
            branch,
            (transaction, versions) -> {
              Target target = Target.of(table, versions);
              Run run = session.run(versions, values);
              if (!plan.fits(target.schema(), versions)) {
                plan = plan(versions, target.schema(), values);
              }
              return merge(target, plan, transaction, run);
            });
    return new CountResult(rows, session.takeWarnings());
  }

  private static long merge(Target target, Plan plan, Transaction transaction, Run run)
      throws StoreException, StatementException {
    TableSchema schema = target.schema();
    KeyCheck keys = new KeyCheck(target.snapshot(), run.allocator());
    Side update = plan.update().orElse(Side.empty());
    if (keys.concerns(new HashSet<>(update.targets()))) {
      throw new StatementException(
          "0A000", "MERGE INTO cannot set columns of a key; use UPDATE and INSERT");
    }
    RowWriter inserts = new RowWriter(transaction, schema, keys);
    List<CellWriter> updates = new ArrayList<>();
    for (int column : update.targets()) {
      updates.add(new CellWriter(schema.name(), schema.columns().get(column)));
    }
    Set<Long> matched = new HashSet<>();
    List<Long> rowIds = new ArrayList<>();
    long source = 0;
    try (RowCursor rows = plan.query().executable().open(run)) {
      while (rows.next()) {
        source++;
        if (rows.objectAt(0) == null) {
          if (plan.insert().isPresent()) {
            inserts.add(row(plan.insert().get(), rows, run));
          }
        } else if (plan.update().isPresent()) {
          long rowId = RowQuery.rowId(rows);
          if (!matched.add(rowId)) {
            throw new StatementException(
                "21000",
                "MERGE INTO "
                    + schema.name()
                    + ": several rows of the source match one row; make the source unique");
          }
          rowIds.add(rowId);
          for (int i = 0; i < updates.size(); i++) {
            updates.get(i).append(update.value(i, rows, run), source);
          }
        }
      }
    }
    long[] ids = rowIds.stream().mapToLong(Long::longValue).toArray();
    for (int i = 0; i < updates.size() && ids.length > 0; i++) {
      long columnId = schema.columns().get(update.targets().get(i)).id();
      transaction.update(
          schema.id(), columnId, Arrays.copyOf(ids, ids.length), updates.get(i).take());
    }
    return ids.length + inserts.finish();
  }

  private static List<@Nullable Object> row(Side insert, RowCursor rows, Run run)
      throws StoreException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < insert.targets().size(); i++) {
      values.add(insert.value(i, rows, run));
    }
    return values;
  }
}
