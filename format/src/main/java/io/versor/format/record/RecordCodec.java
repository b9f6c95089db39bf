package io.versor.format.record;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.log.FrameAddress;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.record.Record.ColumnCells;
import io.versor.format.type.Identity;
import io.versor.format.type.StoreException;
import io.versor.format.type.TypeJson;
import io.versor.format.type.ViewJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bytes of a frame's payload: FORMAT.md, "Records". */
public final class RecordCodec {
  private static final int STARTED = 1;
  private static final int ORIGIN_CHANGED = 2;
  private static final int TABLE_PUT = 3;
  private static final int TABLE_DROPPED = 4;
  private static final int ROWS_APPENDED = 5;
  private static final int CELLS_PATCHED = 6;
  private static final int ROWS_DELETED = 7;
  private static final int ROWS_UNDELETED = 8;
  private static final int SEALED = 9;
  private static final int RESET = 10;
  private static final int CLOSED = 11;
  private static final int SOFT_RESET = 12;
  private static final int MERGE_PENDING = 13;
  private static final int CONFLICTS_RESOLVED = 14;
  private static final int NOTED = 15;
  private static final int VIEW_PUT = 16;
  private static final int VIEW_DROPPED = 17;
  private static final int NUMBERS_DRAWN = 18;
  private static final int NUMBERS_RESTARTED = 19;

  /** The highest kind there is. */
  private static final int LAST_KIND = NUMBERS_RESTARTED;

  /** As in tree nodes. */
  private static final int HASH_BYTES = 16;

  private static final int INLINE = 0;
  private static final int PACKED = 1;
  private static final int NULLS = 2;

  private RecordCodec() {}

  /** Kind, length, body. */
  public static void write(Record record, BinaryWriter payload) {
    BinaryWriter body = new BinaryWriter();
    int kind = writeBody(record, body);
    payload.u8(kind).bytes(body.toBytes());
  }

  private static int writeBody(Record record, BinaryWriter body) {
    if (record instanceof Record.Started started) {
      writeOptional(started.parent(), body);
      return STARTED;
    }
    if (record instanceof Record.OriginChanged changed) {
      body.varint(changed.origin());
      return ORIGIN_CHANGED;
    }
    if (record instanceof Record.TablePut put) {
      body.bytes(TypeJson.toBytes(put.schema()));
      return TABLE_PUT;
    }
    if (record instanceof Record.TableDropped dropped) {
      body.varint(dropped.tableId());
      return TABLE_DROPPED;
    }
    if (record instanceof Record.RowsAppended appended) {
      body.varint(appended.tableId());
      appended.runs().write(body);
      body.varint(appended.columns().size());
      appended.columns().forEach(cells -> writeCells(cells, body));
      return ROWS_APPENDED;
    }
    if (record instanceof Record.CellsPatched patched) {
      body.varint(patched.tableId());
      patched.rows().write(body);
      writeCells(patched.cells(), body);
      return CELLS_PATCHED;
    }
    if (record instanceof Record.RowsDeleted deleted) {
      body.varint(deleted.tableId());
      deleted.rows().write(body);
      return ROWS_DELETED;
    }
    if (record instanceof Record.RowsUndeleted undeleted) {
      body.varint(undeleted.tableId());
      undeleted.rows().write(body);
      return ROWS_UNDELETED;
    }
    if (record instanceof Record.Sealed sealed) {
      SealCodec.write(sealed.seal(), body);
      return SEALED;
    }
    if (record instanceof Record.Reset reset) {
      writeAddress(reset.target(), body);
      return RESET;
    }
    if (record instanceof Record.SoftReset reset) {
      writeAddress(reset.target(), body);
      return SOFT_RESET;
    }
    if (record instanceof Record.MergePending pending) {
      pending.merge().write(body);
      return MERGE_PENDING;
    }
    if (record instanceof Record.ConflictsResolved resolved) {
      body.varint(resolved.tableId());
      resolved.rows().write(body);
      return CONFLICTS_RESOLVED;
    }
    if (record instanceof Record.Noted noted) {
      body.u64(noted.at()).text(noted.author()).text(noted.operation());
      return NOTED;
    }
    if (record instanceof Record.ViewPut put) {
      body.bytes(ViewJson.toBytes(put.view()));
      return VIEW_PUT;
    }
    if (record instanceof Record.ViewDropped dropped) {
      body.varint(dropped.viewId());
      return VIEW_DROPPED;
    }
    if (record instanceof Record.NumbersDrawn drawn) {
      body.varint(drawn.columnId());
      body.signed(drawn.first()).signed(drawn.last()).signed(drawn.increment());
      return NUMBERS_DRAWN;
    }
    if (record instanceof Record.NumbersRestarted restarted) {
      body.varint(restarted.tableId()).varint(restarted.columnId()).signed(restarted.next());
      return NUMBERS_RESTARTED;
    }
    if (record instanceof Record.Closed) {
      return CLOSED;
    }
    throw new IllegalStateException("a record without bytes: " + record);
  }

  /** All records of a payload; {@code display} names the frame in errors. */
  public static List<Record> read(byte[] payload, String display) throws StoreException {
    BinaryReader reader = new BinaryReader(payload, display);
    List<Record> records = new ArrayList<>();
    while (reader.remaining() > 0) {
      int kind = reader.u8();
      int length = reader.count("a record length of", reader.remaining());
      int start = reader.position();
      reader.raw(length);
      BinaryReader body = new BinaryReader(payload, start, length, display);
      records.add(readBody(kind, body));
      body.expectEnd();
    }
    return records;
  }

  private static Record readBody(int kind, BinaryReader body) throws StoreException {
    return switch (kind) {
      case STARTED -> new Record.Started(readOptional(body));
      case ORIGIN_CHANGED -> new Record.OriginChanged(body.count("origin", Integer.MAX_VALUE));
      case TABLE_PUT -> new Record.TablePut(TypeJson.tableFromBytes(body.bytes(), body.display()));
      case TABLE_DROPPED -> new Record.TableDropped(body.varint());
      case ROWS_APPENDED -> readAppended(body);
      case CELLS_PATCHED -> readPatched(body);
      case ROWS_DELETED -> new Record.RowsDeleted(body.varint(), RowIds.read(body));
      case ROWS_UNDELETED -> new Record.RowsUndeleted(body.varint(), RowIds.read(body));
      case SEALED -> new Record.Sealed(SealCodec.read(body));
      case RESET -> new Record.Reset(readAddress(body));
      case CLOSED -> new Record.Closed();
      case SOFT_RESET -> new Record.SoftReset(readAddress(body));
      case MERGE_PENDING -> new Record.MergePending(PendingMerge.read(body));
      case NOTED -> new Record.Noted(body.u64(), body.text(), body.text());
      case CONFLICTS_RESOLVED -> new Record.ConflictsResolved(body.varint(), RowIds.read(body));
      case VIEW_PUT -> new Record.ViewPut(ViewJson.fromBytes(body.bytes(), body.display()));
      case VIEW_DROPPED -> new Record.ViewDropped(body.varint());
      case NUMBERS_DRAWN -> readDrawn(body);
      case NUMBERS_RESTARTED ->
          new Record.NumbersRestarted(body.varint(), body.varint(), body.signed());
      default ->
          throw new StoreException(
              StoreException.Code.VERSION_TOO_NEW,
              body.display()
                  + ": record kind "
                  + kind
                  + " is unknown to this version, which knows 1 to "
                  + LAST_KIND
                  + "; use a newer Versor");
    };
  }

  private static Record readDrawn(BinaryReader body) throws StoreException {
    long columnId = body.varint();
    long first = body.signed();
    long last = body.signed();
    long increment = body.signed();
    if (increment == 0 || Identity.isLater(first, last, increment)) {
      throw body.corrupt("numbers from " + first + " to " + last + " by " + increment);
    }
    return new Record.NumbersDrawn(columnId, first, last, increment);
  }

  private static Record readAppended(BinaryReader body) throws StoreException {
    long tableId = body.varint();
    RowIds runs = RowIds.read(body);
    long count = runs.count();
    int size = body.count("columns", body.remaining());
    List<ColumnCells> columns = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      columns.add(readCells(body, count));
    }
    return new Record.RowsAppended(tableId, runs, columns);
  }

  private static Record readPatched(BinaryReader body) throws StoreException {
    long tableId = body.varint();
    RowIds rows = RowIds.read(body);
    return new Record.CellsPatched(tableId, rows, readCells(body, rows.count()));
  }

  private static void writeCells(ColumnCells column, BinaryWriter body) {
    body.varint(column.columnId());
    if (column.cells() instanceof Cells.Inline inline) {
      body.u8(INLINE).bytes(inline.chunk());
      return;
    }
    if (column.cells() instanceof Cells.Nulls) {
      body.u8(NULLS);
      return;
    }
    Cells.Packed packed = (Cells.Packed) column.cells();
    body.u8(PACKED).varint(packed.slices().size());
    for (Cells.Slice slice : packed.slices()) {
      PackId pack = slice.address().pack();
      body.u64(pack.msb()).u64(pack.lsb()).varint(slice.address().ordinal());
      body.varint(slice.rows()).varint(slice.bytes());
      body.varint(slice.firstRow()).varint(slice.count());
      body.bytes(slice.hash());
      body.u8(slice.stats().isPresent() ? 1 : 0);
      slice.stats().ifPresent(stats -> body.bytes(stats.toBytes()));
    }
  }

  private static ColumnCells readCells(BinaryReader body, long count) throws StoreException {
    long columnId = body.varint();
    int kind = body.u8();
    if (kind == INLINE) {
      return new ColumnCells(columnId, new Cells.Inline(body.bytes(), count));
    }
    if (kind == NULLS) {
      return new ColumnCells(columnId, new Cells.Nulls(count));
    }
    if (kind != PACKED) {
      throw body.corrupt("cells of kind " + kind);
    }
    int size = body.count("slices", body.remaining() / 16);
    List<Cells.Slice> slices = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      slices.add(readSlice(body));
    }
    Cells.Packed packed = new Cells.Packed(slices);
    if (packed.count() != count) {
      throw body.corrupt(packed.count() + " cells for " + count + " rows");
    }
    return new ColumnCells(columnId, packed);
  }

  private static Cells.Slice readSlice(BinaryReader body) throws StoreException {
    PackId pack = new PackId(body.u64(), body.u64());
    int ordinal = body.count("ordinal", Integer.MAX_VALUE);
    int rows = body.count("rows of a chunk", Integer.MAX_VALUE);
    int bytes = body.count("bytes of a chunk", Integer.MAX_VALUE);
    int firstRow = body.count("first row of a slice", Integer.MAX_VALUE);
    int count = body.count("rows of a slice", Integer.MAX_VALUE);
    if (count == 0 || (long) firstRow + count > rows) {
      throw body.corrupt("a slice of " + count + " rows from " + firstRow + " of " + rows);
    }
    byte[] hash = body.bytes();
    if (hash.length != 0 && hash.length != HASH_BYTES) {
      throw body.corrupt("a chunk hash of " + hash.length + " bytes");
    }
    Optional<ChunkStats> stats =
        body.u8() == 0
            ? Optional.empty()
            : Optional.of(ChunkStats.fromBytes(body.bytes(), body.display()));
    return new Cells.Slice(new Address(pack, ordinal), rows, bytes, firstRow, count, hash, stats);
  }

  public static void writeAddress(FrameAddress address, BinaryWriter body) {
    body.varint(address.branchId()).varint(address.frame());
    body.varint(address.segment()).varint(address.offset());
  }

  public static FrameAddress readAddress(BinaryReader body) throws StoreException {
    long branch = body.varint();
    long frame = body.varint();
    long segment = body.varint();
    long offset = body.varint();
    if (branch < 0 || frame < 0 || segment < 0 || segment > frame || offset < 0) {
      throw body.corrupt(
          "a frame address at branch " + branch + ", frame " + frame + ", segment " + segment);
    }
    return new FrameAddress(branch, frame, segment, offset);
  }

  public static void writeOptional(Optional<FrameAddress> address, BinaryWriter body) {
    body.u8(address.isPresent() ? 1 : 0);
    address.ifPresent(present -> writeAddress(present, body));
  }

  public static Optional<FrameAddress> readOptional(BinaryReader body) throws StoreException {
    return body.u8() == 0 ? Optional.empty() : Optional.of(readAddress(body));
  }
}
