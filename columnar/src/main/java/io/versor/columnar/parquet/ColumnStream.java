package io.versor.columnar.parquet;

import io.versor.columnar.Bounds;
import io.versor.columnar.Cells;
import io.versor.columnar.ListCells;
import io.versor.columnar.LittleBytes;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/** The rows of one field in one row group. One thread. */
final class ColumnStream {
  private final ColumnReader reader;
  private final int most;
  private final int[] levels;
  private final Leaf leaf;
  private final Lists[] lists;
  private long left;

  /** Lists of one level. */
  private static final class Lists {
    private final LittleBytes starts = new LittleBytes();
    private final LittleBytes valid = new LittleBytes();
    private int count;
    private boolean anyNull;

    void begin(int start, boolean given) throws StoreException {
      starts.putInt(start);
      valid.putBit(count++, given);
      anyNull |= !given;
    }

    Cells take(Cells elements, int end) throws StoreException {
      starts.putInt(end);
      ByteBuffer bits = anyNull ? valid.written() : null;
      Cells cells = new ListCells(elements, Bounds.ints(starts.written()), bits);
      starts.renew();
      valid.renew();
      count = 0;
      anyNull = false;
      return cells;
    }
  }

  ColumnStream(
      FileChannel channel,
      ParquetField field,
      ColumnChunkMetaData chunk,
      @Nullable ParsedVersion writer)
      throws IOException {
    ColumnDescriptor path = field.path().orElseThrow();
    this.most = path.getMaxDefinitionLevel();
    this.levels = field.levels();
    this.leaf = new Leaf(path.getPrimitiveType());
    this.lists = new Lists[levels.length];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = new Lists();
    }
    this.left = chunk.getValueCount();
    this.reader =
        new ColumnReaderImpl(
            path, new ChunkPages(channel, chunk), new PrimitiveConverter() {}, writer);
  }

  /** About the bytes gathered since the last {@link #take}. */
  long bytes() {
    return leaf.bytes();
  }

  /** Reads one row. */
  void next() throws StoreException {
    require();
    if (levels.length == 0) {
      value(reader.getCurrentDefinitionLevel());
      return;
    }
    do {
      token(reader.getCurrentRepetitionLevel(), reader.getCurrentDefinitionLevel());
    } while (left > 0 && reader.getCurrentRepetitionLevel() > 0);
  }

  private void require() throws StoreException {
    if (left <= 0) {
      throw new StoreException(Code.INVALID_VALUE, "fewer values than rows");
    }
  }

  private void value(int definition) throws StoreException {
    if (definition == most) {
      leaf.add(reader);
    } else {
      leaf.addNull();
    }
    consume();
  }

  private void consume() {
    left--;
    reader.consume();
  }

  /**
   * One value, or one list that has none.
   *
   * @param repetition the level of the list that it is another element of; 0 for a new row
   */
  private void token(int repetition, int definition) throws StoreException {
    for (int level = repetition; level < lists.length; level++) {
      lists[level].begin(elements(level), definition >= levels[level]);
      if (definition <= levels[level]) {
        consume(); // the list is NULL or empty
        return;
      }
    }
    value(definition);
  }

  /** Elements that lists of a level have so far. */
  private int elements(int level) {
    return level == lists.length - 1 ? leaf.count() : lists[level + 1].count;
  }

  /** The rows read since the last call. */
  Cells take() throws StoreException {
    int end = leaf.count();
    Cells cells = leaf.take();
    for (int level = lists.length - 1; level >= 0; level--) {
      int count = lists[level].count;
      cells = lists[level].take(cells, end);
      end = count;
    }
    return cells;
  }
}
