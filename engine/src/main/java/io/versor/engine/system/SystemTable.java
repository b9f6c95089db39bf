package io.versor.engine.system;

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
    List<HeapColumn> columns = sink.columns();
    return new HeapScan(
        fields(),
        request.fields(),
        request.fields().stream().map(columns::get).toList(),
        sink.rows(),
        allocator);
  }
}
