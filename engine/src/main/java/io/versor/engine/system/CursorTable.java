package io.versor.engine.system;

import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.work.Work;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.schema.Schema;
import org.jspecify.annotations.Nullable;

/** A table whose rows are made one by one while it is read: its first page waits for no other. */
final class CursorTable extends VersorTable {
  /** Rows of the first batch; each is four times as long as the one before, up to the last. */
  private static final int FIRST_ROWS = 64;

  private static final int MOST_ROWS = 2_048;

  /** Begins to make the rows. */
  @FunctionalInterface
  interface Rows {
    RowCursor open(FieldRequest request, Versions versions) throws StoreException;
  }

  /** Makes one row after the other. */
  @FunctionalInterface
  interface RowCursor {
    /** Adds the next row; false when there is none. */
    boolean next(RowSink sink) throws StoreException;
  }

  /** Tells whether it would be made alike in other versions. */
  @FunctionalInterface
  interface Alike {
    boolean in(Versions versions) throws StoreException;
  }

  private final Rows rows;
  private final @Nullable Alike alike;

  CursorTable(TableSchema schema, Rows rows) {
    this(schema, rows, null);
  }

  /**
   * @param alike null = as its name says
   */
  CursorTable(TableSchema schema, Rows rows, @Nullable Alike alike) {
    super(Versions.SYSTEM, schema, false);
    this.rows = rows;
    this.alike = alike;
  }

  @Override
  public boolean fits(Versions versions) throws StoreException {
    return alike == null ? super.fits(versions) : alike.in(versions);
  }

  @Override
  public Schema.TableType getJdbcTableType() {
    return Schema.TableType.SYSTEM_TABLE;
  }

  @Override
  public double estimatedRows() {
    return 1_000;
  }

  @Override
  public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator)
      throws StoreException {
    return new Scan(rows.open(request, versions), request.fields(), versions.work(), allocator);
  }

  private final class Scan extends BufferedScan {
    private final RowCursor cursor;
    private final Work work;
    private int most = FIRST_ROWS;

    Scan(RowCursor cursor, List<Integer> asked, Work work, BufferAllocator allocator) {
      super(fields(), asked, allocator);
      this.work = work;
      this.cursor = cursor;
    }

    @Override
    public boolean next() throws StoreException {
      RowSink sink = new RowSink(schema());
      while (sink.rows() < most && cursor.next(sink)) {
        work.check(); // each adds a row
      }
      most = Math.min(MOST_ROWS, most * 4);
      length = sink.rows();
      List<HeapColumn> columns = sink.columns();
      for (int i = 0; i < buffers.size(); i++) {
        buffers.get(i).clear();
        if (length > 0) {
          buffers.get(i).append(columns.get(asked.get(i)), 0, length);
        }
      }
      return length > 0;
    }
  }
}
