package io.versor.engine.exec;

import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.jspecify.annotations.Nullable;

/**
 * A node that gives rows of random batches: some with rows that do not count among them, some with
 * texts as codes. The same rows as objects: those of {@link RowObjects}, and the bytes and shapes
 * of samples that have no such object as a text.
 */
final class MemoryRows extends AbstractRelNode {
  /** Fills one sample. */
  interface Sample {
    void append(int column, VectorBuffer to, Random random) throws StoreException;
  }

  final List<TensorType> types;
  final List<List<@Nullable Object>> rows = new ArrayList<>();
  private final long seed;
  private final int count;
  private final Sample sample;
  private final double estimatedRows;

  /**
   * @param estimatedRows what is said of it, true or not
   */
  MemoryRows(
      RelOptCluster cluster,
      VersorTypeFactory factory,
      List<TensorType> types,
      long seed,
      int count,
      double estimatedRows,
      Sample sample) {
    super(cluster, cluster.traitSet());
    this.types = types;
    this.seed = seed;
    this.count = count;
    this.estimatedRows = estimatedRows;
    this.sample = sample;
    RelDataTypeFactory.Builder row = factory.builder();
    for (int i = 0; i < types.size(); i++) {
      row.add("c" + i, SqlTypes.toSql(types.get(i), true, factory));
    }
    this.rowType = row.build();
  }

  /** Reading them also fills {@link #rows}, anew each time. */
  PlanLeaf leaf(BufferAllocator allocator) {
    return new PlanLeaf() {
      @Override
      public List<TensorType> types() {
        return types;
      }

      @Override
      public double estimatedRows() {
        return estimatedRows;
      }

      @Override
      public RowSource open() {
        rows.clear();
        return new Source(allocator);
      }
    };
  }

  static @Nullable Object value(Vector vector, int row) {
    TensorType type = vector.type();
    if (vector.isNull(row)) {
      return null;
    }
    if (type.htype() == Htype.CLASS_LABEL) {
      return type.labels().get((int) vector.longAt(row));
    }
    if (type.shape().rank() == 0 && type.dtype() != Dtype.BYTES && type.dtype() != Dtype.UUID) {
      return switch (type.dtype()) {
        case FLOAT32, FLOAT64 -> vector.doubleAt(row);
        case UTF8 -> vector.textAt(row);
        case DECIMAL -> vector.decimalAt(row);
        default -> vector.longAt(row);
      };
    }
    return Arrays.toString(vector.bytesAt(row)) + Arrays.toString(vector.shapeAt(row));
  }

  private final class Source implements RowSource {
    private final Random random = new Random(seed);
    private final List<VectorBuffer> buffers = new ArrayList<>();
    private final List<VectorBuffer> codes = new ArrayList<>();
    private final List<Vector> vectors = new ArrayList<>();
    private int left = count;
    private int length;
    private int selected;
    private int @Nullable [] selection;

    Source(BufferAllocator allocator) {
      for (TensorType type : types) {
        buffers.add(new VectorBuffer(type, allocator));
        codes.add(new VectorBuffer(TensorType.scalar(Dtype.INT32), allocator));
      }
    }

    @Override
    public boolean next() throws StoreException {
      if (left == 0) {
        return false;
      }
      length = 1 + random.nextInt(random.nextInt(10) == 0 ? 3_000 : 40);
      int[] some = random.ints(0, length).limit(length).sorted().distinct().toArray();
      boolean all = random.nextBoolean();
      selected = Math.min(left, all ? length : some.length);
      selection = all && selected == length ? null : some;
      if (all && selected < length) {
        length = selected;
        selection = null;
      }
      left -= selected;
      vectors.clear();
      for (int c = 0; c < types.size(); c++) {
        boolean coded = types.get(c).dtype() == Dtype.UTF8 && random.nextInt(3) == 0;
        vectors.add(coded ? coded(c) : plain(c));
      }
      for (int i = 0; i < selected; i++) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Vector vector : vectors) {
          row.add(value(vector, selection == null ? i : selection[i]));
        }
        rows.add(row);
      }
      return true;
    }

    private Vector plain(int column) throws StoreException {
      VectorBuffer buffer = buffers.get(column);
      buffer.clear();
      for (int i = 0; i < length; i++) {
        if (random.nextInt(7) == 0) {
          buffer.appendNull();
        } else {
          sample.append(column, buffer, random);
        }
      }
      return buffer.vector();
    }

    private Vector coded(int column) throws StoreException {
      VectorBuffer dictionary = buffers.get(column);
      dictionary.clear();
      int size = 1 + random.nextInt(5);
      for (int i = 0; i < size; i++) {
        sample.append(column, dictionary, random);
      }
      VectorBuffer numbers = codes.get(column);
      numbers.clear();
      for (int i = 0; i < length; i++) {
        if (random.nextInt(7) == 0) {
          numbers.appendNull();
        } else {
          numbers.appendLong(random.nextInt(size));
        }
      }
      Vector made = numbers.vector();
      return Vector.coded(length, made.validity(), made.data(), dictionary.vector(), this);
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public int selected() {
      return selected;
    }

    @Override
    public int @Nullable [] selection() {
      return selection;
    }

    @Override
    public Vector column(int i) {
      return vectors.get(i);
    }

    @Override
    public Vector column(int i, int[] some, int n) {
      return vectors.get(i);
    }

    @Override
    public void close() {
      buffers.forEach(VectorBuffer::close);
      codes.forEach(VectorBuffer::close);
    }
  }

  /** Whether SQL's {@code =} holds of two values that are not NULL. */
  static boolean equal(Object left, Object right) {
    if (left instanceof Double || right instanceof Double) {
      double a = ((Number) left).doubleValue();
      double b = ((Number) right).doubleValue();
      return a == b || Double.isNaN(a) && Double.isNaN(b);
    }
    if (left instanceof Number && right instanceof Number) {
      return number(left).compareTo(number(right)) == 0;
    }
    return left.equals(right);
  }

  private static BigDecimal number(Object value) {
    return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Long) value);
  }
}
