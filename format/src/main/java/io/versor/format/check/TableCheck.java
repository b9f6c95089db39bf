package io.versor.format.check;

import io.versor.format.check.Damage.Severity;
import io.versor.format.pack.Address;
import io.versor.format.record.Cells;
import io.versor.format.record.Record;
import io.versor.format.table.BranchState;
import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkPiece;
import io.versor.format.tree.ChunkRef;
import io.versor.format.tree.TreeCheck;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the tables of checkpoints, and the chunks that frames name. Used by one thread. */
final class TableCheck {
  private final Reading reading;
  private final Findings findings;

  TableCheck(Reading reading) {
    this.reading = reading;
    this.findings = reading.findings();
  }

  /**
   * Reads a checkpoint's tables to the last sample.
   *
   * @param newest whether it is the last one of its branch: then keys are looked up, too
   * @param unreadable what it costs if its tables cannot be opened
   * @return whether all tables can be opened
   */
  boolean check(Address checkpoint, boolean newest, Severity unreadable, Consumer<Finding> hit)
      throws StoreException {
    Map<Long, Address> tables;
    try {
      tables = reading.checkpoints().tables(checkpoint);
    } catch (StoreException e) {
      hit.accept(findings.object(unreadable, checkpoint, TreeCheck.damage(e)));
      return false;
    }
    boolean readable = true;
    for (Map.Entry<Long, Address> table : tables.entrySet()) {
      if (reading.trees().isRight(table.getValue()) && !newest) {
        continue;
      }
      try {
        TableState state = reading.checkpoints().table(table.getKey(), table.getValue());
        if (check(state, table.getValue(), newest, hit)) {
          reading.trees().setRight(table.getValue());
        }
      } catch (StoreException e) {
        Finding finding = findings.object(unreadable, table.getValue(), TreeCheck.damage(e));
        finding.table("table " + Long.toHexString(table.getKey()));
        hit.accept(finding);
        readable = false;
      }
    }
    return readable;
  }

  /** A state without a look at what is below its tables; empty if they cannot be opened. */
  Optional<BranchState> findState(Address checkpoint) throws StoreException {
    try {
      return Optional.of(reading.checkpoints().read(checkpoint).state());
    } catch (StoreException e) {
      TreeCheck.damage(e);
      return Optional.empty();
    }
  }

  private boolean check(TableState table, Address holder, boolean newest, Consumer<Finding> hit)
      throws StoreException {
    String name = table.schema().name();
    boolean right =
        reading
            .trees()
            .check(
                table.rows(),
                holder,
                (object, problem, from, to) ->
                    tell(Severity.LOST, object, problem, slots(name, from, to), hit));
    for (Column column : table.schema().columns()) {
      String tensor = name + "." + column.name();
      right &=
          reading
              .trees()
              .check(
                  Objects.requireNonNull(table.columns().get(column.id())),
                  column.type(),
                  holder,
                  (object, problem, from, to) ->
                      tell(Severity.LOST, object, problem, slots(tensor, from, to), hit));
    }
    // Keys are read from the rows: what is wrong with those is known.
    return right && checkKeys(table, newest, hit);
  }

  private boolean checkKeys(TableState table, boolean newest, Consumer<Finding> hit)
      throws StoreException {
    return table
        .keys()
        .check(
            reading.keyed(table),
            reading.trees()::isRight,
            newest,
            (run, problem) ->
                tell(
                    Severity.DERIVED,
                    run,
                    TreeCheck.damage(problem),
                    "keys of " + table.schema().name(),
                    hit));
  }

  private void tell(
      Severity severity,
      Address object,
      StoreException problem,
      String where,
      Consumer<Finding> hit) {
    Finding finding = findings.object(severity, object, problem);
    finding.table(where);
    hit.accept(finding);
  }

  private static String slots(String what, long from, long to) {
    return what + " slots " + from + " to " + (to - 1);
  }

  /** Reads the chunks in packs that a record names. */
  void checkNamed(BranchState after, Record record, Consumer<Finding> hit) throws StoreException {
    if (record instanceof Record.RowsAppended appended) {
      for (Record.ColumnCells cells : appended.columns()) {
        checkNamed(after.tables().get(appended.tableId()), cells, hit);
      }
    } else if (record instanceof Record.CellsPatched patched) {
      checkNamed(after.tables().get(patched.tableId()), patched.cells(), hit);
    }
  }

  private void checkNamed(
      @Nullable TableState table, Record.ColumnCells cells, Consumer<Finding> hit)
      throws StoreException {
    if (table == null || !(cells.cells() instanceof Cells.Packed packed)) {
      return;
    }
    Optional<Column> column = table.schema().findColumn(cells.columnId());
    if (column.isEmpty()) {
      return; // dropped in the same frame
    }
    for (Cells.Slice slice : packed.slices()) {
      ChunkPiece piece =
          new ChunkPiece(
              new ChunkRef.Stored(slice.address(), slice.rows(), slice.bytes()),
              slice.firstRow(),
              slice.count(),
              slice.hash(),
              slice.stats());
      String tensor = table.schema().name() + "." + column.get().name();
      reading
          .trees()
          .check(
              piece,
              column.get().type(),
              (object, problem, from, to) ->
                  tell(Severity.LOST, object, problem, slice.count() + " of " + tensor, hit));
    }
  }

  /** In what two states of one frame differ, as far as that is seen at once. */
  Optional<String> difference(BranchState replayed, BranchState stored) {
    if (!Arrays.equals(replayed.hash(), stored.hash())) {
      return Optional.of("the running hash is another");
    }
    if (!replayed.ids().equals(stored.ids())) {
      return Optional.of("ids have come to " + replayed.ids() + ", not " + stored.ids());
    }
    if (!replayed.tables().keySet().equals(stored.tables().keySet())) {
      return Optional.of("it has other tables");
    }
    return replayed.tables().values().stream()
        .flatMap(
            table ->
                difference(table, Objects.requireNonNull(stored.tables().get(table.id()))).stream())
        .findFirst();
  }

  private static List<String> difference(TableState replayed, TableState stored) {
    String name = "table " + replayed.schema().name();
    if (!replayed.schema().equals(stored.schema())) {
      return List.of(name + " has another schema");
    }
    boolean same =
        replayed.rows().slots() == stored.rows().slots()
            && replayed.rows().rowCount() == stored.rows().rowCount();
    return same
        ? List.of()
        : List.of(
            name + " has " + replayed.rows().rowCount() + " rows, not " + stored.rows().rowCount());
  }
}
