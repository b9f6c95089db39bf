package io.versor.columnar.parquet;

import io.versor.columnar.CellRange;
import io.versor.columnar.CellRows;
import io.versor.engine.copy.DecodedRows;
import io.versor.engine.copy.RawRows;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a row group, which are decoded column by column: the thread that has the rows behind
 * them follows, a column or more later. Their number is planned by what rows take on average; where
 * they take much more, those that are too many are left for later.
 */
final class GroupRows implements RawRows {
  /** Bytes at which rows are left for later: twice what was planned. */
  private static final long MOST_BYTES = 2 * ParquetReader.PORTION_BYTES;

  /** Rows of a column that were read with others before them. */
  private record Ahead(CellRange range, int rows) {}

  private final ParquetReader reader;
  private final List<Optional<ColumnStream>> streams;
  private final long from;
  private final int count;
  private final long number;

  /** Of columns that were decoded with rows before these; null for others. */
  private final List<@Nullable Ahead> ahead;

  private @Nullable List<Optional<CellRange>> columns;
  private int rows;
  private Optional<RawRows> rest = Optional.empty();

  private GroupRows(
      ParquetReader reader,
      List<Optional<ColumnStream>> streams,
      long from,
      int count,
      long number,
      List<@Nullable Ahead> ahead) {
    this.reader = reader;
    this.streams = streams;
    this.from = from;
    this.count = count;
    this.number = number;
    this.ahead = ahead;
  }

  /**
   * @param from the first row, in its row group from 0
   * @param number of that row in the file, from 1
   */
  static GroupRows of(
      ParquetReader reader,
      List<Optional<ColumnStream>> streams,
      long from,
      int count,
      long number) {
    List<@Nullable Ahead> none = new ArrayList<>(Collections.nCopies(streams.size(), null));
    return new GroupRows(reader, streams, from, count, number, none);
  }

  @Override
  public synchronized DecodedRows decode() throws StoreException {
    List<Optional<CellRange>> decoded = columns;
    if (decoded == null) {
      decoded = read();
      columns = decoded;
    }
    return new CellRows(reader.name(), reader.wanted(), decoded, number, rows, rest);
  }

  private List<Optional<CellRange>> read() throws StoreException {
    try {
      return columns();
    } catch (IOException | RuntimeException e) {
      // Whatever the decoder stumbles over: all of it is foreign data.
      throw new StoreException(
          Code.INVALID_VALUE,
          reader.name() + ": damaged at row " + number + " or behind it (" + e.getMessage() + ")",
          e);
    } catch (StoreException e) {
      throw new StoreException(
          e.code(), reader.name() + ", at row " + number + ": " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      // One array for a page: nothing else was touched.
      throw new StoreException(
          Code.MEMORY, reader.name() + ": no room in the heap for a page; raise -Xmx", e);
    }
  }

  private List<Optional<CellRange>> columns() throws IOException, StoreException {
    List<Optional<CellRange>> read = new ArrayList<>(streams.size());
    int[] has = new int[streams.size()];
    int least = count;
    for (@Nullable Ahead before : ahead) {
      least = before == null ? least : Math.min(least, before.rows());
    }
    long bytes = 0;
    for (int i = 0; i < has.length; i++) {
      Ahead before = ahead.get(i);
      if (before != null) {
        has[i] = before.rows();
        read.add(Optional.of(before.range()));
      } else if (streams.get(i).isPresent()) {
        ColumnStream.Rows next = streams.get(i).get().read(from, least, MOST_BYTES - bytes);
        has[i] = next.rows();
        least = next.rows();
        bytes += next.bytes();
        read.add(Optional.of(new CellRange(next.cells(), 0)));
      } else {
        read.add(Optional.empty());
      }
    }
    rows = least;
    reader.expect(bytes / least);
    if (least < count) {
      rest = Optional.of(rest(read, has));
    } else {
      reader.spend();
    }
    return read;
  }

  /** The rows that not all columns have. */
  private GroupRows rest(List<Optional<CellRange>> read, int[] has) {
    List<@Nullable Ahead> more = new ArrayList<>(has.length);
    for (int i = 0; i < has.length; i++) {
      boolean any = has[i] > rows;
      CellRange range = any ? read.get(i).orElseThrow() : null;
      more.add(
          range == null
              ? null
              : new Ahead(new CellRange(range.cells(), range.from() + rows), has[i] - rows));
    }
    return new GroupRows(reader, streams, from + rows, count - rows, number + rows, more);
  }
}
