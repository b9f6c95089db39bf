package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A batch of all kinds of columns with NULLs, some rows of it selected, and the same as objects.
 */
final class RandomBatch implements Batch, AutoCloseable {
  static final TensorType LABELS = TensorType.classLabel(List.of("cat", "dog", "eel"));

  /** Column numbers are positions in this list. */
  static final List<TensorType> TYPES =
      List.of(
          TensorType.scalar(Dtype.INT32),
          TensorType.scalar(Dtype.INT64),
          TensorType.scalar(Dtype.FLOAT64),
          TensorType.decimal(6, 2),
          TensorType.text(),
          TensorType.scalar(Dtype.BOOL),
          LABELS,
          TensorType.scalar(Dtype.DATE),
          TensorType.time(Dtype.TIMESTAMP, 6),
          TensorType.scalar(Dtype.INT8),
          TensorType.scalar(Dtype.FLOAT32),
          TensorType.scalar(Dtype.UINT16));

  private static final String[] TEXTS = {"", "a", "ab", "b", "\u00e9", "cat", "0123456789"};
  private static final double[] DOUBLES = {0, -1, 0.5, 2.5, 1e300, Double.NaN, -2.5, 7};

  private final List<VectorBuffer> buffers = new ArrayList<>();

  /** Values by column and row: Long, Double, BigDecimal, String, Boolean; null for NULL. */
  final List<List<@Nullable Object>> values = new ArrayList<>();

  private final int length;
  private final int @Nullable [] selection;
  private final int selected;

  RandomBatch(Random random, BufferAllocator allocator) throws StoreException {
    length = 1 + random.nextInt(40);
    double nulls = random.nextInt(3) * 0.25;
    for (TensorType type : TYPES) {
      VectorBuffer buffer = new VectorBuffer(type, allocator);
      buffers.add(buffer);
      List<@Nullable Object> column = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        if (random.nextDouble() < nulls) {
          column.add(null);
          buffer.appendNull();
        } else {
          column.add(append(buffer, type, random));
        }
      }
      values.add(column);
    }
    if (random.nextBoolean()) {
      selection = null;
      selected = length;
    } else {
      int[] some = random.ints(0, length).limit(length).sorted().distinct().toArray();
      selection = some;
      selected = some.length;
    }
  }

  private static Object append(VectorBuffer buffer, TensorType type, Random random)
      throws StoreException {
    if (type.htype() == Htype.CLASS_LABEL) {
      int code = random.nextInt(type.labels().size());
      buffer.appendLong(code);
      return type.labels().get(code);
    }
    switch (type.dtype()) {
      case FLOAT64, FLOAT32 -> {
        double value = DOUBLES[random.nextInt(DOUBLES.length)];
        value = type.dtype() == Dtype.FLOAT32 && value > 1e30 ? 1e30f : value;
        buffer.appendDouble(value);
        return value;
      }
      case DECIMAL -> {
        BigDecimal value = BigDecimal.valueOf(random.nextInt(2_000) - 1_000, 2);
        buffer.appendDecimal(value);
        return value;
      }
      case UTF8 -> {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        buffer.appendText(text);
        return text;
      }
      case BOOL -> {
        boolean value = random.nextBoolean();
        buffer.appendLong(value ? 1 : 0);
        return value;
      }
      default -> {
        boolean unsigned = type.dtype().isUnsigned();
        long value = unsigned ? random.nextInt(9) : random.nextInt(9) - 4;
        if (random.nextInt(20) == 0) {
          value =
              switch (type.dtype()) {
                case INT8 -> Byte.MAX_VALUE;
                case UINT16 -> 0xFFFF;
                case INT64 -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
                case INT32 -> random.nextBoolean() ? Integer.MAX_VALUE : Integer.MIN_VALUE;
                default -> value;
              };
        }
        buffer.appendLong(value);
        return value;
      }
    }
  }

  /** A row's values in the order of columns. */
  List<@Nullable Object> row(int row) {
    List<@Nullable Object> found = new ArrayList<>();
    for (List<@Nullable Object> column : values) {
      found.add(column.get(row));
    }
    return found;
  }

  /** The k-th selected row. */
  int rowAt(int k) {
    return selection == null ? k : selection[k];
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
  public Vector column(int i) throws StoreException {
    return buffers.get(i).vector();
  }

  @Override
  public Vector column(int i, int[] rows, int count) throws StoreException {
    return column(i);
  }

  @Override
  public void close() {
    buffers.forEach(VectorBuffer::close);
  }
}
