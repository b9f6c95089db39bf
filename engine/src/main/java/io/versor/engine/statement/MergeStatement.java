package io.versor.engine.statement;

import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.ColumnNames;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowConditions;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.write.CellWriter;
import io.versor.format.KeyCheck;
import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /**
   * The statement, ready for a table as it is now.
   *
   * @param read columns that keys and conditions read and the update leaves alone
   * @param firstRead where the query gives them
   */
  private record Plan(
      TableSchema schema,
      Optional<Side> update,
      Optional<Side> insert,
      List<Integer> read,
      int firstRead,
      QueryPlan query) {
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
    List<Integer> targets = updated.map(Side::targets).orElse(List.of());
    Set<Integer> read = new TreeSet<>(RowConditions.columns(schema, targets));
    for (List<Integer> key : TableKeys.of(schema).values()) {
      if (key.stream().anyMatch(targets::contains)) {
        read.addAll(key);
      }
    }
    read.removeAll(targets);
    int firstRead = items.size() + 1;
    for (int column : read) {
      items.add(RowQuery.column(table, merge.getAlias(), schema.columns().get(column).name()));
    }
    QueryPlan query = new QueryPlanner(versions).plan(query(items), values);
    return new Plan(schema, updated, inserted, List.copyOf(read), firstRead, query);
  }

  private static Side updated(SqlUpdate update, TableSchema schema, List<SqlNode> items)
      throws StatementException {
    Side side = Side.empty();
    for (int i = 0; i < update.getTargetColumnList().size(); i++) {
      SqlIdentifier name = (SqlIdentifier) update.getTargetColumnList().get(i);
      int target = ColumnNames.position(schema, name);
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
      targets.add(ColumnNames.position(schema, (SqlIdentifier) name));
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

  private long merge(Target target, Plan plan, Transaction transaction, Run run)
      throws StoreException, StatementException {
    TableSchema schema = target.schema();
    KeyCheck keys = new KeyCheck(target.snapshot(), run.allocator());
    List<Integer> targets = plan.update().map(Side::targets).orElse(List.of());
    Updates updates = new Updates(schema, targets, plan.read());
    // A key may go from an updated row to a new one: all updates have to be known before.
    boolean keysMove = keys.concerns(new HashSet<>(targets));
    List<List<@Nullable Object>> waiting = new ArrayList<>();
    RowWriter inserts =
        new RowWriter(transaction, target.snapshot(), session, run, keys, (first, columns) -> {});
    long source = 0;
    try (RowCursor rows = plan.query().executable().open(run)) {
      while (rows.next()) {
        source++;
        if (rows.objectAt(0) == null) {
          if (plan.insert().isPresent()) {
            List<@Nullable Object> row = row(plan.insert().get(), rows, run);
            if (keysMove) {
              waiting.add(row);
            } else {
              inserts.add(row);
            }
          }
        } else if (plan.update().isPresent()) {
          updates.add(rows, plan, source, run);
        }
      }
    }
    Optional<RowConditions> conditions =
        RowConditions.columns(schema, targets).isEmpty()
            ? Optional.empty()
            : session.conditions(schema, run.versions());
    if (conditions.isPresent()) {
      conditions.get().check(updates.columns(), run);
    }
    if (keysMove) {
      updates.rowIds.forEach(keys::replaces);
      keys.added(updates.columns());
    }
    for (List<@Nullable Object> row : waiting) {
      inserts.add(row);
    }
    return updates.apply(transaction) + inserts.finish();
  }

  /** Rows that were found, and what they become. */
  private static final class Updates {
    private final TableSchema schema;
    private final List<Integer> targets;
    private final List<CellWriter> writers = new ArrayList<>();
    private final List<CellWriter> readers = new ArrayList<>();
    private final List<Integer> read;
    private final Set<Long> matched = new HashSet<>();
    private final List<Long> rowIds = new ArrayList<>();

    Updates(TableSchema schema, List<Integer> targets, List<Integer> read) {
      this.schema = schema;
      this.targets = targets;
      this.read = read;
      targets.forEach(at -> writers.add(new CellWriter(schema.name(), schema.columns().get(at))));
      read.forEach(at -> readers.add(new CellWriter(schema.name(), schema.columns().get(at))));
    }

    void add(RowCursor rows, Plan plan, long source, Run run)
        throws StoreException, StatementException {
      long rowId = RowQuery.rowId(rows);
      if (!matched.add(rowId)) {
        throw new StatementException(
            "21000",
            "MERGE INTO "
                + schema.name()
                + ": several rows of the source match one row; make the source unique");
      }
      rowIds.add(rowId);
      for (int i = 0; i < writers.size(); i++) {
        writers.get(i).append(plan.update().orElseThrow().value(i, rows, run), source);
      }
      for (int i = 0; i < readers.size(); i++) {
        readers.get(i).append(rows.objectAt(plan.firstRead() + i), source);
      }
    }

    /** As many columns as the table has; those that were not asked for are empty. */
    List<HeapColumn> columns() {
      List<HeapColumn> columns = new ArrayList<>();
      for (int column = 0; column < schema.columns().size(); column++) {
        int written = targets.indexOf(column);
        int kept = read.indexOf(column);
        columns.add(
            written >= 0
                ? writers.get(written).peek()
                : kept >= 0
                    ? readers.get(kept).peek()
                    : new ColumnBuilder(schema.columns().get(column).type(), 0).column());
      }
      return columns;
    }

    long apply(Transaction transaction) throws StoreException {
      long[] ids = rowIds.stream().mapToLong(Long::longValue).toArray();
      for (int i = 0; i < writers.size() && ids.length > 0; i++) {
        long columnId = schema.columns().get(targets.get(i)).id();
        transaction.update(
            schema.id(), columnId, Arrays.copyOf(ids, ids.length), writers.get(i).take());
      }
      return ids.length;
    }
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
