package io.versor.engine.system;

import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.schema.Schema;
import org.jspecify.annotations.Nullable;

/** A table whose rows are made when it is read. */
final class SystemTable extends VersorTable {
  /** Rows of one batch. */
  private static final int BATCH_ROWS = 2_048;

  /** Makes the rows. */
  @FunctionalInterface
  interface Rows {
    void fill(RowSink sink, Versions versions) throws StoreException;
  }

  private final Rows rows;

  SystemTable(TableSchema schema, Rows rows) {
    super(Versions.SYSTEM, schema, false);
    this.rows = rows;
  }

  static Column text(String name) {
    return Column.of(name, TensorType.varchar(0));
  }

  static Column number(String name) {
    return Column.of(name, TensorType.scalar(Dtype.INT64));
  }

  static Column flag(String name) {
    return Column.of(name, TensorType.scalar(Dtype.BOOL)).notNull();
  }

  static Column instant(String name) {
    return Column.of(name, TensorType.scalar(Dtype.TIMESTAMP)).notNull();
  }

  @Override
  public Schema.TableType getJdbcTableType() {
    return Schema.TableType.SYSTEM_TABLE;
  }

  @Override
  public double estimatedRows() {
    return 100;
  }

  @Override
  public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator)
      throws StoreException {
    RowSink sink = new RowSink(schema());
    rows.fill(sink, versions);
    List<HeapColumn> columns = sink.columns();
    List<HeapColumn> asked = new ArrayList<>();
    for (int field : request.fields()) {
      asked.add(columns.get(field));
    }
    return new Scan(asked, sink.rows(), allocator);
  }

  private static final class Scan implements FieldScan {
    private final List<HeapColumn> columns;
    private final int rows;
    private final List<VectorBuffer> buffers = new ArrayList<>();
    private int from;
    private int length;

    Scan(List<HeapColumn> columns, int rows, BufferAllocator allocator) {
      this.columns = columns;
      this.rows = rows;
      for (HeapColumn column : columns) {
        buffers.add(new VectorBuffer(column.type(), allocator));
      }
    }

    @Override
    public boolean next() throws StoreException {
      from += length;
      length = Math.min(BATCH_ROWS, rows - from);
      for (int i = 0; i < buffers.size(); i++) {
        buffers.get(i).clear();
        if (length > 0) {
          buffers.get(i).append(columns.get(i), from, length);
        }
      }
      return length > 0;
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
    public Vector field(int i) throws StoreException {
      return buffers.get(i).vector();
    }

    @Override
    public Vector field(int i, int[] rows, int count) throws StoreException {
      return field(i);
    }

    @Override
    public void close() {
      buffers.forEach(VectorBuffer::close);
    }
  }
}
