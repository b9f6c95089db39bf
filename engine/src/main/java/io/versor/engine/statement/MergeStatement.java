package io.versor.engine.statement;

import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
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
import org.jspecify.annotations.Nullable;

/**
 * MERGE INTO. A row of the target is changed once at most; keys and conditions have to hold when
 * all rows are changed.
 */
final class MergeStatement extends BaseStatement {
  private final SqlMergeInto merge;
  private final List<ParameterInfo> parameters;
  private MergePlan plan;

  MergeStatement(SessionState session, SqlMergeInto merge)
      throws StoreException, StatementException {
    super(session, Literals.parameterCount(merge));
    this.merge = merge;
    Versions versions = session.versions();
    this.plan =
        MergePlan.of(merge, Target.of(merge.table(), versions).schema(), versions, List.of());
    @Nullable ParameterInfo[] infos = new ParameterInfo[Literals.parameterCount(merge)];
    Cells.describe(List.of(plan.query()), infos);
    this.parameters = Stream.of(infos).map(info -> info == null ? QueryPlanner.ANY : info).toList();
  }

  @Override
  public List<ParameterInfo> parameters() {
    return parameters;
  }

  @Override
  boolean writesRows() {
    return true;
  }

  @Override
  Result run(List<@Nullable Object> values, ExecuteOptions options)
      throws StoreException, StatementException {
    String branch = Target.branch(merge.table(), session.versions());
    long rows =
        session.write(
            branch,
            (transaction, versions) -> {
              Target target = Target.of(merge.table(), versions);
              if (!plan.fits(target.schema(), versions)) {
                plan = MergePlan.of(merge, target.schema(), versions, values);
              }
              return merge(target, transaction, session.run(versions, values));
            });
    return new CountResult(rows, session.takeWarnings());
  }

  private long merge(Target target, Transaction transaction, Run run)
      throws StoreException, StatementException {
    TableSchema schema = target.schema();
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
    Set<Long> changed = new HashSet<>();
    long source = 0;
    try (RowCursor rows = plan.query().executable().open(run)) {
      while (rows.next()) {
        source++;
        MergePlan.Clause clause = plan.clauseOf(rows).orElse(null);
        if (clause == null) {
          continue;
        }
        if (clause.inserts()) {
          List<@Nullable Object> row = row(clause, rows, run);
          if (keysMove) {
            waiting.add(row);
          } else {
            inserts.add(row);
          }
          continue;
        }
        long rowId = RowQuery.rowId(rows);
        if (!changed.add(rowId)) {
          throw twice(schema);
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
    return count + inserts.finish();
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
