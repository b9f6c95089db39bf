package io.versor.deeplake;

import io.versor.format.BranchStart;
import io.versor.format.CommitOrigin;
import io.versor.format.CommitRequest;
import io.versor.format.ImportProgress;
import io.versor.format.ImportReport;
import io.versor.format.ImportRequest;
import io.versor.format.Store;
import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.ref.CommitId;
import io.versor.format.type.Column;
import io.versor.format.type.InvalidTypeException;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the versions of a dataset again in a store. Used once, by one thread. */
final class Replay {
  /** The property of a commit with the id it had. */
  static final String COMMIT = "deeplake.commit";

  /** Rows whose cells become NULL together. */
  private static final int NULL_ROWS = 1 << 16;

  private final Store store;
  private final History history;
  private final Writer writer;
  private final String table;
  private final String prefix;
  private final BranchStart start;
  private final ImportProgress progress;
  private final Map<String, State> states = new HashMap<>();
  private final Map<String, CommitId> commits = new LinkedHashMap<>();
  private Optional<ImportReport> report;
  private long rowsAppended;

  /**
   * @param request what is not said there is all of the history
   * @param rebuilt whether the dataset's version tree is not what Deep Lake wrote
   */
  Replay(Store store, History history, Writer writer, ImportRequest request, boolean rebuilt) {
    this.store = store;
    this.history = history;
    this.writer = writer;
    this.table = request.table();
    this.prefix = request.prefix();
    this.start = request.start();
    this.progress = request.progress();
    this.report = Optional.of(new Losses(history, table, rebuilt).report());
  }

  /** What a node has become: the table, if there is one yet, its columns and rows. */
  private record State(OptionalLong tableId, Map<Lineage, Column> columns, RowList rows) {
    static final State EMPTY = new State(OptionalLong.empty(), Map.of(), RowList.EMPTY);
  }

  /** The ids of commits by those that Deep Lake gave. */
  Map<String, CommitId> run() throws StoreException {
    int done = 0;
    List<History.Step> steps = history.steps();
    for (History.Step step : steps) {
      Optional<History.Step> parent = step.node().parent().map(history::step);
      String branch = prefix + step.branch();
      if (step.startsBranch()) {
        store.createBranch(
            branch,
            parent.isEmpty() ? start : BranchStart.ofCommit(commits.get(parent.get().node().id())));
      }
      State before = parent.isEmpty() ? State.EMPTY : states.get(parent.get().node().id());
      try (Transaction transaction = store.begin(branch)) {
        states.put(step.node().id(), new Change(transaction, step, parent, before).apply());
        finish(transaction, step);
      }
      progress.done(++done, steps.size(), rowsAppended);
    }
    return commits;
  }

  private void finish(Transaction transaction, History.Step step) throws StoreException {
    VersionNode node = step.node();
    if (node.isHead()) {
      if (transaction.hasWrites()) {
        transaction.commit();
      }
      return;
    }
    Map<String, String> properties = new TreeMap<>(Map.of(COMMIT, node.id()));
    if (report.isPresent() && !report.get().lines().isEmpty()) {
      properties.put(ImportReport.PROPERTY, report.get().toJson());
    }
    report = Optional.empty();
    CommitId id =
        transaction
            .commitVersion(
                new CommitRequest(node.message(), node.author().orElse(""), true, properties),
                new CommitOrigin(
                    node.committedAt().orElseThrow(),
                    step.mergedFrom().map(other -> commits.get(other.id()))))
            .id();
    commits.put(node.id(), id);
  }

  /** What one node changes. */
  private final class Change {
    private final Transaction transaction;
    private final History.Step step;
    private final Optional<History.Step> parent;
    private final State before;
    private final Map<Lineage, Column> present = new LinkedHashMap<>();
    private final Map<Lineage, Places> places = new HashMap<>();

    Change(
        Transaction transaction, History.Step step, Optional<History.Step> parent, State before) {
      this.transaction = transaction;
      this.step = step;
      this.parent = parent;
      this.before = before;
    }

    State apply() throws StoreException {
      if (before.tableId().isEmpty() && step.tensors().isEmpty()) {
        return before;
      }
      if (step.tensors().isEmpty()) {
        transaction.dropTable(before.tableId().getAsLong());
        return State.EMPTY;
      }
      long tableId = changeSchema();
      Map<Lineage, TensorDelta> deltas = new HashMap<>();
      for (Map.Entry<Lineage, Tensor> each : step.tensors().entrySet()) {
        Tensor old = parent.isEmpty() ? null : parent.get().tensors().get(each.getKey());
        places.put(each.getKey(), new Places(each.getValue()));
        if (old != null) {
          deltas.put(
              each.getKey(),
              TensorDelta.between(
                  old,
                  parent.get().version(),
                  each.getValue(),
                  step.version(),
                  step.mergedFrom().isPresent() || step.node().mergedFrom().isPresent()));
        }
      }
      Positions gone = gone(deltas);
      if (!gone.isEmpty()) {
        transaction.delete(tableId, before.rows().ids(gone));
      }
      RowList rows = before.rows().without(gone);
      Positions stay = gone.others(before.rows().size());
      for (Map.Entry<Lineage, Tensor> each : step.tensors().entrySet()) {
        update(tableId, each.getKey(), rows, stay, deltas.get(each.getKey()));
      }
      return new State(OptionalLong.of(tableId), present, append(tableId, rows));
    }

    /** Rows of which no tensor has its sample any more, and those behind the longest tensor. */
    private Positions gone(Map<Lineage, TensorDelta> deltas) {
      long rows = before.rows().size();
      Positions gone = Positions.of(0, deltas.isEmpty() ? 0 : rows);
      for (TensorDelta delta : deltas.values()) {
        Positions own = new Positions();
        delta.deleted().runs().forEach(run -> own.add(run.from(), run.to()));
        own.add(delta.lengthBefore(), rows); // it has nothing there that could stay
        gone = gone.and(own);
      }
      long behind = deltas.values().stream().mapToLong(TensorDelta::lengthBefore).max().orElse(0);
      Positions result = gone.and(Positions.of(0, behind));
      long left = rows - result.count();
      if (left <= step.rows()) {
        return result;
      }
      Positions kept = result.others(rows);
      Positions most = new Positions();
      long room = step.rows();
      for (Positions.Run run : kept.runs()) {
        long count = Math.min(room, run.to() - run.from());
        most.add(run.from(), run.from() + count);
        room -= count;
      }
      return most.others(rows);
    }

    // --- schema

    private long changeSchema() throws StoreException {
      if (before.tableId().isEmpty()) {
        List<Column> made = new ArrayList<>();
        for (Map.Entry<Lineage, Tensor> each : step.tensors().entrySet()) {
          made.add(column(each.getKey(), each.getValue()));
        }
        long tableId = transaction.createTable(TableSchema.of(table, made));
        List<Column> columns = schema(tableId).columns();
        int i = 0;
        for (Lineage lineage : step.tensors().keySet()) {
          present.put(lineage, columns.get(i++));
        }
        return tableId;
      }
      long tableId = before.tableId().getAsLong();
      Map<Lineage, Column> old = before.columns();
      for (Map.Entry<Lineage, Column> each : old.entrySet()) {
        Tensor tensor = step.tensors().get(each.getKey());
        if (tensor == null || !tensor.name().equals(each.getValue().name())) {
          // Names may change places, so they are free before another takes them.
          long id = each.getValue().id();
          transaction.renameColumn(tableId, id, "tensor " + Long.toHexString(id));
        }
      }
      for (Map.Entry<Lineage, Tensor> each : step.tensors().entrySet()) {
        Lineage lineage = each.getKey();
        Column column = old.get(lineage);
        if (column == null) {
          Column made = column(lineage, each.getValue());
          long id = transaction.addColumn(tableId, made, Optional.empty());
          present.put(lineage, made.withId(id));
        } else {
          present.put(lineage, kept(tableId, column, each.getValue()));
        }
      }
      for (Map.Entry<Lineage, Column> each : old.entrySet()) {
        if (!step.tensors().containsKey(each.getKey())) {
          transaction.dropColumn(tableId, each.getValue().id());
        }
      }
      return tableId;
    }

    private Column kept(long tableId, Column column, Tensor tensor) throws StoreException {
      if (!tensor.name().equals(column.name())) {
        transaction.renameColumn(tableId, column.id(), tensor.name());
      }
      TensorType type = ColumnTypes.typeAt(column.type(), tensor);
      if (!type.equals(column.type())) {
        transaction.relabel(tableId, column.id(), type.labels());
      }
      return column.withName(tensor.name()).withType(type);
    }

    private Column column(Lineage lineage, Tensor tensor) throws StoreException {
      try {
        Column column = ColumnTypes.column(tensor.name(), lineage.versions());
        return column.withType(ColumnTypes.typeAt(column.type(), tensor));
      } catch (InvalidTypeException e) { // a name that no column can have
        throw new StoreException(e.code(), tensor.display() + ": " + e.getMessage(), e);
      }
    }

    // --- samples

    /** Cells of rows that stay. */
    private void update(
        long tableId, Lineage lineage, RowList rows, Positions stay, @Nullable TensorDelta delta)
        throws StoreException {
      Column column = present.get(lineage);
      Places at = places.get(lineage);
      long end = Math.min(at.length(), rows.size());
      Positions set = new Positions();
      if (delta == null) {
        set.add(0, end);
      } else {
        Positions changed = delta.changed(stay);
        changed.runs().forEach(run -> set.add(run.from(), run.to()));
        set.add(Math.max(firstMissing(stay, delta.lengthBefore()), set.end()), end);
        long had = firstMissing(stay, delta.lengthBefore());
        clear(tableId, column, rows, Positions.of(end, Math.max(end, had)));
      }
      if (!set.isEmpty()) {
        writer.update(
            transaction,
            tableId,
            rows.ids(set),
            new Writer.Source(column.id(), column.type(), at, set));
      }
    }

    /** The first position after the change whose row had no sample of a tensor of some length. */
    private long firstMissing(Positions stay, long length) {
      return stay.and(Positions.of(0, length)).count();
    }

    private void clear(long tableId, Column column, RowList rows, Positions cells)
        throws StoreException {
      for (Positions.Run run : cells.runs()) {
        for (long at = run.from(); at < run.to(); at += NULL_ROWS) {
          Positions part = Positions.of(at, Math.min(run.to(), at + NULL_ROWS));
          ColumnBuilder nulls = new ColumnBuilder(column.type(), (int) part.count());
          nulls.appendNulls((int) part.count());
          transaction.update(tableId, column.id(), rows.ids(part), nulls.column());
        }
      }
    }

    /** New rows: as many at once as the same tensors have samples for. */
    private RowList append(long tableId, RowList rows) throws StoreException {
      RowList all = rows;
      for (long from = rows.size(); from < step.rows(); ) {
        long first = from;
        long to =
            step.tensors().values().stream()
                .mapToLong(Tensor::length)
                .filter(length -> length > first)
                .min()
                .orElseThrow();
        to = Math.min(to, first + Integer.MAX_VALUE);
        List<Writer.Source> sources = new ArrayList<>();
        for (Map.Entry<Lineage, Places> each : places.entrySet()) {
          if (each.getValue().length() > first) {
            Column column = present.get(each.getKey());
            sources.add(
                new Writer.Source(
                    column.id(), column.type(), each.getValue(), Positions.of(first, to)));
          }
        }
        all = all.with(writer.append(transaction, tableId, to - first, sources));
        rowsAppended += to - first;
        from = to;
      }
      return all;
    }

    private TableSchema schema(long tableId) throws StoreException {
      return transaction.snapshot().findTable(tableId).orElseThrow().schema();
    }
  }
}
