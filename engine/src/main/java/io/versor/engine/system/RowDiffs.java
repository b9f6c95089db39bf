package io.versor.engine.system;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.Commit;
import io.versor.format.Diff.RowDiff;
import io.versor.format.Diff.RowFilter;
import io.versor.format.Diff.RowKind;
import io.versor.format.Snapshot;
import io.versor.format.Store;
import io.versor.format.TableSnapshot;
import io.versor.format.TableStep;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;

/**
 * {@code versor.diff(t, a, b)} and {@code "t$diff"}: a row for each row that differs, with both its
 * states. Rows are found as they are asked for, and samples are read of those that are left.
 */
public final class RowDiffs extends VersorTable {
  /** Behind the name of a table: what each commit changed. */
  public static final String SUFFIX = "$diff";

  private static final int FIRST_ROWS = 16;
  private static final int MOST_ROWS = 256;

  /** Before the columns of the table. */
  private static final List<Column> OWN =
      List.of(
          SystemTable.text("diff_type").notNull(),
          Column.of("_rowid", TensorType.scalar(Dtype.INT64)).notNull(),
          SystemTable.number("from_index"),
          SystemTable.number("to_index"),
          SystemTable.text("from_commit"),
          SystemTable.text("to_commit"));

  /** Of those, only the history of diffs has the commits. */
  private static final int COMMITS_FROM = 4;

  /** Begins to find the segments of a scan. */
  @FunctionalInterface
  private interface Segments {
    DiffSegment.Cursor open(RowFilter filter) throws StoreException;
  }

  private final Segments segments;
  private final int own;
  private final List<Column> from;
  private final List<Column> to;
  private final CursorTable.Alike alike;

  private RowDiffs(
      String schemaName,
      TableSchema schema,
      int own,
      List<Column> from,
      List<Column> to,
      Segments segments,
      CursorTable.Alike alike) {
    super(schemaName, schema, false);
    this.alike = alike;
    this.own = own;
    this.from = from;
    this.to = to;
    this.segments = segments;
  }

  private static RowDiffs of(
      String schemaName,
      String name,
      int own,
      List<Column> from,
      List<Column> to,
      Segments segments,
      CursorTable.Alike alike) {
    List<Column> sides = new ArrayList<>();
    from.forEach(column -> sides.add(Column.of("from_" + column.name(), column.type())));
    to.forEach(column -> sides.add(Column.of("to_" + column.name(), column.type())));
    List<Column> columns = new ArrayList<>(OwnColumns.beside(sides, OWN.subList(0, own)));
    columns.addAll(sides);
    return new RowDiffs(schemaName, TableSchema.of(name, columns), own, from, to, segments, alike);
  }

  static VersorTable table(List<Optional<String>> arguments, String name, Versions versions)
      throws StoreException, StatementException {
    TableFunctions.table(arguments, 3, "diff", "diff(table, from, to)");
    TwoStates states = TwoStates.of(arguments, versions);
    Store store = versions.store();
    return of(
        Versions.SYSTEM,
        TableFunctions.shortened(name),
        COMMITS_FROM,
        states.before().map(table -> table.schema().columns()).orElse(List.of()),
        states.after().map(table -> table.schema().columns()).orElse(List.of()),
        filter -> one(states.segment(store, filter)),
        states.alike(arguments, versions));
  }

  private static DiffSegment.Cursor one(DiffSegment segment) {
    List<DiffSegment> left = new ArrayList<>(List.of(segment));
    return () -> left.isEmpty() ? Optional.empty() : Optional.of(left.remove(0));
  }

  /** What each commit changed, newest first; what is not committed before them. */
  static VersorTable history(String schemaName, Snapshot now, TableSnapshot table, Store store) {
    List<Column> columns = table.schema().columns();
    long id = table.schema().id();
    return of(
        schemaName,
        table.schema().name() + SUFFIX,
        OWN.size(),
        columns,
        columns,
        filter -> {
          List<DiffSegment> first = new ArrayList<>();
          if (now.commit().isEmpty()) {
            first.add(uncommitted(now, table, store, filter));
          }
          TableStep.Cursor steps = store.steps(now, id);
          return () -> {
            if (!first.isEmpty()) {
              return Optional.of(first.remove(0));
            }
            Optional<TableStep> step = steps.next();
            return step.isEmpty()
                ? Optional.empty()
                : Optional.of(segment(step.get(), id, store, filter));
          };
        },
        later -> false);
  }

  private static DiffSegment uncommitted(
      Snapshot now, TableSnapshot table, Store store, RowFilter filter) throws StoreException {
    Snapshot last =
        now.lastCommit().isPresent() ? store.at(now.lastCommit().get()) : now.beforeEverything();
    long id = table.schema().id();
    return new DiffSegment(
        last.findTable(id),
        Optional.of(table),
        store.diff(last, now).openRows(id, filter),
        now.lastCommit().map(commit -> commit.hex()),
        Optional.empty());
  }

  private static DiffSegment segment(TableStep step, long id, Store store, RowFilter filter)
      throws StoreException {
    return new DiffSegment(
        step.before().findTable(id),
        step.after().findTable(id),
        store.diff(step.before(), step.after()).openRows(id, filter),
        step.from().map(RowDiffs::hex),
        Optional.of(hex(step.to())));
  }

  private static String hex(Commit commit) {
    return commit.id().hex();
  }

  @Override
  public boolean fits(Versions versions) throws StoreException {
    return alike.in(versions);
  }

  @Override
  public double estimatedRows() {
    return 1_000;
  }

  @Override
  public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator)
      throws StoreException {
    RowFilter filter = filter(request, RowDiffs::word);
    return new Scan(request.fields(), segments.open(filter), allocator);
  }

  private static String word(RowKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What of a difference a request can need.
   *
   * @param startOf how the words begin by which the first field calls a kind
   */
  static RowFilter filter(FieldRequest request, Function<RowKind, String> startOf) {
    Set<String> words = request.texts().get(0);
    Set<RowKind> kinds = EnumSet.allOf(RowKind.class);
    if (words != null) {
      kinds.removeIf(
          kind -> words.stream().noneMatch(word -> word.startsWith(startOf.apply(kind))));
    }
    return new RowFilter(request.rowIds(), kinds);
  }

  private final class Scan extends BufferedScan {
    private final DiffSegment.Cursor cursor;
    private final boolean[] filled;
    private final BufferAllocator allocator;
    private final List<RowDiff> rows = new ArrayList<>();
    private Optional<DiffSegment> segment;
    private int most = FIRST_ROWS;

    Scan(List<Integer> asked, DiffSegment.Cursor cursor, BufferAllocator allocator)
        throws StoreException {
      super(fields(), asked, allocator);
      this.cursor = cursor;
      this.allocator = allocator;
      this.filled = new boolean[asked.size()];
      this.segment = cursor.next();
    }

    @Override
    public boolean next() throws StoreException {
      rows.clear();
      while (segment.isPresent() && rows.isEmpty()) {
        Optional<RowDiff> row = segment.get().rows().next();
        while (row.isPresent()) {
          rows.add(row.get());
          row = rows.size() < most ? segment.get().rows().next() : Optional.empty();
        }
        if (rows.isEmpty()) {
          segment = cursor.next();
        }
      }
      most = Math.min(MOST_ROWS, most * 2);
      java.util.Arrays.fill(filled, false);
      length = rows.size();
      return length > 0;
    }

    @Override
    public Vector field(int i) throws StoreException {
      int[] all = new int[rows.size()];
      java.util.Arrays.setAll(all, row -> row);
      return field(i, all, all.length);
    }

    /** Samples are read for the rows that are asked for when they are first asked for. */
    @Override
    public Vector field(int i, int[] selected, int count) throws StoreException {
      if (filled[i]) {
        return buffers.get(i).vector();
      }
      buffers.get(i).clear();
      int field = asked.get(i);
      if (field < own) {
        for (RowDiff row : rows) {
          fillOwn(row, field, buffers.get(i));
        }
        filled[i] = true;
      } else if (field < own + from.size()) {
        fillSide(
            segment.orElseThrow().before(),
            RowKind.ADDED,
            from.get(field - own),
            i,
            selected,
            count);
      } else {
        fillSide(
            segment.orElseThrow().after(),
            RowKind.REMOVED,
            to.get(field - own - from.size()),
            i,
            selected,
            count);
      }
      return buffers.get(i).vector();
    }

    private void fillOwn(RowDiff row, int field, VectorBuffer out) throws StoreException {
      switch (field) {
        case 0 -> out.appendText(word(row.kind()));
        case 1 -> out.appendLong(row.rowId());
        case 2 -> number(row.fromIndex(), out);
        case 3 -> number(row.toIndex(), out);
        case 4 -> text(segment.orElseThrow().fromCommit(), out);
        default -> text(segment.orElseThrow().toCommit(), out);
      }
    }

    private static void number(OptionalLong number, VectorBuffer out) throws StoreException {
      if (number.isPresent()) {
        out.appendLong(number.getAsLong());
      } else {
        out.appendNull();
      }
    }

    private static void text(Optional<String> text, VectorBuffer out) throws StoreException {
      if (text.isPresent()) {
        out.appendText(text.get());
      } else {
        out.appendNull();
      }
    }

    private void fillSide(
        Optional<TableSnapshot> side,
        RowKind absent,
        Column column,
        int place,
        int[] selected,
        int count)
        throws StoreException {
      long[] ids = new long[rows.size()];
      boolean[] present = new boolean[rows.size()];
      boolean known = side.isPresent() && side.get().schema().findColumn(column.id()).isPresent();
      for (int i = 0; i < ids.length; i++) {
        ids[i] = rows.get(i).rowId();
      }
      for (int i = 0; i < count && known; i++) {
        present[selected[i]] = rows.get(selected[i]).kind() != absent;
      }
      if (!known) {
        for (int i = 0; i < ids.length; i++) {
          buffers.get(place).appendNull();
        }
        return;
      }
      RowFetch.append(
          side.orElseThrow(),
          List.of(column.id()),
          ids,
          present,
          List.of(buffers.get(place)),
          allocator);
    }
  }
}
