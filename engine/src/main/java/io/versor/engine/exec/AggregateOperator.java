package io.versor.engine.exec;

import io.versor.engine.work.Reservation;
import io.versor.format.io.Scratch;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY with a hash table, in the order in which groups appear; or one group of all rows. When
 * memory is full, rows of further groups go to the disk, parted by their keys, and each part is
 * grouped in its turn; rows of groups that are there are still taken in. So every group is in one
 * place, and has all its rows in their order.
 */
final class AggregateOperator implements BatchOperator {
  /** What the only group of a statement may have whatever others do: some texts. */
  private static final long ALWAYS = 1 << 20;

  private final BatchOperator input;
  private final Supplier<Grouping> maker;
  private final ExecContext context;
  private final Reservation memory;
  private final OwnBatch out;
  private final @Nullable Parallel<AggregateOperator> parallel;
  private Grouping grouping;
  private boolean read;
  private int written;

  /** What is on the disk; null as long as memory has room. */
  private @Nullable Scratch scratch;

  /** Where rows go for which there is no room, while rows are read. */
  private @Nullable Partitions partitions;

  private final Deque<Part> waiting = new ArrayDeque<>();

  /** How often the rows were parted that are in memory. */
  private int depth;

  private int[] ids = {};
  private int[] positions = {};
  private int[] others = {};
  private long[] hashes = {};
  private long[] otherHashes = {};

  /** Rows that wait to be grouped, and how often they were parted. */
  private record Part(SpilledRows rows, int depth) {}

  /**
   * @param grouping without groups, as are those that the maker makes
   * @param parallel how several threads do the same; null if they cannot
   */
  AggregateOperator(
      BatchOperator input,
      Grouping grouping,
      Supplier<Grouping> maker,
      @Nullable Parallel<AggregateOperator> parallel,
      ExecContext context) {
    this.parallel = parallel;
    this.input = input;
    this.maker = maker;
    this.grouping = grouping;
    this.context = context;
    this.memory = context.memory().openReservation();
    this.out = new OwnBatch(grouping.types(), context);
  }

  @Override
  public List<TensorType> types() {
    return grouping.types();
  }

  @Override
  public boolean next() throws StoreException {
    if (!read) {
      read = true;
      if (!readParts()) {
        read(input);
      }
    }
    out.clear();
    while (written == grouping.size()) {
      if (!nextPart()) {
        return false;
      }
    }
    int end = Math.min(written + BATCH_ROWS, grouping.size());
    grouping.write(written, end, out);
    written = end;
    return true;
  }

  /** Has threads group parts of the rows; false if they shall not, or cannot. */
  private boolean readParts() throws StoreException {
    if (parallel == null) {
      return false;
    }
    try {
      return parallel.run(part -> part.read(part.input), this::merge);
    } catch (StoreException e) {
      if (e.code() != Code.MEMORY) {
        throw e;
      }
      forget(); // one thread needs less at once, and may use the disk
      return false;
    }
  }

  /** Takes the groups of rows behind those of its own. */
  private void merge(AggregateOperator part) throws StoreException {
    grouping.merge(part.grouping);
    if (!fits()) {
      throw exceeded();
    }
  }

  private void read(BatchOperator rows) throws StoreException {
    while (rows.next()) {
      Rows more = Rows.of(rows.batch());
      Partitions full = partitions;
      if (full != null) {
        addKnown(more, full);
      } else {
        grouping.add(more);
        if (!fits()) {
          startPartitions();
        }
      }
    }
  }

  private boolean fits() {
    return memory.tryHold(grouping.bytes(), grouping.heapBytes())
        || grouping.isGlobal() && grouping.bytes() < ALWAYS;
  }

  private StoreException exceeded() {
    return memory.exceeded(
        "GROUP BY of " + grouping.size() + " groups", grouping.bytes(), grouping.heapBytes());
  }

  private void startPartitions() throws StoreException {
    if (context.isPart() || grouping.isGlobal()) {
      throw exceeded();
    }
    Scratch file = scratch;
    if (file == null) {
      file = context.memory().openScratch();
      scratch = file;
    }
    partitions = new Partitions(input.types(), file, Partitions.COUNT, depth, context);
  }

  /** Takes the rows whose groups are there. */
  private void addKnown(Rows rows, Partitions full) throws StoreException {
    int n = rows.count();
    ids = Predicate.room(ids, n);
    positions = Predicate.room(positions, n);
    others = Predicate.room(others, n);
    if (hashes.length < n) {
      hashes = new long[ids.length];
      otherHashes = new long[ids.length];
    }
    grouping.find(rows, ids, hashes);
    int known = 0;
    int unknown = 0;
    for (int i = 0; i < n; i++) {
      if (ids[i] >= 0) {
        ids[known] = ids[i];
        positions[known++] = rows.at(i);
      } else {
        otherHashes[unknown] = hashes[i];
        others[unknown++] = rows.at(i);
      }
    }
    if (known > 0) {
      grouping.add(known == n ? rows : rows.only(positions, known), ids);
    }
    if (unknown > 0) {
      full.add(unknown == n ? rows : rows.only(others, unknown), otherHashes);
    }
  }

  /** Groups the rows of the next part that waits; false if there is none. */
  private boolean nextPart() throws StoreException {
    Partitions full = partitions;
    if (full != null) {
      List<SpilledRows> parts = full.take();
      partitions = null;
      for (SpilledRows rows : parts) {
        if (rows.rows() > 0) {
          waiting.push(new Part(rows, depth + 1));
        }
      }
    }
    Part part = waiting.poll();
    if (part == null) {
      return false;
    }
    forget();
    depth = part.depth();
    try (SpilledRows.Reader rows = part.rows().open()) {
      read(rows);
    }
    return true;
  }

  private void forget() {
    grouping.close();
    grouping = maker.get();
    memory.tryHold(0, 0);
    written = 0;
  }

  @Override
  public Batch batch() {
    return out;
  }

  @Override
  public void close() {
    out.close();
    grouping.close();
    if (partitions != null) {
      partitions.close();
    }
    waiting.forEach(part -> part.rows().close());
    if (scratch != null) {
      scratch.close();
    }
    memory.close();
    input.close();
  }
}
