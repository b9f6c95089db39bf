package io.versor.format.ref;

import io.versor.format.log.FrameAddress;
import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * A sorted run of the commit index: commit ids and where their seals lie, in entries of one width,
 * so that a look-up is a binary search over stored bytes. Bytes as in FORMAT.md, "Commit runs".
 *
 * <p>Thread-safe, as the object under it is.
 */
public final class CommitRun {
  /** 92 MiB in entries: still one object of a pack. Larger indexes have several such runs. */
  public static final int MAX_COMMITS = 2_000_000;

  /** Version of this layout. */
  static final int VERSION = 1;

  static final int HEADER_BYTES = 16;
  static final int ENTRY_BYTES = 48;
  private static final byte[] MAGIC = "VSCR".getBytes(StandardCharsets.US_ASCII);

  private final RunBytes bytes;
  private final int count;

  private CommitRun(RunBytes bytes, int count) {
    this.bytes = bytes;
    this.count = count;
  }

  /**
   * The run in these bytes, which must not change any more.
   *
   * @param display what they are, for messages
   * @throws StoreException {@code CORRUPT}, {@code VERSION_TOO_NEW}
   */
  public static CommitRun open(byte[] bytes, String display) throws StoreException {
    return open(RunBytes.of(bytes, display));
  }

  static CommitRun open(RunBytes bytes) throws StoreException {
    String display = bytes.display();
    if (bytes.length() < HEADER_BYTES) {
      throw corrupt(display, bytes.length() + " bytes, expected at least " + HEADER_BYTES);
    }
    ByteBuffer header = read(bytes, 0, HEADER_BYTES);
    byte[] magic = new byte[MAGIC.length];
    header.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw corrupt(display, "it does not begin with VSCR");
    }
    int version = Short.toUnsignedInt(header.getShort());
    if (version > VERSION) {
      throw new StoreException(
          StoreException.Code.VERSION_TOO_NEW,
          display
              + ": a run of commits in version "
              + version
              + ", this Versor reads versions up to "
              + VERSION
              + "; open the store with a newer one");
    }
    if (version < 1) {
      throw corrupt(display, "version " + version + ", expected 1 or more");
    }
    int entryBytes = Short.toUnsignedInt(header.getShort());
    if (entryBytes != ENTRY_BYTES) {
      throw corrupt(display, "entries of " + entryBytes + " bytes, expected " + ENTRY_BYTES);
    }
    int count = header.getInt();
    if (count < 1 || count > MAX_COMMITS || bytes.length() != lengthOf(count)) {
      throw corrupt(
          display, bytes.length() + " bytes for " + Integer.toUnsignedString(count) + " commits");
    }
    return new CommitRun(bytes, count);
  }

  /**
   * The bytes of a run of these commits, in any order; one that is given twice is stored once.
   *
   * @throws IllegalArgumentException when there is none, or more than {@link #MAX_COMMITS}
   */
  public static byte[] encode(List<CommitLocation> commits) {
    List<CommitLocation> sorted = new ArrayList<>(commits);
    sorted.sort(Comparator.naturalOrder());
    ByteBuffer target = begin(sorted.size());
    CommitId last = null;
    for (CommitLocation commit : sorted) {
      if (!commit.id().equals(last)) {
        put(target, commit);
        last = commit.id();
      }
    }
    return finish(target);
  }

  /** The bytes of one run that holds all commits of several, of each id the first. */
  static byte[] merge(List<CommitRun> runs) throws StoreException {
    return merge(runs, branch -> true);
  }

  /** The same with the commits of some branches only; without any if there is none. */
  static byte[] merge(List<CommitRun> runs, LongPredicate branches) throws StoreException {
    int total = 0;
    PriorityQueue<Cursor> cursors = new PriorityQueue<>();
    for (CommitRun run : runs) {
      total = Math.addExact(total, run.count);
      Cursor cursor = run.new Cursor(cursors.size());
      cursor.advance();
      cursors.add(cursor);
    }
    ByteBuffer target = begin(total);
    CommitId last = null;
    while (!cursors.isEmpty()) {
      Cursor least = cursors.remove();
      CommitLocation commit = least.current();
      if (!commit.id().equals(last) && branches.test(commit.seal().branchId())) {
        put(target, commit);
        last = commit.id();
      }
      if (least.advance()) {
        cursors.add(least);
      }
    }
    return finish(target);
  }

  /** How many commits are in it. */
  public int count() {
    return count;
  }

  /** Tells of all commits, by rising id. */
  void forEach(Consumer<CommitLocation> visitor) throws StoreException {
    Cursor cursor = new Cursor(0);
    while (cursor.advance()) {
      visitor.accept(cursor.current());
    }
  }

  /** Where a commit lies, if it is in this run. */
  public Optional<CommitLocation> find(CommitId id) throws StoreException {
    int at = lowerBound(id);
    if (at == count) {
      return Optional.empty();
    }
    CommitLocation found = entry(at);
    return found.id().equals(id) ? Optional.of(found) : Optional.empty();
  }

  /** The first commits whose ids begin with a prefix, by rising id, at most {@code limit}. */
  public List<CommitLocation> findPrefix(CommitPrefix prefix, int limit) throws StoreException {
    List<CommitLocation> found = new ArrayList<>();
    for (int at = lowerBound(prefix.smallest()); at < count && found.size() < limit; at++) {
      CommitLocation next = entry(at);
      if (!prefix.matches(next.id())) {
        break;
      }
      found.add(next);
    }
    return found;
  }

  /** The first place whose id is not below this one; the count if there is none. */
  private int lowerBound(CommitId id) throws StoreException {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (idAt(middle).compareTo(id) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private CommitId idAt(int at) throws StoreException {
    return CommitId.of(read(bytes, lengthOf(at), CommitId.BYTES).array());
  }

  private CommitLocation entry(int at) throws StoreException {
    return entry(read(bytes, lengthOf(at), ENTRY_BYTES), at);
  }

  /** Takes one entry off a buffer. */
  private CommitLocation entry(ByteBuffer source, int at) throws StoreException {
    byte[] id = new byte[CommitId.BYTES];
    source.get(id);
    long branchId = source.getLong();
    long frame = source.getLong();
    long segment = source.getLong();
    long offset = Integer.toUnsignedLong(source.getInt());
    try {
      return new CommitLocation(
          CommitId.of(id), new FrameAddress(branchId, frame, segment, offset));
    } catch (IllegalArgumentException e) {
      throw corrupt(bytes.display(), "entry " + at + ": " + e.getMessage());
    }
  }

  private static ByteBuffer begin(int mostCommits) {
    Checks.within("commits in a run", mostCommits, 1, MAX_COMMITS);
    ByteBuffer target =
        ByteBuffer.allocate(Math.toIntExact(lengthOf(mostCommits))).order(ByteOrder.LITTLE_ENDIAN);
    return target.put(MAGIC).putShort((short) VERSION).putShort((short) ENTRY_BYTES).putLong(0);
  }

  private static void put(ByteBuffer target, CommitLocation commit) {
    FrameAddress seal = commit.seal();
    Checks.within("offset in a segment", seal.offset(), 0, 0xFFFF_FFFFL);
    target
        .put(commit.id().bytes())
        .putLong(seal.branchId())
        .putLong(seal.frame())
        .putLong(seal.segment())
        .putInt((int) seal.offset());
  }

  private static byte[] finish(ByteBuffer target) {
    int stored = (target.position() - HEADER_BYTES) / ENTRY_BYTES;
    target.putInt(HEADER_BYTES - 8, stored);
    return target.hasRemaining()
        ? Arrays.copyOf(target.array(), target.position())
        : target.array();
  }

  /** Bytes of the header and so many entries, which is also where the next entry begins. */
  private static long lengthOf(int entries) {
    return HEADER_BYTES + (long) ENTRY_BYTES * entries;
  }

  private static ByteBuffer read(RunBytes bytes, long offset, int length) throws StoreException {
    byte[] target = new byte[length];
    bytes.read(offset, target, length);
    return ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static StoreException corrupt(String display, String fault) {
    return new StoreException(StoreException.Code.CORRUPT, display + ": run of commits: " + fault);
  }

  /** Goes through a run in order; reads many entries at once, since each read is checked. */
  private final class Cursor implements Comparable<Cursor> {
    private static final int READ_ENTRIES = 1_024;

    private final int rank;
    private ByteBuffer block = ByteBuffer.allocate(0);
    private int next;
    private CommitLocation current =
        new CommitLocation(new CommitId(0, 0, 0), new FrameAddress(0, 0, 0, 0));

    /**
     * @param rank which of two equal commits comes first
     */
    Cursor(int rank) {
      this.rank = rank;
    }

    CommitLocation current() {
      return current;
    }

    boolean advance() throws StoreException {
      if (next == count) {
        return false;
      }
      if (!block.hasRemaining()) {
        int entries = Math.min(READ_ENTRIES, count - next);
        block = read(bytes, lengthOf(next), entries * ENTRY_BYTES);
      }
      CommitLocation before = current;
      current = entry(block, next);
      if (next > 0 && current.id().compareTo(before.id()) <= 0) {
        throw corrupt(bytes.display(), "entry " + next + " is not above the one before it");
      }
      next++;
      return true;
    }

    @Override
    public int compareTo(Cursor other) {
      int order = current.id().compareTo(other.current.id());
      return order != 0 ? order : Integer.compare(rank, other.rank);
    }
  }
}
