package io.versor.format.record;

import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.log.FrameAddress;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A merge whose conflicts were kept: the tables have ours where it conflicts, and the branch cannot
 * be committed before every conflict is resolved. Immutable.
 *
 * @param parent the second parent of the commit that will end it; empty when it gets one parent
 * @param bases commits the two sides are compared with: none = the empty store; several are merged
 *     in memory first
 * @param theirs the commit whose side is theirs; empty = the empty store
 * @param message of the commit, unless another one is given
 * @param conflicts those that are not resolved yet
 */
public record PendingMerge(
    Optional<Seal.Parent> parent,
    List<FrameAddress> bases,
    Optional<FrameAddress> theirs,
    Optional<String> message,
    List<Conflicts> conflicts) {
  private static final int HAS_PARENT = 1;
  private static final int HAS_THEIRS = 2;
  private static final int HAS_MESSAGE = 4;
  private static final int KNOWN = 7;

  public PendingMerge {
    bases = List.copyOf(bases);
    conflicts = List.copyOf(conflicts);
  }

  /** What conflicts; the code is the byte on disk. */
  public enum Kind {
    /** A cell that both sides changed. */
    MODIFIED(0),
    /** A cell of a row that is new on both sides. */
    ADDED(1),
    /** A row that we deleted and they changed. */
    DELETED_HERE(2),
    /** A row that we changed and they deleted. */
    DELETED_THERE(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /**
   * Conflicts of one kind in one column.
   *
   * @param columnId 0 = the rows as a whole
   */
  public record Conflicts(long tableId, long columnId, Kind kind, RowIds rows) {}

  /** Rows with a conflict that is not resolved yet; a row of several tables counts for each. */
  public long rows() {
    long rows = 0;
    Set<Long> tables = new HashSet<>();
    for (Conflicts group : conflicts) {
      if (tables.add(group.tableId())) {
        rows += rows(group.tableId()).size();
      }
    }
    return rows;
  }

  /** Rows of a table with a conflict that is not resolved yet. */
  public Set<Long> rows(long tableId) {
    Set<Long> rows = new HashSet<>();
    for (Conflicts group : conflicts) {
      if (group.tableId() == tableId) {
        for (long row : group.rows().toArray()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** With fewer conflicts: these rows of a table are dealt with. */
  public PendingMerge resolved(long tableId, RowIds rows) {
    Set<Long> done = new HashSet<>();
    for (long row : rows.toArray()) {
      done.add(row);
    }
    List<Conflicts> left = new ArrayList<>();
    for (Conflicts group : conflicts) {
      if (group.tableId() != tableId) {
        left.add(group);
        continue;
      }
      long[] rest =
          java.util.Arrays.stream(group.rows().toArray())
              .filter(row -> !done.contains(row))
              .toArray();
      if (rest.length > 0) {
        left.add(new Conflicts(tableId, group.columnId(), group.kind(), RowIds.of(rest)));
      }
    }
    return new PendingMerge(parent, bases, theirs, message, left);
  }

  /** Without the conflicts of tables and columns that are gone. */
  public PendingMerge without(Predicate<Conflicts> gone) {
    return new PendingMerge(
        parent, bases, theirs, message, conflicts.stream().filter(gone.negate()).toList());
  }

  public void write(BinaryWriter body) {
    body.u8(
        (parent.isPresent() ? HAS_PARENT : 0)
            | (theirs.isPresent() ? HAS_THEIRS : 0)
            | (message.isPresent() ? HAS_MESSAGE : 0));
    if (parent.isPresent()) {
      body.raw(parent.get().id().bytes());
      RecordCodec.writeAddress(parent.get().seal(), body);
    }
    body.varint(bases.size());
    bases.forEach(base -> RecordCodec.writeAddress(base, body));
    theirs.ifPresent(address -> RecordCodec.writeAddress(address, body));
    message.ifPresent(body::text);
    body.varint(conflicts.size());
    for (Conflicts group : conflicts) {
      body.varint(group.tableId()).varint(group.columnId()).u8(group.kind().code);
      group.rows().write(body);
    }
  }

  public static PendingMerge read(BinaryReader body) throws StoreException {
    int flags = body.u8();
    if ((flags & ~KNOWN) != 0) {
      throw body.corrupt("unknown flags " + flags + " of a pending merge");
    }
    Optional<Seal.Parent> parent = Optional.empty();
    if ((flags & HAS_PARENT) != 0) {
      CommitId id = CommitId.of(body.raw(CommitId.BYTES));
      parent = Optional.of(new Seal.Parent(id, RecordCodec.readAddress(body)));
    }
    int baseCount = body.count("merge bases", body.remaining() / 4);
    List<FrameAddress> bases = new ArrayList<>(baseCount);
    for (int i = 0; i < baseCount; i++) {
      bases.add(RecordCodec.readAddress(body));
    }
    Optional<FrameAddress> theirs = Optional.empty();
    if ((flags & HAS_THEIRS) != 0) {
      theirs = Optional.of(RecordCodec.readAddress(body));
    }
    Optional<String> message =
        (flags & HAS_MESSAGE) != 0 ? Optional.of(body.text()) : Optional.empty();
    int groups = body.count("kinds of conflicts", body.remaining() / 4);
    List<Conflicts> conflicts = new ArrayList<>(groups);
    for (int i = 0; i < groups; i++) {
      conflicts.add(new Conflicts(body.varint(), body.varint(), kind(body), RowIds.read(body)));
    }
    return new PendingMerge(parent, bases, theirs, message, conflicts);
  }

  private static Kind kind(BinaryReader body) throws StoreException {
    int code = body.u8();
    for (Kind kind : Kind.values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw body.corrupt("a conflict of kind " + code);
  }
}
