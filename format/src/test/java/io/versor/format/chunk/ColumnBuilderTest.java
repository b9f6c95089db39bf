package io.versor.format.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ColumnBuilderTest {
  private static final TensorType INT64 = TensorType.scalar(Dtype.INT64);

  @Provide
  Arbitrary<TensorType> types() {
    return Arbitraries.of(Model.TYPES);
  }

  /** Columns fork and grow in any order; each stays what it was when it was handed out. */
  @Property(tries = 400)
  void columnsNeverSeeWhatIsAppendedLater(@ForAll("types") TensorType type, @ForAll long seed)
      throws StoreException {
    Random random = new Random(seed);
    List<HeapColumn> columns = new ArrayList<>(List.of(new ColumnBuilder(type).column()));
    List<Model> models =
        new ArrayList<>(List.of(Model.random(type, Model.Spread.WIDE, 0, 0, random)));
    for (int step = 0; step < 30; step++) {
      int from = random.nextInt(columns.size());
      ColumnBuilder builder = ColumnBuilder.extend(columns.get(from));
      Model model = models.get(from);
      int parts = random.nextInt(3);
      for (int part = 0; part <= parts; part++) {
        Model more = Model.random(type, Model.Spread.WIDE, random.nextInt(20), 0.2, random);
        if (random.nextBoolean()) {
          more.appendTo(builder);
          model = model.and(more);
        } else {
          int source = random.nextInt(columns.size());
          int first = random.nextInt(columns.get(source).rows() + 1);
          int count = random.nextInt(columns.get(source).rows() - first + 1);
          builder.append(columns.get(source), first, count);
          model = model.and(models.get(source).slice(first, count));
        }
        if (random.nextInt(3) > 0) {
          columns.add(builder.column());
          models.add(model);
        }
        if (columns.get(from).rows() > 400) {
          columns.set(from, new ColumnBuilder(type).column());
          models.set(from, model.slice(0, 0));
        }
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      models.get(i).assertEqualTo(columns.get(i));
      for (int j = 0; j < i; j++) {
        if (columns.get(i).sharesStorage(columns.get(j))) {
          int both = Math.min(columns.get(i).rows(), columns.get(j).rows());
          models.get(i).slice(0, both).assertEqualTo(sliced(columns.get(j), both));
        }
      }
    }
  }

  private static HeapColumn sliced(HeapColumn column, int rows) throws StoreException {
    ColumnBuilder copy = new ColumnBuilder(column.type());
    copy.append(column, 0, rows);
    return copy.column();
  }

  @Test
  void theNewestColumnGrowsInPlaceAndAnOlderOneIsCopied() throws StoreException {
    ColumnBuilder first = new ColumnBuilder(INT64, 100);
    first.appendLong(1);
    HeapColumn one = first.column();
    ColumnBuilder second = ColumnBuilder.extend(one);
    second.appendLong(2);
    HeapColumn two = second.column();
    assertTrue(two.sharesStorage(one));
    assertSame(one.data(), two.data());

    ColumnBuilder late = ColumnBuilder.extend(one);
    late.appendLong(3);
    HeapColumn other = late.column();
    assertFalse(other.sharesStorage(one));
    assertEquals(2, two.longAt(1));
    assertEquals(3, other.longAt(1));

    // A builder whose column was extended by another goes on with a copy, too.
    first.appendLong(4);
    assertEquals(4, first.column().longAt(1));
    assertEquals(2, two.longAt(1));
  }

  @Test
  void manyThreadsMayExtendOneColumn() throws Exception {
    ColumnBuilder start = new ColumnBuilder(INT64, 1_000);
    start.appendLong(-1);
    HeapColumn shared = start.column();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<HeapColumn>> tasks = new ArrayList<>();
      for (int t = 0; t < 64; t++) {
        int thread = t;
        tasks.add(
            () -> {
              ColumnBuilder builder = ColumnBuilder.extend(shared);
              for (int i = 0; i < 500; i++) {
                builder.appendLong(1_000L * thread + i);
              }
              return builder.column();
            });
      }
      int inPlace = 0;
      List<Future<HeapColumn>> results = threads.invokeAll(tasks);
      for (int t = 0; t < results.size(); t++) {
        HeapColumn result = results.get(t).get();
        inPlace += result.sharesStorage(shared) ? 1 : 0;
        assertEquals(501, result.rows());
        for (int i = 0; i < 500; i++) {
          assertEquals(1_000L * t + i, result.longAt(i + 1));
        }
      }
      assertEquals(1, inPlace);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void integersAreTakenUpToTheirExtremesAndNoFurther() throws StoreException {
    assertRange(Dtype.BOOL, 0, 1);
    assertRange(Dtype.INT8, -128, 127);
    assertRange(Dtype.INT16, -32_768, 32_767);
    assertRange(Dtype.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE);
    assertRange(Dtype.UINT8, 0, 255);
    assertRange(Dtype.UINT16, 0, 65_535);
    assertRange(Dtype.UINT32, 0, 4_294_967_295L);
    assertRange(Dtype.DATE, Integer.MIN_VALUE, Integer.MAX_VALUE);
    assertRange(Dtype.TIME, 0, 86_399_999_999L);
    ColumnBuilder longs = new ColumnBuilder(INT64);
    longs.appendLong(Long.MIN_VALUE);
    longs.appendLong(Long.MAX_VALUE);
    assertEquals(Long.MIN_VALUE, longs.column().longAt(0));
    assertEquals(Long.MAX_VALUE, longs.column().longAt(1));
  }

  private static void assertRange(Dtype dtype, long least, long most) throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(dtype));
    builder.appendLong(least);
    builder.appendLong(most);
    assertEquals(least, builder.column().longAt(0));
    assertEquals(most, builder.column().longAt(1));
    assertRefused(Code.OUT_OF_RANGE, () -> builder.appendLong(least - 1));
    assertRefused(Code.OUT_OF_RANGE, () -> builder.appendLong(most + 1));
    assertEquals(2, builder.rows());
  }

  @Test
  void theUpperHalfOfUint64IsOnlyTakenAsUnsigned() throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(Dtype.UINT64));
    builder.appendUnsigned(-1);
    assertEquals(-1, builder.column().longAt(0));
    assertRefused(Code.OUT_OF_RANGE, () -> builder.appendLong(-1));
  }

  @Test
  void wholeNumbersGoIntoFloatsOnlyExactly() throws StoreException {
    ColumnBuilder floats = new ColumnBuilder(TensorType.scalar(Dtype.FLOAT32));
    floats.appendLong(1 << 24);
    floats.appendLong(1L << 62);
    assertEquals(0x1p62, floats.column().doubleAt(1));
    assertRefused(Code.OUT_OF_RANGE, () -> floats.appendLong((1 << 24) + 1));
    assertRefused(Code.OUT_OF_RANGE, () -> floats.appendLong(Long.MAX_VALUE));
    ColumnBuilder halves = new ColumnBuilder(TensorType.scalar(Dtype.FLOAT16));
    halves.appendLong(65_504);
    assertRefused(Code.OUT_OF_RANGE, () -> halves.appendLong(2_049));
    assertRefused(Code.OUT_OF_RANGE, () -> halves.appendLong(100_000));
    assertRefused(Code.OUT_OF_RANGE, () -> halves.appendLong(Long.MIN_VALUE));
    ColumnBuilder doubles = new ColumnBuilder(TensorType.scalar(Dtype.FLOAT64));
    doubles.appendLong(Long.MIN_VALUE);
    assertEquals(-0x1p63, doubles.column().doubleAt(0));
    assertRefused(Code.OUT_OF_RANGE, () -> doubles.appendLong(Long.MAX_VALUE));
  }

  @Test
  void floatsTakeTheNearestButNeverAnInfinityForANumber() throws StoreException {
    ColumnBuilder floats = new ColumnBuilder(TensorType.scalar(Dtype.FLOAT32));
    floats.appendDouble(0.1);
    floats.appendDouble(Double.NEGATIVE_INFINITY);
    floats.appendDouble(Double.NaN);
    floats.appendDouble(-0.0);
    assertEquals(0.1f, floats.column().doubleAt(0));
    assertEquals(Double.NEGATIVE_INFINITY, floats.column().doubleAt(1));
    assertTrue(Double.isNaN(floats.column().doubleAt(2)));
    assertEquals(Long.MIN_VALUE, Double.doubleToRawLongBits(floats.column().doubleAt(3)));
    assertRefused(Code.OUT_OF_RANGE, () -> floats.appendDouble(1e39));
    ColumnBuilder halves = new ColumnBuilder(TensorType.scalar(Dtype.FLOAT16));
    assertRefused(Code.OUT_OF_RANGE, () -> halves.appendDouble(65_520));
  }

  @Test
  void decimalsKeepAllTheirDigits() throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.decimal(38, 2));
    BigDecimal most = new BigDecimal("9".repeat(36) + ".99");
    for (BigDecimal value : List.of(most, most.negate(), new BigDecimal("1.5"), BigDecimal.ZERO)) {
      builder.appendDecimal(value);
    }
    builder.appendDecimal(new BigDecimal("0E+999999999"));
    assertEquals(most, builder.column().decimalAt(0));
    assertEquals(most.negate(), builder.column().decimalAt(1));
    assertEquals(new BigDecimal("1.50"), builder.column().decimalAt(2));
    assertEquals(new BigDecimal("0.00"), builder.column().decimalAt(4));
    assertRefused(Code.OUT_OF_RANGE, () -> builder.appendDecimal(new BigDecimal("1e36")));
    assertRefused(Code.OUT_OF_RANGE, () -> builder.appendDecimal(new BigDecimal("1e999999999")));
    assertRefused(Code.OUT_OF_RANGE, () -> builder.appendDecimal(new BigDecimal("0.001")));
    assertEquals(5, builder.rows());
  }

  @Test
  void textIsCountedInCharactersAndBytesInBytes() throws StoreException {
    ColumnBuilder text = new ColumnBuilder(TensorType.varchar(3));
    text.appendText("日本語");
    text.appendText("😀😀😀");
    assertEquals("😀😀😀", text.column().textAt(1));
    assertRefused(Code.TOO_LONG, () -> text.appendText("four"));
    ColumnBuilder bytes = new ColumnBuilder(TensorType.varbinary(3));
    bytes.appendBytes(new byte[3], 0, 3);
    assertRefused(Code.TOO_LONG, () -> bytes.appendBytes(new byte[4], 0, 4));
    assertEquals(1, bytes.rows());
  }

  @Test
  void shapesMustBelongToBytesAndType() throws StoreException {
    ColumnBuilder boxes = new ColumnBuilder(TensorType.bbox());
    boxes.appendSample(new byte[32], 0, 32, new int[] {2, 4});
    boxes.appendSample(new byte[0], 0, 0, new int[] {0, 4});
    assertArrayEquals(new int[] {2, 4}, boxes.column().shapeAt(0));
    assertRefused(
        Code.INVALID_VALUE, () -> boxes.appendSample(new byte[32], 0, 32, new int[] {4, 2}));
    assertRefused(
        Code.INVALID_VALUE, () -> boxes.appendSample(new byte[16], 0, 16, new int[] {2, 4}));
    assertRefused(
        Code.INVALID_VALUE, () -> boxes.appendSample(new byte[16], 0, 16, new int[] {-1, 4}));
    TensorType square = TensorType.tensor(Dtype.INT8, Shape.of(Shape.RAGGED, Shape.RAGGED));
    assertEquals(0, Shapes.bytes(square, new int[] {1 << 30, 0}));
    assertEquals(0, Shapes.bytes(square, new int[] {0, 1 << 30}));
    assertEquals(-1, Shapes.bytes(square, new int[] {0, -1}));
    assertEquals(-1, Shapes.bytes(square, new int[] {1 << 30, 1 << 30}));
    ColumnBuilder images = new ColumnBuilder(TensorType.media(Htype.IMAGE, Optional.empty()));
    images.appendSample(new byte[5], 0, 5, new int[] {480, 640, 3});
    assertRefused(
        Code.INVALID_VALUE, () -> images.appendSample(new byte[5], 0, 5, new int[] {480, 640}));
    assertEquals(2, boxes.rows());
    assertEquals(1, images.rows());
  }

  /** Nothing is touched or allocated, so addresses and arrays that are not there do no harm. */
  @Test
  void moreThanOffsetsCanCountIsRefused() throws StoreException {
    TensorType type = TensorType.scalar(Dtype.BYTES);
    int[] huge = {0, Integer.MAX_VALUE - 100_000};
    HeapColumn two = new HeapColumn(type, new Lineage(), 1, new byte[0], huge, new int[0], null);
    ColumnBuilder builder = new ColumnBuilder(type);
    builder.appendBytes(new byte[200_000], 0, 200_000);
    StoreException refusal = assertRefused(Code.LIMIT, () -> builder.append(two, 0, 1));
    assertTrue(refusal.getMessage().contains("2147418111"), refusal.getMessage());
    assertEquals(1, builder.rows());
    assertEquals(200_000, builder.column().lengthAt(0));
    HeapColumn ragged =
        new HeapColumn(
            TensorType.tensor(Dtype.UINT8, Shape.of(Shape.RAGGED)),
            new Lineage(),
            0,
            new byte[0],
            new int[] {0},
            new int[0],
            null);
    assertRefused(Code.LIMIT, () -> ColumnBuilder.extend(ragged).appendNulls(Limits.MAX_ROWS + 1));
  }

  @Test
  void wrongCallsAreToldApartFromWrongValues() {
    ColumnBuilder text = new ColumnBuilder(TensorType.text());
    assertThrows(IllegalArgumentException.class, () -> text.appendLong(1));
    assertThrows(IllegalArgumentException.class, () -> text.appendFixed(new byte[8], 0));
    ColumnBuilder tensors = new ColumnBuilder(TensorType.embedding(4));
    assertThrows(IllegalArgumentException.class, () -> tensors.appendDouble(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> tensors.append(new ColumnBuilder(INT64).column(), 0, 0));
  }

  private static StoreException assertRefused(Code code, Executable append) {
    StoreException refusal = assertThrows(StoreException.class, append);
    assertEquals(code, refusal.code(), refusal.getMessage());
    return refusal;
  }
}
