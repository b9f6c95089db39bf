package io.versor.bench.peers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The generated rows as a stream of Arrow batches. */
abstract class LanceRows extends ArrowReader {
  private static final Field ID = Field.notNullable("id", new ArrowType.Int(64, true));
  private static final Schema VECTORS =
      new Schema(
          List.of(
              ID,
              Field.nullable("label", new ArrowType.Int(32, true)),
              Field.nullable("caption", ArrowType.Utf8.INSTANCE),
              new Field(
                  "e",
                  FieldType.nullable(new ArrowType.FixedSizeList(Rows.EXTENT)),
                  List.of(
                      Field.nullable(
                          "item", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE))))));
  private static final Schema BLOBS =
      new Schema(List.of(ID, Field.nullable("b", ArrowType.Binary.INSTANCE)));

  private final Schema schema;
  private final int batch;
  private long next;
  private final long end;

  private LanceRows(BufferAllocator allocator, Schema schema, int batch, long first, long end) {
    super(allocator);
    this.schema = schema;
    this.batch = batch;
    next = first;
    this.end = end;
  }

  static LanceRows vectors(BufferAllocator allocator, long first, long end) {
    return vectors(allocator, first, end, row -> row, Rows::label);
  }

  /** The rows of these ids with other labels. */
  static LanceRows changed(BufferAllocator allocator, long[] ids, Map<Long, Integer> labels) {
    return vectors(allocator, 0, ids.length, row -> ids[(int) row], labels::get);
  }

  private interface Labels {
    int of(long id);
  }

  private static LanceRows vectors(
      BufferAllocator allocator, long first, long end, LongUnaryOperator id, Labels labels) {
    return new LanceRows(allocator, VECTORS, 8_192, first, end) {
      @Override
      void fill(VectorSchemaRoot root, long first, int rows) {
        FixedSizeListVector vectors = (FixedSizeListVector) root.getVector("e");
        Float4Vector numbers = (Float4Vector) vectors.getDataVector();
        for (int i = 0; i < rows; i++) {
          long row = id.applyAsLong(first + i);
          ((BigIntVector) root.getVector("id")).setSafe(i, row);
          ((IntVector) root.getVector("label")).setSafe(i, labels.of(row));
          ((VarCharVector) root.getVector("caption"))
              .setSafe(i, Rows.caption(row).getBytes(StandardCharsets.UTF_8));
          vectors.setNotNull(i);
          float[] vector = Rows.embedding(row);
          for (int k = 0; k < vector.length; k++) {
            numbers.setSafe(i * Rows.EXTENT + k, vector[k]);
          }
        }
      }
    };
  }

  static LanceRows blobs(BufferAllocator allocator, int rows) {
    return new LanceRows(allocator, BLOBS, 256, 0, rows) {
      @Override
      void fill(VectorSchemaRoot root, long first, int count) {
        for (int i = 0; i < count; i++) {
          ((BigIntVector) root.getVector("id")).setSafe(i, first + i);
          ((VarBinaryVector) root.getVector("b")).setSafe(i, Rows.blob(first + i));
        }
      }
    };
  }

  abstract void fill(VectorSchemaRoot root, long first, int rows);

  @Override
  public boolean loadNextBatch() throws java.io.IOException {
    if (next >= end) {
      return false;
    }
    VectorSchemaRoot root = getVectorSchemaRoot();
    int rows = (int) Math.min(batch, end - next);
    root.clear();
    fill(root, next, rows);
    root.setRowCount(rows);
    next += rows;
    return true;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    return schema;
  }
}
