package io.versor.format.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Layout;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Samples as a plain list: what columns and chunks are compared with. */
final class Model {
  /** A sample, or NULL without bytes. */
  record Cell(byte @Nullable [] bytes, int[] shape) {}

  /** How the values of a column are spread: each leads to another encoding. */
  enum Spread {
    CONSTANT,
    FEW,
    NARROW,
    WIDE,
    EXTREMES
  }

  private static final Cell NULL = new Cell(null, new int[0]);

  private final TensorType type;
  private final List<Cell> cells = new ArrayList<>();

  private Model(TensorType type) {
    this.type = type;
  }

  static final List<TensorType> TYPES = types();

  private static List<TensorType> types() {
    List<TensorType> types = new ArrayList<>();
    for (Dtype dtype : Dtype.values()) {
      types.add(dtype == Dtype.DECIMAL ? TensorType.decimal(38, 4) : TensorType.scalar(dtype));
      if (dtype.isNumber()) {
        types.add(TensorType.tensor(dtype, Shape.of(2, 3)));
        types.add(TensorType.tensor(dtype, Shape.of(Shape.RAGGED)));
      }
    }
    types.add(TensorType.text());
    types.add(TensorType.json());
    types.add(TensorType.classLabel(List.of("cat", "dog")));
    types.add(TensorType.embedding(5));
    types.add(TensorType.bbox());
    types.add(TensorType.binaryMask());
    types.add(TensorType.polygon());
    types.add(TensorType.media(Htype.IMAGE, Optional.of("jpeg")));
    types.add(TensorType.media(Htype.AUDIO, Optional.empty()));
    types.add(TensorType.media(Htype.VIDEO, Optional.empty()));
    types.add(TensorType.sequence(TensorType.text()));
    types.add(TensorType.sequence(TensorType.media(Htype.IMAGE, Optional.empty())));
    return types;
  }

  static Model random(TensorType type, Spread spread, int rows, double nulls, Random random) {
    Model model = new Model(type);
    List<Cell> few = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      few.add(cell(type, Spread.WIDE, random));
    }
    for (int i = 0; i < rows; i++) {
      if (random.nextDouble() < nulls) {
        model.cells.add(NULL);
      } else if (spread == Spread.CONSTANT) {
        model.cells.add(few.get(0));
      } else if (spread == Spread.FEW) {
        model.cells.add(few.get(random.nextInt(3)));
      } else {
        model.cells.add(cell(type, spread, random));
      }
    }
    return model;
  }

  private static Cell cell(TensorType type, Spread spread, Random random) {
    int width = type.elementWidth();
    int[] shape = new int[type.storedRank()];
    int elements = type.layout() == Layout.FIXED ? type.shape().elements() : random.nextInt(12);
    if (type.storedRank() > 0) {
      for (int d = 0; d < shape.length; d++) {
        boolean described = type.htype().describedRank() > 0;
        int extent = described ? Shape.RAGGED : type.shape().extent(d);
        shape[d] = extent == Shape.RAGGED ? random.nextInt(5) : extent;
      }
      elements = type.htype().describedRank() > 0 ? elements : product(shape);
    }
    if (type.dtype() == Dtype.UTF8) {
      return new Cell(text(spread, random).getBytes(StandardCharsets.UTF_8), shape);
    }
    byte[] bytes = new byte[elements * width];
    for (int i = 0; i < elements; i++) {
      element(type, spread, random, bytes, i * width);
    }
    return new Cell(bytes, shape);
  }

  private static int product(int[] shape) {
    int product = 1;
    for (int extent : shape) {
      product *= extent;
    }
    return product;
  }

  private static String text(Spread spread, Random random) {
    String[] words = {"", "a", "naïve", "日本", "😀", "versor"};
    StringBuilder text = new StringBuilder();
    int count = spread == Spread.NARROW ? 1 : random.nextInt(9);
    for (int i = 0; i < count; i++) {
      text.append(words[random.nextInt(words.length)]);
    }
    return spread == Spread.EXTREMES ? text.toString() + random.nextLong() : text.toString();
  }

  private static void element(TensorType type, Spread spread, Random random, byte[] bytes, int at) {
    Dtype dtype = type.dtype();
    int width = type.elementWidth();
    if (dtype == Dtype.BOOL) {
      bytes[at] = (byte) random.nextInt(2);
    } else if (dtype == Dtype.TIME) {
      Bytes.putLong(bytes, at, Math.floorMod(random.nextLong(), 86_400_000_000L));
    } else if (dtype == Dtype.UUID) {
      Bytes.putLong(bytes, at, spread == Spread.NARROW ? 0 : random.nextLong());
      Bytes.putLong(bytes, at + 8, random.nextLong());
    } else if (dtype == Dtype.DECIMAL) {
      long low = spread == Spread.NARROW ? random.nextInt(1000) - 500 : random.nextLong();
      Bytes.putLong(bytes, at, low);
      Bytes.putLong(bytes, at + 8, spread == Spread.EXTREMES ? random.nextInt(99) : low >> 63);
    } else {
      long value =
          switch (spread) {
            case NARROW -> random.nextInt(20) - 7;
            case EXTREMES -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            default -> random.nextLong();
          };
      // Extremes of the width, not of 64 bits cut off.
      long cut = spread == Spread.EXTREMES ? value >> (64 - 8 * Math.min(width, 8)) : value;
      Bytes.putNumber(bytes, at, width, cut);
    }
  }

  TensorType type() {
    return type;
  }

  int rows() {
    return cells.size();
  }

  Cell cell(int row) {
    return cells.get(row);
  }

  Model slice(int from, int count) {
    Model slice = new Model(type);
    slice.cells.addAll(cells.subList(from, from + count));
    return slice;
  }

  Model and(Model other) {
    Model both = slice(0, rows());
    both.cells.addAll(other.cells);
    return both;
  }

  void set(int row, Cell cell) {
    cells.set(row, cell);
  }

  HeapColumn column() throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(type);
    appendTo(builder);
    return builder.column();
  }

  void appendTo(ColumnBuilder builder) throws StoreException {
    for (Cell cell : cells) {
      byte[] bytes = cell.bytes();
      if (bytes == null) {
        builder.appendNull();
      } else if (type.layout() == Layout.FIXED) {
        builder.appendFixed(bytes, 0);
      } else if (type.storedRank() == 0) {
        builder.appendBytes(bytes, 0, bytes.length);
      } else {
        builder.appendSample(bytes, 0, bytes.length, cell.shape());
      }
    }
  }

  void assertEqualTo(HeapColumn column) {
    assertEquals(rows(), column.rows());
    for (int i = 0; i < rows(); i++) {
      Cell cell = cells.get(i);
      assertEquals(cell.bytes() == null, column.isNull(i), "NULL at row " + i);
      if (cell.bytes() != null) {
        assertArrayEquals(cell.bytes(), column.bytesAt(i), "row " + i);
        if (type.storedRank() > 0) {
          assertArrayEquals(cell.shape(), column.shapeAt(i), "shape of row " + i);
        }
      }
    }
  }

  void assertEqualTo(Vector vector) {
    assertEquals(rows(), vector.length());
    for (int i = 0; i < rows(); i++) {
      Cell cell = cells.get(i);
      assertEquals(cell.bytes() == null, vector.isNull(i), "NULL at row " + i);
      if (cell.bytes() != null) {
        assertArrayEquals(cell.bytes(), vector.bytesAt(i), "row " + i);
        if (type.storedRank() > 0) {
          assertArrayEquals(cell.shape(), vector.shapeAt(i), "shape of row " + i);
        }
      }
    }
  }

  /** A stored chunk in memory of its own, as in a mapped pack. */
  static final class Stored implements AutoCloseable {
    private final ArrowBuf memory;
    private final int length;

    Stored(byte[] chunk, BufferAllocator allocator) {
      this.memory = allocator.buffer(Math.max(1, chunk.length));
      this.length = chunk.length;
      if (length > 0) {
        Memory.copy(chunk, 0, memory.memoryAddress(), length);
      }
    }

    ChunkSource source() {
      return source((offset, bytes) -> checkRange(offset, bytes, length));
    }

    ChunkSource source(RangeCheck check) {
      return new ChunkSource(memory.memoryAddress(), length, "test chunk", memory, check);
    }

    private static void checkRange(long offset, long bytes, int length) {
      if (offset < 0 || bytes < 0 || offset + bytes > length) {
        throw new AssertionError("bytes " + offset + " + " + bytes + " of " + length);
      }
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
