package io.versor.columnar.parquet;

import io.versor.columnar.Bounds;
import io.versor.columnar.Cells;
import io.versor.columnar.ListCells;
import io.versor.columnar.LittleBytes;
import io.versor.columnar.ValidBits;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one field in one row group. Threads that each read some of them wait for those that
 * read the rows before; only the waiting is for several threads.
 */
final class ColumnStream {
  private final FileChannel channel;
  private final ColumnDescriptor path;
  private final ColumnChunkMetaData chunk;
  private final @Nullable ParsedVersion writer;
  private @Nullable ColumnReader opened;
  private final int most;
  private final int[] levels;
  private final Leaf leaf;
  private final Lists[] lists;
  private long left;

  /** Rows read. Guarded by this, as what follows. */
  private long position;

  private boolean failed;

  /**
   * What was read.
   *
   * @param rows of the cells
   * @param bytes about as many as they take
   */
  record Rows(Cells cells, int rows, long bytes) {}

  /** Lists of one level. */
  private static final class Lists {
    private final LittleBytes starts = new LittleBytes();
    private final ValidBits valid = new ValidBits();

    void begin(int start, boolean given) throws StoreException {
      starts.putInt(start);
      valid.put(given);
    }

    int count() {
      return valid.count();
    }

    Cells take(Cells elements, int end) throws StoreException {
      starts.putInt(end);
      Cells cells = new ListCells(elements, Bounds.ints(starts.written()), valid.written());
      starts.renew();
      valid.renew();
      return cells;
    }
  }

  ColumnStream(
      FileChannel channel,
      ParquetField field,
      ColumnChunkMetaData chunk,
      @Nullable ParsedVersion writer) {
    this.channel = channel;
    this.path = field.path().orElseThrow();
    this.chunk = chunk;
    this.writer = writer;
    this.most = path.getMaxDefinitionLevel();
    this.levels = field.levels();
    this.leaf = new Leaf(path.getPrimitiveType());
    this.lists = new Lists[levels.length];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = new Lists();
    }
    this.left = chunk.getValueCount();
  }

  /**
   * Reads rows, when all before them have been read.
   *
   * @param from the first of them, from 0
   * @param count at most so many, at least one
   * @param mostBytes no more rows once these have been gathered
   * @throws StoreException {@code CANCELLED} if the thread is interrupted while it waits
   */
  Rows read(long from, int count, long mostBytes) throws IOException, StoreException {
    await(from);
    boolean whole = false;
    int rows = 0;
    try {
      ColumnReader reader = open();
      while (rows < count && (rows == 0 || leaf.bytes() < mostBytes)) {
        next(reader);
        rows++;
      }
      long bytes = leaf.bytes();
      Rows read = new Rows(take(), rows, bytes);
      whole = true;
      return read;
    } finally {
      passOn(rows, whole);
    }
  }

  private synchronized void await(long from) throws StoreException {
    try {
      while (position < from && !failed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Code.CANCELLED, "the thread was interrupted", e);
    }
    if (failed) {
      throw new StoreException(Code.INVALID_VALUE, "the rows before cannot be read");
    }
  }

  private synchronized void passOn(int rows, boolean whole) {
    position += rows;
    failed = !whole;
    notifyAll();
  }

  private ColumnReader open() throws IOException {
    ColumnReader reader = opened;
    if (reader == null) {
      reader =
          new ColumnReaderImpl(
              path, new ChunkPages(channel, chunk), new PrimitiveConverter() {}, writer);
      opened = reader;
    }
    return reader;
  }

  private void next(ColumnReader reader) throws StoreException {
    require();
    if (levels.length == 0) {
      value(reader, reader.getCurrentDefinitionLevel());
      return;
    }
    do {
      token(reader, reader.getCurrentRepetitionLevel(), reader.getCurrentDefinitionLevel());
    } while (left > 0 && reader.getCurrentRepetitionLevel() > 0);
  }

  private void require() throws StoreException {
    if (left <= 0) {
      throw new StoreException(Code.INVALID_VALUE, "fewer values than rows");
    }
  }

  private void value(ColumnReader reader, int definition) throws StoreException {
    if (definition == most) {
      leaf.add(reader);
    } else {
      leaf.addNull();
    }
    consume(reader);
  }

  private void consume(ColumnReader reader) {
    left--;
    reader.consume();
  }

  /**
   * One value, or one list that has none.
   *
   * @param repetition the level of the list that it is another element of; 0 for a new row
   */
  private void token(ColumnReader reader, int repetition, int definition) throws StoreException {
    for (int level = repetition; level < lists.length; level++) {
      lists[level].begin(elements(level), definition >= levels[level]);
      if (definition <= levels[level]) {
        consume(reader); // the list is NULL or empty
        return;
      }
    }
    value(reader, definition);
  }

  /** Elements that lists of a level have so far. */
  private int elements(int level) {
    return level == lists.length - 1 ? leaf.count() : lists[level + 1].count();
  }

  private Cells take() throws StoreException {
    int end = leaf.count();
    Cells cells = leaf.take();
    for (int level = lists.length - 1; level >= 0; level--) {
      int count = lists[level].count();
      cells = lists[level].take(cells, end);
      end = count;
    }
    return cells;
  }
}
