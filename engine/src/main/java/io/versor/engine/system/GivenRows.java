package io.versor.engine.system;

import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Rows of an INSERT that are not in the table, told before each run of a query: {@code EXCLUDED}.
 * Their {@code _index} is their place in the statement's rows, their {@code _rowid} that of the row
 * that has the key.
 */
public final class GivenRows extends VersorTable {
  private List<HeapColumn> columns = List.of();
  private int[] places = {};
  private long[] rowIds = {};

  public GivenRows(String schemaName, TableSchema schema) {
    super(schemaName, schema, true);
  }

  /**
   * Tells the rows.
   *
   * @param given one for each column of the table
   * @param chosen the places in these of the rows it shows
   * @param holders of each of those, the row that has its key
   */
  public void give(List<HeapColumn> given, int[] chosen, long[] holders) {
    columns = given;
    places = chosen;
    rowIds = holders;
  }

  @Override
  public boolean fits(Versions versions) {
    return true; // whoever gives the rows looks at the columns
  }

  @Override
  public double estimatedRows() {
    return 1;
  }

  @Override
  public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator)
      throws StoreException {
    List<HeapColumn> asked = new ArrayList<>();
    for (int field : request.fields()) {
      asked.add(samples(field));
    }
    return new HeapScan(fields(), request.fields(), asked, places.length, allocator);
  }

  private HeapColumn samples(int field) throws StoreException {
    return switch (fields().get(field).kind()) {
      case COLUMN, LABEL_ID -> chosen(columns.get(fields().get(field).column()));
      case INDEX -> {
        ColumnBuilder numbers = new ColumnBuilder(TensorType.scalar(Dtype.INT64), places.length);
        for (int place : places) {
          numbers.appendLong(place);
        }
        yield numbers.column();
      }
      case ROW_ID -> {
        ColumnBuilder numbers = new ColumnBuilder(TensorType.scalar(Dtype.INT64), places.length);
        for (long rowId : rowIds) {
          numbers.appendLong(rowId);
        }
        yield numbers.column();
      }
    };
  }

  private HeapColumn chosen(HeapColumn column) throws StoreException {
    if (places.length == column.rows()) {
      return column; // each of them once, in their order
    }
    ColumnBuilder chosen = new ColumnBuilder(column.type(), places.length);
    for (int place : places) {
      chosen.append(column, place, 1);
    }
    return chosen.column();
  }
}
