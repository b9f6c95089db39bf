package io.versor.format;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.Vector;
import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.table.BranchState;
import io.versor.format.table.TableState;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableCheck;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has to hold of tables after a merge, though each side kept it: NOT NULL, keys that are
 * unique, and conditions. Looks at the rows that the merge brought or changed, and at all of them
 * only where a constraint is new. Used once, by one thread.
 */
final class MergeChecks {
  /** Rows whose keys are held at once. */
  private static final int CHECKED_ROWS = 65_536;

  private final Core core;
  private final String display;
  private final BranchState before;
  private final BranchState after;

  /**
   * @param display for messages: {@code merging b into main}
   */
  MergeChecks(Core core, String display, BranchState before, BranchState after) {
    this.core = core;
    this.display = display;
    this.before = before;
    this.after = after;
  }

  /**
   * @param records what the merge wrote
   * @throws StoreException {@code MERGE_CONFLICT} for two of one name; {@code NOT_NULL}, {@code
   *     NOT_UNIQUE}, {@code CHECK_VIOLATION}
   */
  void check(List<Record> records) throws StoreException {
    checkNames();
    for (Map.Entry<Long, Set<Long>> touched : touched(records).entrySet()) {
      TableState table = after.tables().get(touched.getKey());
      if (table != null) {
        check(table, touched.getValue());
      }
    }
  }

  /** Two tables made under one name, here and there, are two tables. */
  private void checkNames() throws StoreException {
    Map<String, String> kinds = new HashMap<>();
    for (TableState table : after.tables().values()) {
      checkName("table", table.schema().name(), kinds);
    }
    for (ViewSchema view : after.views().values()) {
      checkName("view", view.name(), kinds);
    }
  }

  private void checkName(String kind, String name, Map<String, String> kinds)
      throws StoreException {
    String other = kinds.put(name.toLowerCase(Locale.ROOT), kind);
    if (other != null) {
      throw new StoreException(
          Code.MERGE_CONFLICT,
          display
              + (other.equals(kind)
                  ? ": both sides have a " + kind + " " + name + ", and they are two " + kind + "s"
                  : ": one side has a " + other + " " + name + ", the other a " + kind)
              + "; rename one of them before merging");
    }
  }

  /** Rows that were written, by table; a table whose schema alone was put has none. */
  private static Map<Long, Set<Long>> touched(List<Record> records) {
    Map<Long, Set<Long>> rows = new LinkedHashMap<>();
    for (Record record : records) {
      if (record instanceof Record.RowsAppended appended) {
        add(rows, appended.tableId(), appended.runs());
      } else if (record instanceof Record.RowsUndeleted undeleted) {
        add(rows, undeleted.tableId(), undeleted.rows());
      } else if (record instanceof Record.CellsPatched patched) {
        add(rows, patched.tableId(), patched.rows());
      } else if (record instanceof Record.TablePut put) {
        rows.computeIfAbsent(put.schema().id(), id -> new TreeSet<>());
      }
    }
    return rows;
  }

  private static void add(Map<Long, Set<Long>> rows, long tableId, RowIds ids) {
    Set<Long> known = rows.computeIfAbsent(tableId, id -> new TreeSet<>());
    for (long id : ids.toArray()) {
      known.add(id);
    }
  }

  private void check(TableState state, Set<Long> rows) throws StoreException {
    TableSnapshot table = new TableSnapshot(core, state, display);
    TableState was = before.tables().get(state.id());
    for (Column column : state.schema().columns()) {
      if (!column.nullable()) {
        boolean promised =
            was != null
                && was.schema().findColumn(column.id()).map(old -> !old.nullable()).orElse(false);
        checkNotNull(table, column, promised ? rows : null);
      }
    }
    boolean sameKeys = was != null && keys(was.schema()).equals(keys(state.schema()));
    checkKeys(table, sameKeys ? rows : null);
    Map<String, TableCheck> conditions = TableCheck.of(state.schema());
    boolean sameConditions = was != null && TableCheck.of(was.schema()).equals(conditions);
    if (!conditions.isEmpty() && !(sameConditions && rows.isEmpty())) {
      checkConditions(table, sameConditions ? Optional.of(ids(rows)) : Optional.empty());
    }
  }

  private void checkConditions(TableSnapshot table, Optional<long[]> rows) throws StoreException {
    try {
      core.rowCheck.check(table, rows);
    } catch (StoreException e) {
      throw e.code() == Code.CHECK_VIOLATION
          ? refused(e, "Change or delete the row on its side first")
          : e;
    }
  }

  private StoreException refused(StoreException e, String advice) {
    return new StoreException(
        e.code(), display + ": " + e.getMessage() + "; nothing was changed. " + advice);
  }

  private static Map<String, List<Long>> keys(TableSchema schema) {
    Map<String, List<Long>> keys = new LinkedHashMap<>();
    TableKeys.of(schema)
        .forEach(
            (name, columns) ->
                keys.put(name, columns.stream().map(i -> schema.columns().get(i).id()).toList()));
    return keys;
  }

  private void checkNotNull(TableSnapshot table, Column column, @Nullable Set<Long> rows)
      throws StoreException {
    if (rows == null) {
      OptionalLong index = table.firstNull(column.id());
      if (index.isPresent()) {
        throw isNull(table, column, table.rowIdAt(index.getAsLong()).orElseThrow());
      }
      return;
    }
    if (rows.isEmpty()) {
      return;
    }
    ScanRequest request = ScanRequest.of(List.of(column.id())).withRowIds(ids(rows));
    try (TableScan scan = table.openScan(request, core.allocator)) {
      while (scan.next()) {
        int[] selection = scan.selection();
        Vector samples = scan.column(0);
        Vector rowIds = scan.rowIds();
        for (int k = 0; k < scan.selected(); k++) {
          int row = selection == null ? k : selection[k];
          if (samples.isNull(row)) {
            throw isNull(table, column, rowIds.longAt(row));
          }
        }
      }
    }
  }

  private StoreException isNull(TableSnapshot table, Column column, long rowId) {
    return new StoreException(
        Code.NOT_NULL,
        display
            + ": column "
            + column.name()
            + " of table "
            + table.schema().name()
            + " is NOT NULL, and row "
            + Long.toUnsignedString(rowId)
            + " would have NULL; nothing was changed. Give it a value on its side first");
  }

  private static long[] ids(Set<Long> rows) {
    return rows.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * The keys that {@code records} gave to rows of tables to which {@code others} gave some, too.
   */
  void checkKeys(List<Record> records, List<Record> others) throws StoreException {
    Map<Long, Set<Long>> theirs = keyed(others);
    for (Map.Entry<Long, Set<Long>> mine : keyed(records).entrySet()) {
      TableState table = after.tables().get(mine.getKey());
      if (table != null && theirs.containsKey(mine.getKey())) {
        checkKeys(new TableSnapshot(core, table, display), mine.getValue());
      }
    }
  }

  /** Rows that were given a key, by table. */
  private Map<Long, Set<Long>> keyed(List<Record> records) {
    List<Record> giving = new ArrayList<>();
    for (Record record : records) {
      boolean given =
          record instanceof Record.CellsPatched patched
              ? isInKey(patched.tableId(), patched.cells().columnId())
              : record instanceof Record.RowsAppended || record instanceof Record.RowsUndeleted;
      if (given) {
        giving.add(record);
      }
    }
    return touched(giving);
  }

  private boolean isInKey(long tableId, long columnId) {
    TableState table = after.tables().get(tableId);
    return table != null
        && keys(table.schema()).values().stream().anyMatch(key -> key.contains(columnId));
  }

  /** The keys of all rows of a table. */
  void checkKeys(long tableId) throws StoreException {
    checkKeys(
        new TableSnapshot(core, Objects.requireNonNull(after.tables().get(tableId)), display),
        null);
  }

  /** The keys of some rows, or of all, against each other and against those of all others. */
  private void checkKeys(TableSnapshot table, @Nullable Set<Long> rows) throws StoreException {
    KeyCheck check =
        rows == null ? KeyCheck.ofAll(table, core.allocator) : new KeyCheck(table, core.allocator);
    if (!check.isNeeded() || (rows != null && rows.isEmpty())) {
      return;
    }
    Set<Integer> wanted = new TreeSet<>();
    TableKeys.of(table.schema()).values().forEach(wanted::addAll);
    ScanRequest request =
        ScanRequest.of(wanted.stream().map(i -> table.schema().columns().get(i).id()).toList());
    if (rows != null) {
      request = request.withRowIds(ids(rows));
      rows.forEach(check::replaces);
    }
    try (TableScan scan = table.openScan(request, core.allocator)) {
      for (boolean more = true; more; ) {
        List<ColumnBuilder> builders = new ArrayList<>();
        for (Column column : table.schema().columns()) {
          builders.add(new ColumnBuilder(column.type()));
        }
        more = take(scan, wanted, builders);
        try {
          check.added(builders.stream().map(ColumnBuilder::column).toList());
        } catch (StoreException e) {
          throw refused(e, "Change or delete one of the two rows first");
        }
      }
    }
  }

  /** Takes the next rows of a scan, as many as are worth one check; false at its end. */
  private static boolean take(TableScan scan, Set<Integer> columns, List<ColumnBuilder> builders)
      throws StoreException {
    for (int rows = 0; rows < CHECKED_ROWS; rows += scan.selected()) {
      if (!scan.next()) {
        return false;
      }
      int[] selection = scan.selection();
      int i = 0;
      for (int column : columns) {
        Vector samples = scan.column(i++);
        for (int k = 0; k < scan.selected(); k++) {
          builders.get(column).append(samples, selection == null ? k : selection[k]);
        }
      }
    }
    return true;
  }
}
