package io.versor.engine.system;

import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.schema.Schema;

/** A table whose rows are made when it is read. */
final class SystemTable extends VersorTable {
  /** Rows of one batch. */
  private static final int BATCH_ROWS = 2_048;

  /** Makes the rows. */
  @FunctionalInterface
  interface Rows {
    void fill(RowSink sink, Versions versions) throws StoreException;
  }

  /** Makes the rows that a request can need. */
  @FunctionalInterface
  interface RequestedRows {
    void fill(RowSink sink, Versions versions, FieldRequest request) throws StoreException;
  }

  private final RequestedRows rows;

  SystemTable(TableSchema schema, Rows rows) {
    this(Versions.SYSTEM, schema, (sink, versions, request) -> rows.fill(sink, versions));
  }

  SystemTable(String schemaName, TableSchema schema, RequestedRows rows) {
    super(schemaName, schema, false);
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
    rows.fill(sink, versions, request);
    return new Scan(sink.columns(), sink.rows(), fields(), request.fields(), allocator);
  }

  private static final class Scan extends BufferedScan {
    private final List<HeapColumn> columns;
    private final int rows;
    private int from;

    Scan(
        List<HeapColumn> columns,
        int rows,
        List<Field> fields,
        List<Integer> asked,
        BufferAllocator allocator) {
      super(fields, asked, allocator);
      this.columns = columns;
      this.rows = rows;
    }

    @Override
    public boolean next() throws StoreException {
      from += length;
      length = Math.min(BATCH_ROWS, rows - from);
      for (int i = 0; i < buffers.size(); i++) {
        buffers.get(i).clear();
        if (length > 0) {
          buffers.get(i).append(columns.get(asked.get(i)), from, length);
        }
      }
      return length > 0;
    }
  }
}
