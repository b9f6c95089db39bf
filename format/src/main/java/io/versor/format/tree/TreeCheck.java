package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.DecodedChunk;
import io.versor.format.io.Memory;
import io.versor.format.io.Pieces;
import io.versor.format.io.StopSignal;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackObject;
import io.versor.format.pack.Packs;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads trees of stored versions to the last sample. What was found right is not read again for the
 * next version, so all versions together cost about what they take on disk; what is damaged is told
 * for each version that has it. Takes a bit of memory for each object. Used by one thread.
 */
public final class TreeCheck {
  /** Chunks whose facts are kept: several entries, and versions, refer to one. */
  private static final int KNOWN_CHUNKS = 4_096;

  /** Takes what is damaged in a tree. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param object what cannot be read, or is not what its referrer says
     * @param from the first slot of the tree that is hit
     * @param to behind the last one
     */
    void damaged(Address object, StoreException problem, long from, long to) throws StoreException;
  }

  /** Statistics of larger chunks are not compared: their samples would have to be on the heap. */
  private static final long LARGE_BYTES = 64 << 20;

  /** What hashes are taken over at once. */
  private static final int PIECE_BYTES = 1 << 20;

  private record Facts(int rows, long bytes, byte[] hash, Optional<ChunkStats> stats) {}

  private final Packs packs;
  private final ChunkCache chunks;
  private final NodeSource nodes;
  private final Map<PackId, BitSet> right = new HashMap<>();
  private final Map<Address, Facts> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Address, Facts> eldest) {
          return size() > KNOWN_CHUNKS;
        }
      };

  /**
   * @param chunks keeps nothing that was not read from {@code packs} for this check
   * @param nodes likewise
   */
  public TreeCheck(Packs packs, ChunkCache chunks, NodeSource nodes) {
    this.packs = packs;
    this.chunks = chunks;
    this.nodes = nodes;
  }

  /** Whether an object was found right, with all that it refers to. */
  public boolean isRight(Address address) {
    BitSet objects = right.get(address.pack());
    return objects != null && objects.get(address.ordinal());
  }

  /** Remembers that an object is right, with all that it refers to. */
  public void setRight(Address address) {
    right.computeIfAbsent(address.pack(), pack -> new BitSet()).set(address.ordinal());
  }

  /**
   * Reads the rows of a table; false if something is damaged, which was told then.
   *
   * @param holder the object that has the root of the tree, and was read
   */
  public boolean check(RowTree rows, Address holder, Visitor visitor) throws StoreException {
    boolean indexed =
        walk(rows.index(), holder, (slotRun, start) -> {}, whole(visitor, rows.slots()));
    return walk(
            rows.runs(),
            holder,
            (run, start) -> {
              if (indexed) {
                checkIndex(rows, run, start);
              }
            },
            visitor)
        && indexed;
  }

  /** Damage of the index is told for all rows: its order is not theirs. */
  private static Visitor whole(Visitor visitor, long slots) {
    return (object, problem, from, to) -> visitor.damaged(object, problem, 0, slots);
  }

  private static void checkIndex(RowTree rows, RowRun run, long start) throws StoreException {
    for (int at : new int[] {0, run.count() - 1}) {
      long rowId = run.firstRowId() + at;
      if (rows.findSlot(rowId).orElse(-1) != start + at) {
        throw new StoreException(
            Code.CORRUPT,
            "row "
                + Long.toHexString(rowId)
                + " lies in slot "
                + (start + at)
                + ", its index says "
                + rows.findSlot(rowId));
      }
    }
  }

  /**
   * Reads the samples of a column; false if something is damaged, which was told then.
   *
   * @param holder the object that has the root of the tree, and was read
   */
  public boolean check(ChunkTree samples, TensorType type, Address holder, Visitor visitor)
      throws StoreException {
    return walk(samples.entries(), holder, (entry, start) -> checkEntry(entry, type), visitor);
  }

  /** Reads a chunk that a record names; false if it is damaged, which was told then. */
  public boolean check(ChunkPiece piece, TensorType type, Visitor visitor) throws StoreException {
    try {
      checkChunk(piece.ref(), piece.hash(), piece.stats(), type);
      return true;
    } catch (ObjectDamage damage) {
      visitor.damaged(damage.object, damage.problem, 0, piece.count());
      return false;
    }
  }

  /** What is wrong with the object itself, wherever it is referred to. */
  private static final class ObjectDamage extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Address object;
    private final StoreException problem;

    ObjectDamage(Address object, StoreException problem) {
      super(problem);
      this.object = object;
      this.problem = problem;
    }
  }

  @FunctionalInterface
  private interface EntryCheck<E> {
    void check(E entry, long start) throws StoreException, ObjectDamage;
  }

  // --- nodes

  private <E> boolean walk(
      CountedTree<E> tree, Address holder, EntryCheck<E> check, Visitor visitor)
      throws StoreException {
    return tree.root().isEmpty() || walk(tree.kind(), tree.root().get(), 0, holder, check, visitor);
  }

  /**
   * @param holder the object that has the node in itself, if it is none of its own
   */
  private <E> boolean walk(
      EntryKind<E> kind,
      Child<E> child,
      long start,
      Address holder,
      EntryCheck<E> check,
      Visitor visitor)
      throws StoreException {
    StopSignal.check();
    Optional<Address> address = child.address();
    if (address.isPresent() && isRight(address.get())) {
      return true;
    }
    Address place = address.orElse(holder);
    long end = start + child.summary().slots();
    Node<E> node;
    try {
      node = child.load(kind, nodes);
      checkSummary(kind, child, node);
    } catch (StoreException e) {
      visitor.damaged(place, damage(e), start, end);
      return false;
    }
    boolean clean = true;
    long at = start;
    if (node instanceof Node.Inner<E> inner) {
      for (Child<E> each : inner.children()) {
        clean &= walk(kind, each, at, place, check, visitor);
        at += each.summary().slots();
      }
    } else {
      for (E entry : ((Node.Leaf<E>) node).entries()) {
        long next = at + kind.slots(entry);
        try {
          check.check(entry, at);
        } catch (ObjectDamage damage) {
          visitor.damaged(damage.object, damage.problem, at, next);
          clean = false;
        } catch (StoreException e) {
          visitor.damaged(place, damage(e), at, next);
          clean = false;
        }
        at = next;
      }
    }
    if (clean) {
      address.ifPresent(this::setRight);
    }
    return clean;
  }

  private static <E> void checkSummary(EntryKind<E> kind, Child<E> child, Node<E> node)
      throws StoreException {
    Summary said = child.summary();
    Summary found = node.summary();
    boolean same =
        said.firstKey() == found.firstKey()
            && (said.stats().isEmpty() || said.stats().equals(found.stats()));
    if (!same) {
      throw new StoreException(
          Code.CORRUPT,
          kind.display()
              + " node: its first key or statistics are not those that its parent says: found "
              + found
              + ", expected "
              + said);
    }
  }

  /** What damaged bytes may lead to; that a branch is gone that something leads to is one of it. */
  private static final Set<Code> DAMAGE =
      EnumSet.of(Code.CORRUPT, Code.VERSION_TOO_NEW, Code.IO, Code.NO_SUCH_REF);

  /** The same if it is about bytes; anything else ends the check. */
  public static StoreException damage(StoreException e) throws StoreException {
    if (DAMAGE.contains(e.code())) {
      return e;
    }
    throw e;
  }

  // --- chunks

  private void checkEntry(ChunkEntry entry, TensorType type) throws StoreException, ObjectDamage {
    checkChunk(entry.ref(), entry.hash(), entry.chunkStats(), type);
    checkOverlay(entry.overlay(), type);
    checkOverlay(entry.writes(), type);
  }

  private void checkOverlay(@Nullable OverlayRef cells, TensorType type)
      throws StoreException, ObjectDamage {
    if (cells == null) {
      return;
    }
    Overlay overlay;
    try {
      overlay = cells.load(nodes);
    } catch (StoreException e) {
      if (cells.address().isEmpty()) {
        throw e;
      }
      throw new ObjectDamage(cells.address().get(), damage(e));
    }
    for (int i = 0; i < overlay.size(); i++) {
      ChunkRef ref = overlay.source(i).ref();
      if (i == 0 || overlay.source(i) != overlay.source(i - 1)) {
        checkChunk(ref, new byte[0], Optional.empty(), type);
      }
      if (!(ref instanceof ChunkRef.Nulls) && overlay.sourceRow(i) >= ref.rows()) {
        throw new StoreException(
            Code.CORRUPT,
            "an overlay takes row "
                + overlay.row(i)
                + " from row "
                + overlay.sourceRow(i)
                + " of "
                + ref);
      }
    }
  }

  private void checkChunk(ChunkRef ref, byte[] hash, Optional<ChunkStats> stats, TensorType type)
      throws StoreException, ObjectDamage {
    if (!(ref instanceof ChunkRef.Stored stored)
        || stored.address().pack().equals(ForeignChunks.PACK)) {
      return;
    }
    Facts facts = known.get(stored.address());
    if (facts == null) {
      try {
        facts = facts(stored.address(), type);
      } catch (StoreException e) {
        throw new ObjectDamage(stored.address(), damage(e));
      }
      known.put(stored.address(), facts);
    }
    if (facts.rows() != stored.rows() || facts.bytes() != stored.bytes()) {
      throw new StoreException(
          Code.CORRUPT,
          "chunk "
              + stored.address()
              + " has "
              + facts.rows()
              + " samples in "
              + facts.bytes()
              + " bytes, its entry says "
              + stored.rows()
              + " in "
              + stored.bytes());
    }
    if (hash.length > 0 && !Arrays.equals(hash, facts.hash())) {
      throw new StoreException(
          Code.CORRUPT, "chunk " + stored.address() + " does not have the hash its entry says");
    }
    if (stats.isPresent()
        && facts.stats().isPresent()
        && !stats.get().equals(facts.stats().get())) {
      throw new StoreException(
          Code.CORRUPT,
          "chunk "
              + stored.address()
              + " has the statistics "
              + facts.stats().get()
              + ", its entry says "
              + stats.get());
    }
  }

  private Facts facts(Address address, TensorType type) throws StoreException {
    PackObject object = packs.object(address, ObjectKind.CHUNK);
    object.verifyAll();
    byte[] hash = ContentHash.of(new Bytes(object));
    try (DecodedChunk chunk = chunks.open(address, type)) {
      boolean large = object.length() > LARGE_BYTES || chunk.bytes() > LARGE_BYTES;
      return new Facts(
          chunk.rows(),
          object.length(),
          hash,
          large ? Optional.empty() : Optional.of(ChunkStats.of(chunk, 0, chunk.rows())));
    }
  }

  /** Of an object whose pages were checked. */
  private record Bytes(PackObject object) implements Pieces {
    @Override
    public int length() {
      return object.length();
    }

    @Override
    public void forEach(Taker taker) throws StoreException {
      byte[] piece = new byte[Math.min(length(), PIECE_BYTES)];
      for (int at = 0; at < length(); at += piece.length) {
        int bytes = Math.min(piece.length, length() - at);
        Memory.copy(object.address() + at, piece, 0, bytes);
        taker.take(piece, 0, bytes);
      }
      Reference.reachabilityFence(object.keepAlive());
    }
  }
}
