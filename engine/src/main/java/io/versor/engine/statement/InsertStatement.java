package io.versor.engine.statement;

import io.versor.engine.BatchResult;
import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterBatch;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Result;
import io.versor.engine.ReturnedColumns;
import io.versor.engine.ReturnedRows;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.ColumnNames;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.write.CellWriter;
import io.versor.format.KeyCheck;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import io.versor.parser.ast.Overriding;
import io.versor.parser.ast.SqlInsertInto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** INSERT, of VALUES or of a query. */
final class InsertStatement extends BaseStatement {
  private final SqlInsertInto insert;
  private final SqlIdentifier table;
  private final List<ParameterInfo> parameters;
  private Plan plan;

  InsertStatement(SessionState session, SqlInsertInto insert)
      throws StoreException, StatementException {
    super(session, Literals.parameterCount(insert));
    this.insert = insert;
    this.table = Target.name(insert.table());
    Versions versions = session.versions();
    this.plan = plan(versions, Target.of(table, versions), List.of());
    this.parameters = plan.parameters(Literals.parameterCount(insert));
  }

  @Override
  public List<ParameterInfo> parameters() {
    return parameters;
  }

  @Override
  public List<ColumnInfo> columns() {
    return plan.returning().map(ReturningPlan::columns).orElse(List.of());
  }

  /** The statement, ready for a table as it is now. */
  private record Plan(
      TableSchema schema,
      List<Integer> targets,
      List<Cells> rows,
      List<List<ComputedValues>> computed,
      @Nullable QueryPlan query,
      Map<Integer, Column> stored,
      List<@Nullable ParameterInfo> given,
      Optional<ConflictPlan> conflict,
      Optional<ReturningPlan> returning) {
    boolean fits(TableSchema now, Versions versions) throws StoreException {
      if (!schema.equals(now)
          || query != null && !query.fits(versions)
          || conflict.isPresent() && !conflict.get().fits(versions)
          || returning.isPresent() && !returning.get().fits(versions)) {
        return false;
      }
      Set<QueryPlan> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // rows share them
      for (List<ComputedValues> ofRow : computed) {
        for (ComputedValues each : ofRow) {
          if (seen.add(each.plan()) && !each.plan().fits(versions)) {
            return false;
          }
        }
      }
      return true;
    }

    /** Whether the statement names all columns as the table has them. */
    boolean inTableOrder() {
      for (int i = 0; i < targets.size(); i++) {
        if (targets.get(i) != i) {
          return false;
        }
      }
      return targets.size() == schema.columns().size();
    }

    List<ParameterInfo> parameters(int count) {
      @Nullable ParameterInfo[] infos = new ParameterInfo[count];
      for (int i = 0; i < given.size() && i < count; i++) {
        infos[i] = given.get(i);
      }
      computed.forEach(plans -> plans.forEach(each -> each.describe(infos)));
      if (query != null) {
        Cells.describe(List.of(query), infos);
      }
      conflict
          .flatMap(ConflictPlan::update)
          .ifPresent(
              update -> {
                update.set().given().forEach((index, info) -> infos[index] = info);
                Cells.describe(List.of(update.query()), infos);
              });
      returning.ifPresent(each -> Cells.describe(List.of(each.query()), infos));
      List<ParameterInfo> all = new ArrayList<>();
      for (ParameterInfo info : infos) {
        all.add(info == null ? Infos.ANY : info);
      }
      return all;
    }
  }

  private Plan fitting(Versions versions, Target now, List<@Nullable Object> values)
      throws StoreException, StatementException {
    if (!plan.fits(now.schema(), versions)) {
      plan = plan(versions, now, values);
    }
    return plan;
  }

  private Plan plan(Versions versions, Target now, List<@Nullable Object> values)
      throws StoreException, StatementException {
    TableSchema schema = now.schema();
    CommonTables common = CommonTables.of(insert);
    List<SqlIdentifier> names = insert.columns();
    SqlNode source = insert.rows();
    List<Integer> targets = isDefaults(source) ? List.of() : targets(names, schema);
    if (isDefaults(source) && !names.isEmpty()) {
      throw new StatementException(
              "42601", "DEFAULT VALUES is a row of the whole table; leave the columns out")
          .at(names.get(0).getParserPosition());
    }
    Optional<ConflictPlan> conflict =
        insert.conflict().isPresent()
            ? Optional.of(ConflictPlan.of(insert.conflict().get(), insert, now, versions, values))
            : Optional.empty();
    Optional<ReturningPlan> returning =
        ReturningPlan.of(
            insert.returning(),
            common,
            table,
            insert.alias().orElse(null),
            SourceColumns.NONE,
            now,
            versions,
            values);
    if (source.getKind() != SqlKind.VALUES) {
      Map<Integer, TensorType> types = new HashMap<>();
      Map<Integer, Column> stored = new HashMap<>();
      List<@Nullable ParameterInfo> given = new ArrayList<>();
      SelectedParameters.of(source, targets.size())
          .forEach(
              (index, place) -> {
                Column column = schema.columns().get(targets.get(place));
                types.put(index, column.type());
                stored.put(index, column);
                give(given, index, column.type());
              });
      QueryPlan query = new QueryPlanner(versions).plan(common.around(source), values, types);
      if (query.columns().size() != targets.size()) {
        throw wrongCount(
            source.getParserPosition(), query.columns().size(), targets.size(), schema.name());
      }
      for (int target : targets) {
        refuseAlways(schema.columns().get(target), source);
      }
      return new Plan(
          schema, targets, List.of(), List.of(), query, stored, given, conflict, returning);
    }
    common.refuseRandom("VALUES", source);
    List<Cells> rows = new ArrayList<>();
    List<List<ComputedValues>> computed = new ArrayList<>();
    List<@Nullable ParameterInfo> given = new ArrayList<>();
    List<SqlNode> sources = ((SqlCall) source).getOperandList();
    RowPlans plans = new RowPlans(versions, values, common, sources.size());
    for (SqlNode row : sources) {
      List<SqlNode> items =
          row.getKind() == SqlKind.ROW ? ((SqlCall) row).getOperandList() : List.of(row);
      if (items.size() != targets.size()) {
        throw wrongCount(row.getParserPosition(), items.size(), targets.size(), schema.name());
      }
      Cells cells = new Cells();
      for (int i = 0; i < items.size(); i++) {
        Column column = schema.columns().get(targets.get(i));
        SqlNode item = items.get(i);
        if (item.getKind() != SqlKind.DEFAULT) {
          refuseAlways(column, item);
        }
        cells.add(isNumbered(column) ? Cells.defaultOf(column) : item, column);
        if (item instanceof SqlDynamicParam parameter) {
          give(given, parameter.getIndex(), column.type());
        }
      }
      for (int i = 0; i < schema.columns().size(); i++) {
        if (!targets.contains(i)) {
          cells.add(Cells.defaultOf(schema.columns().get(i)), schema.columns().get(i));
        }
      }
      rows.add(cells);
      computed.add(cells.plans(plans));
    }
    return new Plan(schema, targets, rows, computed, null, Map.of(), given, conflict, returning);
  }

  /** Tells what a parameter takes. */
  private static void give(List<@Nullable ParameterInfo> given, int index, TensorType type) {
    while (given.size() <= index) {
      given.add(null);
    }
    given.set(index, Infos.parameter(type));
  }

  /** DEFAULT VALUES: a row without values. */
  private static boolean isDefaults(SqlNode source) {
    return source.getKind() == SqlKind.VALUES
        && ((SqlCall) source).operand(0) instanceof SqlCall row
        && row.getKind() == SqlKind.ROW
        && row.operandCount() == 0;
  }

  /** Whether the statement's own values for a column are passed over. */
  private boolean isNumbered(Column column) {
    return column.identity().isPresent() && insert.overriding() == Overriding.USER;
  }

  private void refuseAlways(Column column, SqlNode value) throws StatementException {
    if (Numbering.isAlways(column) && insert.overriding() == Overriding.NONE) {
      throw Numbering.refuseInsert(column, value.getParserPosition());
    }
  }

  /**
   * The columns that values go to, by position in the table.
   *
   * @param names empty: all of them
   */
  static List<Integer> targets(List<? extends SqlNode> names, TableSchema schema)
      throws StatementException {
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; names.isEmpty() && i < schema.columns().size(); i++) {
      targets.add(i);
    }
    for (SqlNode name : names) {
      int column = ColumnNames.position(schema, (SqlIdentifier) name);
      if (targets.contains(column)) {
        throw new StatementException(
            "42701",
            "column " + name + " is given twice",
            name.getParserPosition().getLineNum(),
            name.getParserPosition().getColumnNum());
      }
      targets.add(column);
    }
    return targets;
  }

  static StatementException wrongCount(SqlParserPos place, int found, int expected, String table) {
    return new StatementException(
        "42601",
        found + " values for " + expected + " columns of " + table,
        place.getLineNum(),
        place.getColumnNum());
  }

  /** What the last try of a statement that writes made. */
  private static final class Outcome {
    private long[] counts = new long[0];
    private long rows;
    private @Nullable Returning returning;
    private Optional<ReturningPlan.Rows> returnedRows = Optional.empty();

    ReturnedRows returned() throws StoreException {
      if (returnedRows.isPresent()) {
        return returnedRows.get().returned();
      }
      return returning == null ? ReturnedRows.NONE : returning.rows();
    }
  }

  @Override
  boolean writesRows() {
    return true;
  }

  @Override
  Result run(List<@Nullable Object> values, ExecuteOptions options)
      throws StoreException, StatementException {
    Outcome outcome = ValuePlaces.in(insert, () -> write(List.of(values), options));
    if (outcome.returnedRows.isPresent()) {
      return outcome.returnedRows.get().result(outcome.rows, options, session.takeWarnings());
    }
    return new CountResult(outcome.rows, outcome.returned(), session.takeWarnings());
  }

  @Override
  public BatchResult executeBatch(ParameterBatch batch, ExecuteOptions options)
      throws StoreException, StatementException {
    checkOpen();
    for (List<@Nullable Object> row : batch.rows()) {
      checkCount(row);
    }
    if (batch.rows().isEmpty()) {
      return new BatchResult(new long[0], ReturnedRows.NONE);
    }
    Optional<ConflictPlan.Update> update = plan.conflict().flatMap(ConflictPlan::update);
    if (isQuery() || update.isPresent() && !isLocal(update.get())) {
      return super.executeBatch(batch, options); // each sees what those before it have updated
    }
    List<Outcome> outcomes = new ArrayList<>();
    working(
        options.cancellation(),
        () -> {
          if (update.isEmpty()) {
            return outcomes.add(write(batch.rows(), options));
          }
          return session.together(
              () -> {
                outcomes.clear();
                write(batch.rows(), options, outcomes);
                return true;
              });
        });
    List<ColumnInfo> columns = List.of();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      ReturnedRows returned = outcome.returned();
      columns = returned.columns();
      rows.addAll(returned.rows());
    }
    return new BatchResult(
        outcomes.stream().flatMapToLong(outcome -> Arrays.stream(outcome.counts)).toArray(),
        new ReturnedRows(columns, rows));
  }

  /** Runs it as one statement, or where two executions propose the same key as two, and so on. */
  private void write(
      List<List<@Nullable Object>> parameters, ExecuteOptions options, List<Outcome> outcomes)
      throws StoreException, StatementException {
    try {
      outcomes.add(write(parameters, options));
    } catch (StatementException e) {
      if (parameters.size() == 1 || !e.sqlState().equals(ConflictWriter.TWICE)) {
        throw e;
      }
      int half = parameters.size() / 2;
      write(parameters.subList(0, half), options, outcomes);
      write(parameters.subList(half, parameters.size()), options, outcomes);
    }
  }

  /** Whether many executions can be one, as long as no two propose the same key. */
  private boolean isLocal(ConflictPlan.Update update) {
    boolean key =
        TableKeys.of(plan.schema()).values().stream()
            .anyMatch(columns -> columns.stream().anyMatch(update.targets()::contains));
    boolean values =
        plan.query() == null
            && ((SqlCall) insert.rows())
                .getOperandList().stream().noneMatch(ConflictPlan::hasQuery);
    return update.isLocal() && !key && values;
  }

  /** Runs it once for each list of parameters, all in one statement. */
  private Outcome write(List<List<@Nullable Object>> parameters, ExecuteOptions options)
      throws StoreException, StatementException {
    String branch = Target.branch(table, session.versions());
    return session.write(
        branch,
        (transaction, versions) -> {
          Outcome outcome = new Outcome();
          Run first = session.run(versions, parameters.get(0));
          Target target = Target.of(table, versions);
          Plan ready = fitting(versions, target, parameters.get(0));
          Optional<ReturningPlan> returns = returning(ready, options, target, versions);
          ReturnedColumns appended =
              returns.isPresent() ? ReturnedColumns.NONE : options.returned();
          Returning returning =
              new Returning(
                  appended, target, transaction, first.allocator(), session.keptToTheEnd(first));
          KeyCheck keys = new KeyCheck(target.snapshot(), first.allocator());
          RowWriter writer =
              new RowWriter(
                  transaction,
                  target.snapshot(),
                  session,
                  first,
                  keys,
                  ready
                      .conflict()
                      .map(
                          plan ->
                              new ConflictWriter(plan, target, keys, session, transaction, first)),
                  returning::add);
          RowIdList written = new RowIdList();
          if (returns.isPresent()) {
            writer.tellRows(written);
          }
          writer.expect((long) parameters.size() * ready.rows().size());
          outcome.counts = new long[parameters.size()];
          for (int i = 0; i < outcome.counts.length; i++) {
            first.check();
            Run run = i == 0 ? first : first.with(parameters.get(i));
            insert(ready, run, writer);
            outcome.counts[i] =
                ready.query() == null ? ready.rows().size() : java.sql.Statement.SUCCESS_NO_INFO;
          }
          outcome.rows = writer.finish();
          int each = ready.rows().size();
          writer.ignored().stream()
              .filter(row -> each > 0)
              .forEach(row -> outcome.counts[row / each]--);
          outcome.returning = returning;
          if (returns.isPresent()) {
            outcome.returnedRows =
                Optional.of(
                    returns.get().rowsNow(written.toArray(), List.of(), transaction, first));
          }
          return outcome;
        });
  }

  /** RETURNING, or what stands for it: keys are wanted of rows that are updated, too. */
  private Optional<ReturningPlan> returning(
      Plan ready, ExecuteOptions options, Target target, Versions versions)
      throws StoreException, StatementException {
    boolean updates = ready.conflict().flatMap(ConflictPlan::update).isPresent();
    if (ready.returning().isPresent() || !updates || options.returned().isEmpty()) {
      return ready.returning();
    }
    return ReturningPlan.of(
        Returning.items(options.returned(), target.schema(), table),
        CommonTables.NONE,
        table,
        null,
        SourceColumns.NONE,
        target,
        versions,
        List.of());
  }

  private void insert(Plan plan, Run run, RowWriter writer)
      throws StoreException, StatementException {
    for (int i = 0; i < plan.rows().size(); i++) {
      List<@Nullable Object> given = plan.rows().get(i).compute(plan.computed().get(i), run);
      writer.add(inOrder(plan, given));
    }
    QueryPlan query = plan.query();
    if (query != null) {
      select(plan, query, run, writer);
    }
  }

  /** From the order of the statement's columns, the defaulted ones last, to the table's. */
  private static List<@Nullable Object> inOrder(Plan plan, List<@Nullable Object> given) {
    int columns = plan.schema().columns().size();
    if (plan.inTableOrder()) {
      return given;
    }
    @Nullable Object[] row = new Object[columns];
    BitSet named = new BitSet(columns);
    for (int i = 0; i < plan.targets().size(); i++) {
      row[plan.targets().get(i)] = given.get(i);
      named.set(plan.targets().get(i));
    }
    int next = plan.targets().size();
    for (int i = 0; i < columns; i++) {
      if (!named.get(i)) {
        row[i] = given.get(next++);
      }
    }
    return Arrays.asList(row);
  }

  /** Parameters that are stored as they are have to fit as exactly as those of VALUES. */
  private static void checkStored(Plan plan, List<@Nullable Object> parameters)
      throws StoreException {
    for (Map.Entry<Integer, Column> stored : plan.stored().entrySet()) {
      Object value = parameters.get(stored.getKey());
      if (value != null) {
        new CellWriter(plan.schema().name(), stored.getValue()).append(value, 1);
      }
    }
  }

  private void select(Plan plan, QueryPlan query, Run run, RowWriter writer)
      throws StoreException, StatementException {
    checkStored(plan, run.parameters());
    Cells defaults = new Cells();
    List<Column> columns = plan.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (!plan.targets().contains(i)) {
        defaults.add(Cells.defaultOf(columns.get(i)), columns.get(i));
      }
    }
    List<ComputedValues> plans = defaults.plans(run.versions(), run.parameters());
    @Nullable List<@Nullable Object> once =
        defaults.areRandom() ? null : defaults.compute(plans, run);
    try (RowCursor rows = query.executable().open(run)) {
      while (rows.next()) {
        List<@Nullable Object> given = new ArrayList<>(columns.size());
        for (int i = 0; i < plan.targets().size(); i++) {
          boolean numbered = isNumbered(columns.get(plan.targets().get(i)));
          given.add(numbered ? Numbering.NEXT : rows.objectAt(i));
        }
        given.addAll(once == null ? defaults.compute(plans, run) : once);
        writer.add(inOrder(plan, given));
      }
    }
  }
}
