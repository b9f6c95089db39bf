package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Result;
import io.versor.engine.ReturnedColumns;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.keep.KeptRows;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.work.Reservation;
import io.versor.format.KeyCheck;
import io.versor.format.Transaction;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.parser.ast.SqlMergeInto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/**
 * MERGE INTO. A row of the target is changed once at most; keys and conditions have to hold when
 * all rows are changed.
 */
final class MergeStatement extends BaseStatement {
  private static final int ROWS_PER_HOLD = 1_024;

  private final SqlMergeInto merge;
  private final List<ParameterInfo> parameters;
  private MergePlan plan;

  MergeStatement(SessionState session, SqlMergeInto merge)
      throws StoreException, StatementException {
    super(session, Literals.parameterCount(merge));
    this.merge = merge;
    Versions versions = session.versions();
    this.plan =
        MergePlan.of(
            merge, merge.returning(), Target.of(merge.table(), versions), versions, List.of());
    @Nullable ParameterInfo[] infos = new ParameterInfo[Literals.parameterCount(merge)];
    Cells.describe(List.of(plan.query()), infos);
    plan.returning().ifPresent(each -> Cells.describe(List.of(each.plan().query()), infos));
    this.parameters = Stream.of(infos).map(info -> info == null ? Infos.ANY : info).toList();
  }

  @Override
  public List<ParameterInfo> parameters() {
    return parameters;
  }

  @Override
  public List<ColumnInfo> columns() {
    return plan.returning()
        .filter(each -> !merge.returning().isEmpty())
        .map(each -> each.plan().columns())
        .orElse(List.of());
  }

  @Override
  boolean writesRows() {
    return true;
  }

  @Override
  Result run(List<@Nullable Object> values, ExecuteOptions options)
      throws StoreException, StatementException {
    String branch = Target.branch(merge.table(), session.versions());
    Changed changed =
        session.write(
            branch,
            (transaction, versions) -> {
              Target target = Target.of(merge.table(), versions);
              MergePlan ready = fitting(options.returned(), target, versions, values);
              return merge(ready, target, transaction, session.run(versions, values));
            });
    return changed.result(options, session.takeWarnings());
  }

  /**
   * The plan, which fits the table as it is now.
   *
   * @param keys what the caller wants of the rows, where there is no RETURNING
   */
  private MergePlan fitting(
      ReturnedColumns keys, Target target, Versions versions, List<@Nullable Object> values)
      throws StoreException, StatementException {
    if (merge.returning().isEmpty() && !keys.isEmpty()) {
      SqlNodeList items =
          Returning.items(keys, target.schema(), merge.alias().orElse(merge.table()));
      return MergePlan.of(merge, items, target, versions, values);
    }
    if (!plan.fits(target.schema(), versions)) {
      plan = MergePlan.of(merge, merge.returning(), target, versions, values);
    }
    return plan;
  }

  private Changed merge(MergePlan plan, Target target, Transaction transaction, Run run)
      throws StoreException, StatementException {
    TableSchema schema = target.schema();
    Optional<MergeReturning.Gathered> returned =
        plan.returning().map(each -> each.gather(plan.firstRead() + plan.reads().size()));
    RowIdList inserted = new RowIdList();
    KeyCheck keys = new KeyCheck(target.snapshot(), run.allocator());
    boolean deletes = plan.clauses().stream().anyMatch(MergePlan.Clause::deletes);
    // A key may go from a row of the table to a new one: all changes have to be known before.
    boolean keysMove = deletes && keys.isNeeded() || keys.concerns(plan.updated());
    Map<MergePlan.Clause, ChangedRows> updates = new LinkedHashMap<>();
    List<Long> deleted = new ArrayList<>();
    List<List<@Nullable Object>> waiting = new ArrayList<>();
    RowWriter inserts =
        new RowWriter(
            transaction,
            target.snapshot(),
            session,
            run,
            keys,
            Optional.empty(),
            (first, columns) -> {});
    if (returned.isPresent()) {
      inserts.tellRows(inserted);
    }
    Set<Long> changed = new HashSet<>();
    Reservation memory = session.keptToTheEnd(run);
    long waitingBytes = 0;
    long source = 0;
    try (RowCursor rows = plan.query().executable().open(run)) {
      while (rows.next()) {
        if (++source % ROWS_PER_HOLD == 0) {
          long bytes = waitingBytes + 2L * RowIdList.SET_BYTES * changed.size();
          bytes += returned.map(MergeReturning.Gathered::bytes).orElse(0L);
          bytes += updates.values().stream().mapToLong(ChangedRows::bytes).sum();
          memory.hold("MERGE INTO " + schema.name(), 0, bytes);
        }
        MergePlan.Clause clause = plan.clauseOf(rows).orElse(null);
        if (clause == null) {
          continue;
        }
        if (clause.inserts()) {
          List<@Nullable Object> row = row(clause, rows, run);
          if (keysMove) {
            waiting.add(row);
            waitingBytes += RowIdList.SET_BYTES;
            waitingBytes += row.stream().mapToLong(KeptRows::valueBytes).sum();
          } else {
            inserts.add(row);
          }
          if (returned.isPresent()) {
            returned.get().inserted(rows);
          }
          continue;
        }
        long rowId = RowQuery.rowId(rows);
        if (!changed.add(rowId)) {
          throw twice(schema);
        }
        boolean gone = clause.deletes() && merge.returning().isEmpty(); // what has no key any more
        if (returned.isPresent() && !gone) {
          returned
              .get()
              .changed(
                  clause.deletes() ? MergeReturning.Action.DELETE : MergeReturning.Action.UPDATE,
                  rowId,
                  rows);
        }
        if (clause.deletes()) {
          deleted.add(rowId);
        } else {
          updates
              .computeIfAbsent(clause, first -> new ChangedRows(schema, first.targets()))
              .add(
                  rowId,
                  i -> clause.value(i, rows, run),
                  column -> rows.objectAt(plan.firstRead() + plan.reads().indexOf(column)),
                  source,
                  transaction);
        }
      }
    }
    for (ChangedRows rows : updates.values()) {
      rows.checkConditions(session, run);
    }
    if (keysMove) {
      deleted.forEach(keys::replaces);
      updates.values().forEach(rows -> rows.replaceKeys(keys));
      for (ChangedRows rows : updates.values()) {
        rows.addKeys(keys);
      }
    }
    long count = deleted.size();
    if (!deleted.isEmpty()) {
      transaction.delete(schema.id(), deleted.stream().mapToLong(Long::longValue).toArray());
    }
    for (ChangedRows rows : updates.values()) {
      count += rows.apply(transaction);
    }
    for (List<@Nullable Object> row : waiting) {
      inserts.add(row);
    }
    count += inserts.finish();
    return new Changed(
        count,
        returned.isPresent()
            ? Optional.of(returned.get().rows(inserted.toArray(), target, transaction, run))
            : Optional.empty());
  }

  private static StatementException twice(TableSchema schema) {
    return new StatementException(
        "21000",
        "MERGE INTO "
            + schema.name()
            + ": several rows of the source match one row; make the source unique");
  }

  private static List<@Nullable Object> row(MergePlan.Clause insert, RowCursor rows, Run run)
      throws StoreException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < insert.targets().size(); i++) {
      values.add(insert.value(i, rows, run));
    }
    return values;
  }
}
