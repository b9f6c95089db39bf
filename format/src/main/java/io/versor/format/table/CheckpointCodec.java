package io.versor.format.table;

import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.key.KeyIndexes;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.Position;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.pack.Packs;
import io.versor.format.record.CommitHash;
import io.versor.format.record.PendingMerge;
import io.versor.format.record.RecordCodec;
import io.versor.format.record.Seal;
import io.versor.format.ref.CommitId;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.NodeInput;
import io.versor.format.tree.NodeOutput;
import io.versor.format.tree.NodeSource;
import io.versor.format.tree.RowTree;
import io.versor.format.tree.TreeStorer;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TypeJson;
import io.versor.format.type.ViewJson;
import io.versor.format.type.ViewSchema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Bytes of checkpoints and of the tables in them: FORMAT.md, "Checkpoints". */
final class CheckpointCodec {
  private static final int VERSION = 1;

  private static final int CHANGED = 1;

  /** Of a table. */
  private static final int HORIZON = 2;

  /** Of a table. */
  private static final int KEYS = 4;

  private static final int HAS_SEAL = 2;
  private static final int HAS_JUMP_SEAL = 4;
  private static final int HAS_PREVIOUS = 8;
  private static final int HAS_JUMP = 16;
  private static final int HAS_PENDING = 32;
  private static final int HAS_VIEWS = 64;
  private static final int HAS_IDENTITIES = 128;
  private static final int KNOWN = 255;

  private CheckpointCodec() {}

  /** A table whose trees are stored. */
  static byte[] writeTable(TableState table) throws StoreException {
    NodeOutput output = new NodeOutput();
    BinaryWriter body = output.body();
    body.u8(VERSION);
    body.u8(
        (table.changed() ? CHANGED : 0)
            | (table.horizon().isPresent() ? HORIZON : 0)
            | (table.keys().isEmpty() ? 0 : KEYS));
    body.varint(table.sealedSlots()).varint(table.sealedRows());
    RecordCodec.writeOptional(table.touchedBy(), body);
    table.horizon().ifPresent(position -> writePosition(position, body));
    body.bytes(TypeJson.toBytes(table.schema()));
    TreeStorer.writeRoot(table.rows(), output);
    for (Column column : table.schema().columns()) {
      TreeStorer.writeRoot(table.columns().get(column.id()), output);
    }
    if (!table.keys().isEmpty()) {
      table.keys().write(output);
    }
    return output.toBytes();
  }

  static TableState readTable(
      byte[] bytes, Address address, String display, NodeSource nodes, Packs packs)
      throws StoreException {
    NodeInput input = new NodeInput(bytes, display);
    BinaryReader body = input.body();
    checkVersion(body);
    int flags = body.u8();
    if ((flags & ~(CHANGED | HORIZON | KEYS)) != 0) {
      throw body.corrupt("unknown flags " + flags + " of a table");
    }
    long sealedSlots = body.varint();
    long sealedRows = body.varint();
    Optional<FrameAddress> touchedBy = RecordCodec.readOptional(body);
    Optional<Position> horizon =
        (flags & HORIZON) != 0 ? Optional.of(readPosition(body)) : Optional.empty();
    TableSchema schema = TypeJson.tableFromBytes(body.bytes(), display);
    RowTree rows = TreeStorer.readRowRoot(input, nodes);
    Map<Long, ChunkTree> columns = new LinkedHashMap<>();
    for (Column column : schema.columns()) {
      ChunkTree samples = TreeStorer.readChunkRoot(input, nodes);
      if (samples.slots() != rows.slots()) {
        throw body.corrupt(
            "column " + column.name() + " has " + samples.slots() + " slots of " + rows.slots());
      }
      columns.put(column.id(), samples);
    }
    KeyIndexes keys =
        (flags & KEYS) != 0
            ? KeyIndexes.read(input, schema, rows.slots(), packs)
            : KeyIndexes.NONE.withSchema(schema);
    body.expectEnd();
    if (sealedSlots > rows.slots() || sealedRows > sealedSlots) {
      throw body.corrupt("table " + schema.name() + ": more slots at its last commit than now");
    }
    return new TableState(
        schema,
        rows,
        columns,
        sealedSlots,
        sealedRows,
        (flags & CHANGED) != 0,
        touchedBy,
        horizon,
        keys,
        Optional.of(address));
  }

  /**
   * @param tables where each table is stored
   * @param named packs that the frames since the previous checkpoint name
   */
  static byte[] write(Checkpoint checkpoint, Map<Long, Address> tables, Set<PackId> named) {
    BranchState state = checkpoint.state();
    NodeOutput output = new NodeOutput();
    BinaryWriter body = output.body();
    Optional<LastSeal> seal = state.lastSeal();
    Optional<Seal.Jump> sealJump = seal.flatMap(LastSeal::jump);
    body.u8(VERSION);
    body.u8(
        (state.changed() ? CHANGED : 0)
            | (seal.isPresent() ? HAS_SEAL : 0)
            | (sealJump.isPresent() ? HAS_JUMP_SEAL : 0)
            | (checkpoint.previous().isPresent() ? HAS_PREVIOUS : 0)
            | (checkpoint.jump().isPresent() ? HAS_JUMP : 0)
            | (state.pending().isPresent() ? HAS_PENDING : 0)
            | (state.views().isEmpty() ? 0 : HAS_VIEWS)
            | (state.identities().byColumn().isEmpty() ? 0 : HAS_IDENTITIES));
    RecordCodec.writeAddress(
        state.last().orElseThrow(() -> new IllegalStateException("nothing to keep")), body);
    RecordCodec.writeAddress(state.next(), body);
    body.raw(state.hash());
    IdCounters ids = state.ids();
    body.varint(ids.origin()).varint(ids.rows()).varint(ids.tables()).varint(ids.columns());
    if (seal.isPresent()) {
      LastSeal last = seal.get();
      body.raw(last.id().bytes());
      RecordCodec.writeAddress(last.address(), body);
      body.varint(last.generation()).varint(last.depth()).u64(last.committedAt());
    }
    if (sealJump.isPresent()) {
      RecordCodec.writeAddress(sealJump.get().seal(), body);
      body.varint(sealJump.get().depth());
    }
    body.varint(checkpoint.depth());
    for (CheckpointLink link : checkpoint.links()) {
      output.address(link.address());
      writePosition(link.position(), body);
      body.varint(link.depth());
    }
    body.varint(tables.size());
    tables.forEach(
        (id, address) -> {
          body.varint(id);
          output.address(address);
        });
    body.varint(named.size());
    named.stream().sorted().forEach(pack -> body.u64(pack.msb()).u64(pack.lsb()));
    state.pending().ifPresent(pending -> pending.write(body));
    if (!state.views().isEmpty()) {
      body.varint(state.views().size());
      state.views().values().forEach(view -> body.bytes(ViewJson.toBytes(view)));
    }
    if (!state.identities().byColumn().isEmpty()) {
      writeIdentities(state.identities().byColumn(), body);
    }
    return output.toBytes();
  }

  /** A checkpoint as it is stored: its tables by address, loaded only when asked for. */
  record Stored(
      Checkpoint checkpoint, Map<Long, Address> tables, Set<PackId> named, String display) {}

  /** All but the tables: the state has none. */
  static Stored read(byte[] bytes, String display) throws StoreException {
    NodeInput input = new NodeInput(bytes, display);
    BinaryReader body = input.body();
    checkVersion(body);
    int flags = body.u8();
    if ((flags & ~KNOWN) != 0) {
      throw body.corrupt("unknown flags " + flags + " of a checkpoint");
    }
    FrameAddress last = RecordCodec.readAddress(body);
    FrameAddress next = RecordCodec.readAddress(body);
    if (next.branchId() != last.branchId()) {
      throw body.corrupt("the frame after " + last + " is told to be " + next);
    }
    byte[] hash = body.raw(CommitHash.RUNNING_BYTES);
    IdCounters ids = readIds(body);
    Optional<LastSeal> seal =
        (flags & HAS_SEAL) == 0
            ? Optional.empty()
            : Optional.of(readSeal(body, (flags & HAS_JUMP_SEAL) != 0));
    long depth = body.varint();
    Optional<CheckpointLink> previous = readLink(input, (flags & HAS_PREVIOUS) != 0);
    Optional<CheckpointLink> jump = readLink(input, (flags & HAS_JUMP) != 0);
    int tableCount = body.count("tables", body.remaining() / 3);
    Map<Long, Address> tables = new LinkedHashMap<>();
    for (int i = 0; i < tableCount; i++) {
      tables.put(body.varint(), input.address());
    }
    int packCount = body.count("packs", body.remaining() / 16);
    Set<PackId> named = new HashSet<>();
    for (int i = 0; i < packCount; i++) {
      named.add(new PackId(body.u64(), body.u64()));
    }
    Optional<PendingMerge> pending =
        (flags & HAS_PENDING) != 0 ? Optional.of(PendingMerge.read(body)) : Optional.empty();
    Map<Long, ViewSchema> views = (flags & HAS_VIEWS) != 0 ? readViews(body) : Map.of();
    IdentityCounters identities =
        (flags & HAS_IDENTITIES) != 0 ? readIdentities(body) : IdentityCounters.NONE;
    body.expectEnd();
    BranchState state =
        new BranchState(
            new Position(last.branchId(), last.frame()),
            Optional.of(last),
            next,
            hash,
            ids,
            identities,
            new BranchState.Content(Map.of(), views, seal, (flags & CHANGED) != 0, pending),
            false,
            Interval.NONE);
    return new Stored(new Checkpoint(state, depth, previous, jump), tables, named, display);
  }

  private static Map<Long, ViewSchema> readViews(BinaryReader body) throws StoreException {
    int count = body.count("views", body.remaining());
    Map<Long, ViewSchema> views = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      ViewSchema view = ViewJson.fromBytes(body.bytes(), body.display());
      if (views.put(view.id(), view) != null) {
        throw body.corrupt("two views of id " + Long.toHexString(view.id()));
      }
    }
    return views;
  }

  private static void writeIdentities(
      Map<Long, IdentityCounters.Counter> byColumn, BinaryWriter body) {
    body.varint(byColumn.size());
    byColumn.forEach(
        (columnId, counter) -> {
          body.varint(columnId).varint(counter.restarts());
          body.u8(counter.next().isPresent() ? 1 : 0);
          counter.next().ifPresent(body::signed);
        });
  }

  private static IdentityCounters readIdentities(BinaryReader body) throws StoreException {
    int count = body.count("identity columns", body.remaining() / 3);
    Map<Long, IdentityCounters.Counter> byColumn = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      long columnId = body.varint();
      long restarts = body.varint();
      OptionalLong next = body.u8() == 0 ? OptionalLong.empty() : OptionalLong.of(body.signed());
      if (byColumn.put(columnId, new IdentityCounters.Counter(next, restarts)) != null) {
        throw body.corrupt("two counters of column " + Long.toHexString(columnId));
      }
    }
    return new IdentityCounters(byColumn);
  }

  private static LastSeal readSeal(BinaryReader body, boolean hasJump) throws StoreException {
    CommitId id = CommitId.of(body.raw(CommitId.BYTES));
    FrameAddress address = RecordCodec.readAddress(body);
    long generation = body.varint();
    long depth = body.varint();
    long committedAt = body.u64();
    Optional<Seal.Jump> jump =
        hasJump
            ? Optional.of(new Seal.Jump(RecordCodec.readAddress(body), body.varint()))
            : Optional.empty();
    return new LastSeal(id, address, generation, depth, jump, committedAt);
  }

  private static IdCounters readIds(BinaryReader body) throws StoreException {
    long origin = body.varint();
    long rows = body.varint();
    long tables = body.varint();
    long columns = body.varint();
    try {
      return new IdCounters(origin, rows, tables, columns);
    } catch (IllegalArgumentException e) {
      throw body.corrupt(e.getMessage());
    }
  }

  private static Optional<CheckpointLink> readLink(NodeInput input, boolean present)
      throws StoreException {
    if (!present) {
      return Optional.empty();
    }
    Address address = input.address();
    Position position = readPosition(input.body());
    return Optional.of(new CheckpointLink(address, position, input.body().varint()));
  }

  private static void writePosition(Position position, BinaryWriter body) {
    body.varint(position.branchId()).signed(position.frame());
  }

  private static Position readPosition(BinaryReader body) throws StoreException {
    long branch = body.varint();
    long frame = body.signed();
    if (branch < 0 || frame < -1) {
      throw body.corrupt("a position at branch " + branch + ", frame " + frame);
    }
    return new Position(branch, frame);
  }

  private static void checkVersion(BinaryReader body) throws StoreException {
    int version = body.u8();
    if (version > VERSION) {
      throw new StoreException(
          StoreException.Code.VERSION_TOO_NEW,
          body.display() + ": version " + version + ", this reader knows " + VERSION);
    }
  }
}
