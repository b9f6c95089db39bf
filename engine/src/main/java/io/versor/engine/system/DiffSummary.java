package io.versor.engine.system;

import static io.versor.engine.system.SystemTable.number;
import static io.versor.engine.system.SystemTable.text;

import io.versor.engine.catalog.Versions;
import io.versor.format.Diff;
import io.versor.format.Diff.Change;
import io.versor.format.Diff.TableDiff;
import io.versor.format.Diff.TensorDiff;
import io.versor.format.Diff.ViewDiff;
import io.versor.format.Snapshot;
import io.versor.format.TableSnapshot;
import io.versor.format.ref.CommitId;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two states, a row for each table and each of its tensors that differ, and
 * for each view.
 */
public final class DiffSummary {
  /** Takes a row: a value for each column. */
  @FunctionalInterface
  public interface Row {
    void add(@Nullable Object... values) throws StoreException;
  }

  private DiffSummary() {}

  static Column[] columns() {
    return new Column[] {
      text("table_name").notNull(),
      text("tensor_name"),
      text("old_name"),
      text("change"),
      number("rows_added").notNull(),
      number("rows_updated").notNull(),
      number("rows_deleted").notNull()
    };
  }

  /** The last commit's state; empty if there is none yet. */
  static Optional<Snapshot> committed(Versions versions, Snapshot now) throws StoreException {
    Optional<CommitId> last = now.lastCommit();
    return last.isEmpty() ? Optional.empty() : Optional.of(versions.store().at(last.get()));
  }

  /** An empty side stands for the time before the first commit. */
  static void fill(RowSink sink, Versions versions, Optional<Snapshot> from, Optional<Snapshot> to)
      throws StoreException {
    if (from.isPresent() && to.isPresent()) {
      fill(sink::add, versions.store().diff(from.get(), to.get()));
    } else if (to.isPresent()) {
      whole(sink, to.get(), Change.CREATED);
    } else if (from.isPresent()) {
      whole(sink, from.get(), Change.DROPPED);
    }
  }

  /** The rows of a difference. */
  public static void fill(Row sink, Diff diff) throws StoreException {
    for (TableDiff table : diff.tables()) {
      table(sink, table);
    }
    for (ViewDiff view : diff.views()) {
      String oldName =
          view.change() == Change.RENAMED ? view.from().map(ViewSchema::name).orElse(null) : null;
      sink.add(view.view().name(), null, oldName, word(view.change()), 0L, 0L, 0L);
    }
  }

  private static void whole(RowSink sink, Snapshot only, Change change) throws StoreException {
    for (TableSnapshot table : only.tables()) {
      long added = change == Change.CREATED ? table.rowCount() : 0;
      long deleted = change == Change.DROPPED ? table.rowCount() : 0;
      sink.add(table.schema().name(), null, null, word(change), added, 0L, deleted);
      for (Column column : table.schema().columns()) {
        sink.add(table.schema().name(), column.name(), null, word(change), added, 0L, deleted);
      }
    }
    for (ViewSchema view : only.views()) {
      sink.add(view.name(), null, null, word(change), 0L, 0L, 0L);
    }
  }

  private static void table(Row sink, TableDiff table) throws StoreException {
    String name = table.to().or(table::from).map(TableSchema::name).orElseThrow();
    String oldName =
        table.change() == Change.RENAMED ? table.from().map(TableSchema::name).orElse(null) : null;
    long added = table.rowsAdded();
    long deleted = table.rowsDeleted();
    sink.add(name, null, oldName, word(table.change()), added, table.rowsUpdated(), deleted);
    for (TensorDiff tensor : table.tensors()) {
      boolean inBoth = tensor.fromName().isPresent() && tensor.toName().isPresent();
      boolean wholeTable = table.change() == Change.CREATED || table.change() == Change.DROPPED;
      boolean counts = inBoth || wholeTable;
      if (!wholeTable
          && tensor.change() == Change.NONE
          && tensor.rowsUpdated() == 0
          && added == 0
          && deleted == 0) {
        continue;
      }
      sink.add(
          name,
          tensor.toName().or(tensor::fromName).orElseThrow(),
          tensor.change() == Change.RENAMED ? tensor.fromName().orElse(null) : null,
          word(tensor.change()),
          counts ? added : 0L,
          tensor.rowsUpdated(),
          counts ? deleted : 0L);
    }
  }

  private static @Nullable String word(Change change) {
    return change == Change.NONE ? null : change.name().toLowerCase(Locale.ROOT);
  }
}
