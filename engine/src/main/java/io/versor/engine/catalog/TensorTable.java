package io.versor.engine.catalog;

import io.versor.format.ScanEstimate;
import io.versor.format.ScanRequest;
import io.versor.format.SlotRange;
import io.versor.format.TableScan;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** A table of the store in one version. */
public final class TensorTable extends VersorTable {
  private final long rowsWhenPlanned;

  public TensorTable(String schemaName, TableSnapshot snapshot) {
    super(schemaName, snapshot.schema(), true);
    this.rowsWhenPlanned = snapshot.rowCount();
  }

  @Override
  public double estimatedRows() {
    return rowsWhenPlanned;
  }

  @Override
  public Statistic getStatistic() {
    int columns = schema().columns().size();
    List<ImmutableBitSet> keys =
        List.of(ImmutableBitSet.of(columns), ImmutableBitSet.of(columns + 1));
    return Statistics.of((double) rowsWhenPlanned, keys);
  }

  /** This table as the versions of a statement have it, if they do. */
  public Optional<TableSnapshot> findSnapshot(Versions versions) throws StoreException {
    Optional<Version> version = versions.find(schemaName());
    return version.isEmpty() ? Optional.empty() : version.get().snapshot().findTable(schema().id());
  }

  public TableSnapshot snapshot(Versions versions) throws StoreException {
    Optional<TableSnapshot> snapshot = findSnapshot(versions);
    if (snapshot.isEmpty()) {
      throw new StoreException(
          Code.NO_SUCH_TABLE, "no table " + schema().name() + " in " + schemaName() + " any more");
    }
    return snapshot.get();
  }

  @Override
  public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator)
      throws StoreException {
    TableSnapshot snapshot = snapshot(versions);
    Optional<long[]> rowIds = request.rowIds();
    if (rowIds.isEmpty()) {
      rowIds = KeyRows.find(this, request, snapshot);
    }
    return openScan(this, request, rowIds, snapshot, allocator);
  }

  /**
   * Reads the rows that a request gives by their ids, positions or keys; empty if it gives none, or
   * a scan is quicker. Caller closes.
   */
  public Optional<FieldScan> openRows(
      FieldRequest request, Versions versions, BufferAllocator allocator) throws StoreException {
    TableSnapshot snapshot = snapshot(versions);
    Optional<long[]> rowIds = request.rowIds();
    if (rowIds.isEmpty() && request.indexes().isEmpty()) {
      rowIds = KeyRows.find(this, request, snapshot);
      if (rowIds.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(openScan(this, request, rowIds, snapshot, allocator));
  }

  /** What to read of rows whose positions come later. Immutable. */
  public static final class Columns {
    private final ScanRequest request;
    private final int[] places;

    private Columns(ScanRequest request, int[] places) {
      this.request = request;
      this.places = places;
    }
  }

  /**
   * Makes ready to read these fields of many rows, one by one.
   *
   * @param fields positions in {@link #fields()}
   */
  public Columns columns(List<Integer> fields) {
    List<Long> columnIds = new ArrayList<>();
    int[] places = places(this, fields, columnIds);
    return new Columns(ScanRequest.of(columnIds), places);
  }

  /** Reads the row at a position, if there is one. Caller closes. */
  public FieldScan openRow(
      Columns columns, long index, Versions versions, BufferAllocator allocator)
      throws StoreException {
    ScanRequest row = columns.request.withIndexes(index, index + 1);
    return new Scan(snapshot(versions).openScan(row, allocator), columns.places);
  }

  /**
   * Reads the rows that have one of some keys; empty if a scan is quicker. Caller closes.
   *
   * @param key ids of its columns, in its order
   * @param values a column for each of the key's, and a row for each key wanted
   */
  public Optional<FieldScan> openRows(
      TableSnapshot snapshot,
      List<Long> key,
      List<HeapColumn> values,
      FieldRequest fields,
      BufferAllocator allocator)
      throws StoreException {
    Optional<long[]> rowIds = snapshot.findRows(key, values);
    return rowIds.isPresent()
        ? Optional.of(openScan(this, fields, rowIds, snapshot, allocator))
        : Optional.empty();
  }

  /** A piece of a table in one version, that is scanned by itself. Immutable. */
  public final class Piece {
    private final TableSnapshot snapshot;
    private final FieldRequest request;
    private final SlotRange slots;

    private Piece(TableSnapshot snapshot, FieldRequest request, SlotRange slots) {
      this.snapshot = snapshot;
      this.request = request;
      this.slots = slots;
    }

    /** Rows it has at most. */
    public long slots() {
      return slots.slots();
    }

    /** Statistics that hold for a field of the request, and maybe for other rows too. */
    public Optional<ChunkStats> stats(int field) throws StoreException {
      Field asked = fields().get(request.fields().get(field));
      return asked.column() < 0
          ? Optional.empty()
          : snapshot.stats(schema().columns().get(asked.column()).id(), slots);
    }

    /** Caller closes. */
    public FieldScan openScan(BufferAllocator allocator) throws StoreException {
      return TensorTable.openScan(
          TensorTable.this, request, Optional.empty(), Optional.of(slots), snapshot, allocator);
    }
  }

  /**
   * What a request scans, as pieces that follow each other; none if it finds its rows by their ids
   * or keys.
   *
   * @param slots of a piece, at most; more where there would be too many pieces
   * @param most pieces, about
   */
  public List<Piece> pieces(FieldRequest request, Versions versions, long slots, int most)
      throws StoreException {
    if (request.rowIds().isPresent() || KeyRows.key(this, request).isPresent()) {
      return List.of();
    }
    TableSnapshot snapshot = snapshot(versions);
    long width = (snapshot.slots() / most / slots + 1) * slots;
    return snapshot.pieces(scan(request, List.of()), width).stream()
        .map(piece -> new Piece(snapshot, request, piece))
        .toList();
  }

  @Override
  public Optional<ScanEstimate> estimate(FieldRequest request, Versions versions)
      throws StoreException {
    TableSnapshot snapshot = snapshot(versions);
    Optional<long[]> rowIds = request.rowIds();
    if (rowIds.isEmpty()) {
      rowIds = KeyRows.find(this, request, snapshot);
    }
    List<Long> columnIds = new ArrayList<>();
    for (int place : request.fields()) {
      Field field = fields().get(place);
      if (field.kind() == Field.Kind.COLUMN || field.kind() == Field.Kind.LABEL_ID) {
        columnIds.add(schema().columns().get(field.column()).id());
      }
    }
    ScanRequest scan = scan(request, columnIds);
    return Optional.of(
        snapshot.estimate(
            rowIds.isPresent() ? scan.withBounds(List.of()).withRowIds(rowIds.get()) : scan));
  }

  /** Reads rows, those with some ids or all that may be asked for. Caller closes. */
  static FieldScan openScan(
      VersorTable table,
      FieldRequest request,
      Optional<long[]> rowIds,
      TableSnapshot snapshot,
      BufferAllocator allocator)
      throws StoreException {
    return openScan(table, request, rowIds, Optional.empty(), snapshot, allocator);
  }

  private static FieldScan openScan(
      VersorTable table,
      FieldRequest request,
      Optional<long[]> rowIds,
      Optional<SlotRange> slots,
      TableSnapshot snapshot,
      BufferAllocator allocator)
      throws StoreException {
    List<Long> columnIds = new ArrayList<>();
    int[] places = places(table, request.fields(), columnIds);
    ScanRequest scan = scan(request, columnIds);
    if (rowIds.isPresent()) {
      scan = scan.withBounds(List.of()).withRowIds(rowIds.get());
    }
    if (slots.isPresent()) {
      scan = scan.withSlots(slots.get().from(), slots.get().to());
    }
    return new Scan(snapshot.openScan(scan, allocator), places);
  }

  /** Where a scan of columns has each field. */
  private static int[] places(VersorTable table, List<Integer> fields, List<Long> columnIds) {
    int[] places = new int[fields.size()];
    for (int i = 0; i < places.length; i++) {
      Field field = table.fields().get(fields.get(i));
      switch (field.kind()) {
        case INDEX -> places[i] = Scan.INDEX;
        case ROW_ID -> places[i] = Scan.ROW_ID;
        case COLUMN, LABEL_ID -> {
          long id = table.schema().columns().get(field.column()).id();
          int at = columnIds.indexOf(id);
          if (at < 0) {
            at = columnIds.size();
            columnIds.add(id);
          }
          places[i] = at;
        }
      }
    }
    return places;
  }

  private static ScanRequest scan(FieldRequest request, List<Long> columnIds) {
    ScanRequest scan = ScanRequest.of(columnIds).withBounds(request.bounds());
    return request.indexes().isPresent()
        ? scan.withIndexes(request.indexes().get().from(), request.indexes().get().to())
        : scan;
  }

  private static final class Scan implements FieldScan {
    private static final int INDEX = -1;
    private static final int ROW_ID = -2;

    private final TableScan scan;
    private final int[] places;

    Scan(TableScan scan, int[] places) {
      this.scan = scan;
      this.places = places;
    }

    @Override
    public boolean next() throws StoreException {
      return scan.next();
    }

    @Override
    public int length() {
      return scan.length();
    }

    @Override
    public int selected() {
      return scan.selected();
    }

    @Override
    public int @Nullable [] selection() {
      return scan.selection();
    }

    @Override
    public Vector field(int i) throws StoreException {
      return switch (places[i]) {
        case INDEX -> scan.indexes();
        case ROW_ID -> scan.rowIds();
        default -> scan.column(places[i]);
      };
    }

    @Override
    public Vector field(int i, int[] rows, int count) throws StoreException {
      return places[i] < 0 ? field(i) : scan.column(places[i], rows, count);
    }

    @Override
    public void close() {
      scan.close();
    }
  }
}
