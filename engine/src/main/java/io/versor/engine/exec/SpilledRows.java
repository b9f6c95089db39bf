package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.io.Scratch;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.OutOfMemoryException;
import org.jspecify.annotations.Nullable;

/**
 * Rows on the disk, in the order in which they were added: blocks that lie there as batches lie in
 * memory, so that reading one makes a batch of it. One thread.
 *
 * <p>A block is, for each column, the bytes of its bitmap and of its data (8 each), then bitmap,
 * data, offsets and shapes, each filled up to 8 bytes.
 */
final class SpilledRows implements AutoCloseable {
  /** Rows of a block: what they say of each other needs some room as well. */
  private static final int MOST_ROWS = 1 << 14;

  /** Bytes that are read at once on their way to a block. */
  private static final int PIECE_BYTES = 1 << 16;

  private final List<TensorType> types;
  private final Scratch scratch;
  private final ExecContext context;
  private final int blockBytes;
  private final OwnBatch waiting;
  private final List<Block> blocks = new ArrayList<>();
  private long rows;

  private record Block(long position, int bytes, int rows) {}

  /**
   * @param scratch closed by the caller, after this
   */
  SpilledRows(List<TensorType> types, Scratch scratch, ExecContext context) {
    this(types, scratch, context.memory().blockBytes(), context);
  }

  /**
   * @param blockBytes about so many are written at once
   */
  SpilledRows(List<TensorType> types, Scratch scratch, int blockBytes, ExecContext context) {
    this.types = types;
    this.scratch = scratch;
    this.context = context;
    this.blockBytes = blockBytes;
    this.waiting = new OwnBatch(types, context);
  }

  List<TensorType> types() {
    return types;
  }

  long rows() {
    return rows;
  }

  /** What rows take that wait to be written. */
  long memoryBytes() {
    return waiting.memoryBytes();
  }

  /** Adds rows of a batch. */
  void add(Rows more) throws StoreException {
    waiting.append(more);
    rows += more.count();
    if (waiting.length() >= MOST_ROWS || waiting.bytes() >= blockBytes) {
      flush();
    }
  }

  /**
   * Adds rows of columns that lie in memory.
   *
   * @param order positions of the rows
   */
  void add(OwnBatch from, int[] order, int start, int end) throws StoreException {
    long average = Math.max(1, from.bytes() / Math.max(1, from.length()));
    int step = (int) Math.max(1, Math.min(MOST_ROWS, blockBytes / average));
    for (int at = start; at < end; at += step) {
      waiting.gather(from, order, at, Math.min(step, end - at), context);
      rows += waiting.length();
      flush();
    }
  }

  /** No more rows will be added; their memory is given back. */
  void finish() throws StoreException {
    flush();
    waiting.close();
  }

  private void flush() throws StoreException {
    int n = waiting.length();
    if (n == 0) {
      return;
    }
    context.check();
    Section[] sections = new Section[types.size()];
    long total = 16L * types.size();
    for (int i = 0; i < sections.length; i++) {
      Vector vector = waiting.column(i);
      sections[i] = Section.of(vector.validity() != 0, dataBytes(vector), n, types.get(i));
      total += sections[i].bytes();
    }
    if (total > Integer.MAX_VALUE - 16) {
      throw new StoreException(
          Code.LIMIT, n + " rows of " + total + " bytes cannot be put on the disk together");
    }
    byte[] image = new byte[(int) total];
    try (ArrowBuf header = openBuffer(16L * types.size())) {
      for (int i = 0; i < sections.length; i++) {
        Memory.putLong(header.memoryAddress() + 16L * i, sections[i].validity());
        Memory.putLong(header.memoryAddress() + 16L * i + 8, sections[i].data());
      }
      Memory.copy(header.memoryAddress(), image, 0, 16 * types.size());
    }
    int at = 16 * types.size();
    for (int i = 0; i < sections.length; i++) {
      Vector vector = waiting.column(i);
      Section section = sections[i];
      at = put(vector.validity(), section.validity(), image, at);
      at = put(vector.data(), section.data(), image, at);
      at = put(vector.offsets(), section.offsets(), image, at);
      at = put(vector.shapes(), section.shapes(), image, at);
      vector.fence();
    }
    blocks.add(new Block(scratch.append(image, 0, image.length), image.length, n));
    waiting.clear();
  }

  private static long dataBytes(Vector vector) {
    int n = vector.length();
    return vector.type().layout() == Layout.FIXED
        ? (long) n * vector.type().width()
        : Memory.getInt(vector.offsets() + 4L * n);
  }

  private static int put(long from, long bytes, byte[] image, int at) {
    if (bytes > 0) {
      Memory.copy(from, image, at, (int) bytes);
    }
    return (int) (at + filled(bytes));
  }

  private static long filled(long bytes) {
    return bytes + 7 & ~7L;
  }

  private ArrowBuf openBuffer(long bytes) throws StoreException {
    try {
      return context.allocator().buffer(bytes);
    } catch (OutOfMemoryException e) {
      throw new StoreException(Code.MEMORY, "no memory for a block of " + bytes + " bytes", e);
    }
  }

  /** Sizes of what one column has in a block. */
  private record Section(long validity, long data, long offsets, long shapes) {
    static Section of(boolean nullable, long dataBytes, int rows, TensorType type) {
      boolean fixed = type.layout() == Layout.FIXED;
      return new Section(
          nullable ? (rows + 7) / 8 : 0,
          dataBytes,
          fixed ? 0 : 4L * (rows + 1),
          fixed ? 0 : 4L * rows * type.storedRank());
    }

    long bytes() {
      return filled(validity) + filled(data) + filled(offsets) + filled(shapes);
    }
  }

  /** The rows, as often as one wants, when they are finished. Caller closes. */
  Reader open() {
    return new Reader();
  }

  @Override
  public void close() {
    waiting.close();
  }

  /** Reads the rows again, block by block. One thread. */
  final class Reader implements BatchOperator, Batch {
    private final Vector[] columns = new Vector[types.size()];
    private @Nullable ArrowBuf buffer;
    private byte[] piece = {};
    private int next;
    private int length;

    @Override
    public List<TensorType> types() {
      return types;
    }

    @Override
    public boolean next() throws StoreException {
      if (next == blocks.size()) {
        return false;
      }
      context.check();
      Block block = blocks.get(next++);
      long address = room(block.bytes());
      copy(block, address);
      length = block.rows();
      long at = address + 16L * columns.length;
      for (int i = 0; i < columns.length; i++) {
        long validity = Memory.getLong(address + 16L * i);
        long data = Memory.getLong(address + 16L * i + 8);
        Section section = Section.of(validity != 0, data, length, types.get(i));
        columns[i] = vector(types.get(i), section, at);
        at += section.bytes();
      }
      return true;
    }

    private void copy(Block block, long address) throws StoreException {
      int most = Math.min(PIECE_BYTES, block.bytes());
      if (piece.length < most) {
        piece = new byte[most];
      }
      for (int at = 0; at < block.bytes(); at += most) {
        int n = Math.min(most, block.bytes() - at);
        scratch.read(block.position() + at, piece, 0, n);
        Memory.copy(piece, 0, address + at, n);
      }
    }

    /** What the present block takes. */
    long memoryBytes() {
      return buffer == null ? 0 : buffer.capacity();
    }

    private Vector vector(TensorType type, Section section, long at) {
      long data = at + filled(section.validity());
      long offsets = data + filled(section.data());
      long validity = section.validity() == 0 ? 0 : at;
      return type.layout() == Layout.FIXED
          ? Vector.fixed(type, length, validity, data, null)
          : Vector.variable(
              type, length, validity, data, offsets, offsets + filled(section.offsets()), null);
    }

    private long room(int bytes) throws StoreException {
      ArrowBuf known = buffer;
      if (known == null || known.capacity() < bytes) {
        close();
        known = openBuffer(bytes + 8L); // words are read whole in places
        buffer = known;
      }
      return known.memoryAddress();
    }

    @Override
    public Batch batch() {
      return this;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public int selected() {
      return length;
    }

    @Override
    public int @Nullable [] selection() {
      return null;
    }

    @Override
    public Vector column(int i) {
      return columns[i];
    }

    @Override
    public Vector column(int i, int[] rows, int count) {
      return columns[i];
    }

    @Override
    public void close() {
      if (buffer != null) {
        buffer.close();
        buffer = null;
      }
    }
  }
}
