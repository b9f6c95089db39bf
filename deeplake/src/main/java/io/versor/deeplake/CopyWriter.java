package io.versor.deeplake;

import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.StopSignal;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads samples and appends them, some megabytes at a time. */
final class CopyWriter implements Writer {
  private static final long BATCH_BYTES = 8L << 20;
  private static final int FIRST_ROWS = 16;
  private static final int MOST_ROWS = 1 << 16;

  /** Read on from one batch to the next, since the reader keeps its chunk. */
  private final Map<Tensor, Samples> readers = new HashMap<>();

  private int rowsOfBatch = FIRST_ROWS;

  @Override
  public RowList append(Transaction transaction, long tableId, long rows, List<Source> columns)
      throws StoreException {
    readers.clear();
    TableSchema schema = transaction.snapshot().findTable(tableId).orElseThrow().schema();
    RowList ids = RowList.EMPTY;
    for (long done = 0; done < rows; ) {
      StopSignal.check();
      int count = (int) Math.min(rowsOfBatch, rows - done);
      List<HeapColumn> batch = new ArrayList<>();
      long bytes = 1;
      for (Column column : schema.columns()) {
        ColumnBuilder builder = new ColumnBuilder(column.type(), count);
        Source source = find(columns, column.id());
        if (source == null) {
          builder.appendNulls(count);
        } else {
          samples(source).append(source.samples().runs().get(0).from() + done, count, builder);
        }
        HeapColumn samples = builder.column();
        bytes += samples.bytes();
        batch.add(samples);
      }
      ids = ids.with(transaction.append(tableId, batch), count);
      done += count;
      resize(count, bytes);
    }
    return ids;
  }

  private static @Nullable Source find(List<Source> columns, long id) {
    return columns.stream().filter(each -> each.columnId() == id).findFirst().orElse(null);
  }

  private Samples samples(Source source) {
    return readers.computeIfAbsent(source.places().tensor(), Samples::new);
  }

  /** The next batch is to have about as many bytes as it should. */
  private void resize(int rows, long bytes) {
    long fitting = Math.max(1, rows * BATCH_BYTES / bytes);
    rowsOfBatch = (int) Math.min(Math.min(MOST_ROWS, fitting), 8L * rows);
  }

  @Override
  public void update(Transaction transaction, long tableId, long[] rowIds, Source source)
      throws StoreException {
    readers.clear();
    int done = 0;
    int most = FIRST_ROWS;
    for (Positions.Run run : source.samples().runs()) {
      for (long at = run.from(); at < run.to(); ) {
        StopSignal.check();
        int count = (int) Math.min(most, run.to() - at);
        ColumnBuilder builder = new ColumnBuilder(source.type(), count);
        samples(source).append(at, count, builder);
        HeapColumn values = builder.column();
        transaction.update(
            tableId, source.columnId(), Arrays.copyOfRange(rowIds, done, done + count), values);
        done += count;
        at += count;
        most =
            (int)
                Math.max(1, Math.min(MOST_ROWS, count * BATCH_BYTES / Math.max(1, values.bytes())));
      }
    }
  }
}
