package io.versor.format.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChunkStatsTest {
  private static final long ID = 5;

  @Provide
  Arbitrary<TensorType> types() {
    return Arbitraries.of(Model.TYPES);
  }

  /** The one promise: what is there is never denied, however statistics were put together. */
  @Property(tries = 3_000)
  void aSampleThatIsThereIsNeverDenied(
      @ForAll("types") TensorType type,
      @ForAll Model.Spread spread,
      @ForAll @IntRange(max = 30) int rows,
      @ForAll @IntRange(max = 30) int moreRows,
      @ForAll long seed)
      throws StoreException {
    Random random = new Random(seed);
    double nulls = random.nextInt(3) * 0.4;
    Model model = Model.random(type, spread, rows + moreRows, nulls, random);
    HeapColumn column = model.column();
    ChunkStats both = ChunkStats.of(column, 0, rows).and(ChunkStats.of(column, rows, moreRows));
    ChunkStats read = ChunkStats.fromBytes(both.toBytes(), "test");
    assertEquals(both, read);
    assertEquals(rows + moreRows, read.rows());
    assertEquals(column.nullCount(), read.nulls());
    for (int row = 0; row < column.rows(); row++) {
      if (column.isNull(row)) {
        assertTrue(Bound.isNull(ID).mayMatch(read));
      } else {
        assertTrue(Bound.isNotNull(ID).mayMatch(read));
        for (Bound bound : boundsAround(column, row, random)) {
          assertTrue(bound.mayMatch(read), () -> "a sample of " + read);
        }
        assertShapeWithin(column.shapeAt(row), type, read);
      }
    }
    ChunkStats whole = ChunkStats.of(column, 0, column.rows());
    if (both.nulls() < both.rows() || column.rows() == 0) {
      assertEquals(whole, both, "statistics of parts are those of the whole");
    }
  }

  /** Bounds that a sample fulfils. */
  private static List<Bound> boundsAround(HeapColumn column, int row, Random random) {
    TensorType type = column.type();
    if (type.shape().rank() > 0 || type.htype().isMedia()) {
      return List.of(Bound.longs(ID, 5, 4), Bound.bytes(ID, null, null));
    }
    return switch (type.dtype()) {
      case UTF8, BYTES, UUID -> {
        byte[] value = column.bytesAt(row);
        byte[] longer = Arrays.copyOf(value, value.length + 1);
        byte[] shorter = Arrays.copyOf(value, random.nextInt(value.length + 1));
        yield List.of(
            Bound.bytes(ID, value, value),
            Bound.bytes(ID, shorter, longer),
            Bound.bytes(ID, null, value),
            Bound.bytes(ID, value, null));
      }
      case DECIMAL -> {
        BigInteger value = column.unscaledAt(row);
        yield List.of(
            Bound.decimals(ID, value, value),
            Bound.decimals(ID, value, null),
            Bound.decimals(ID, null, value));
      }
      case FLOAT16, FLOAT32, FLOAT64 -> {
        double value = column.doubleAt(row);
        yield List.of(
            Bound.doubles(ID, value, value),
            Bound.doubles(ID, Double.NEGATIVE_INFINITY, value),
            Bound.doubles(ID, value, Double.POSITIVE_INFINITY));
      }
      case UINT64 -> {
        long value = column.longAt(row);
        yield List.of(
            Bound.unsigned(ID, value, value),
            Bound.unsigned(ID, 0, value),
            Bound.unsigned(ID, value, -1));
      }
      default -> {
        long value = column.longAt(row);
        yield List.of(
            Bound.longs(ID, value, value),
            Bound.longs(ID, Long.MIN_VALUE, value),
            Bound.longs(ID, value, Long.MAX_VALUE));
      }
    };
  }

  private static void assertShapeWithin(int[] shape, TensorType type, ChunkStats stats) {
    if (type.storedRank() == 0) {
      assertTrue(stats.minShape().isEmpty());
      return;
    }
    for (int i = 0; i < shape.length; i++) {
      assertTrue(stats.minShape().orElseThrow()[i] <= shape[i]);
      assertTrue(stats.maxShape().orElseThrow()[i] >= shape[i]);
    }
  }

  @Test
  void chunksOutsideOfABoundAreSkipped() throws StoreException {
    ChunkStats stats = longs(10, 20);
    assertFalse(Bound.longs(ID, 21, 30).mayMatch(stats));
    assertFalse(Bound.longs(ID, Long.MIN_VALUE, 9).mayMatch(stats));
    assertTrue(Bound.longs(ID, 20, 20).mayMatch(stats));
    assertTrue(Bound.longs(ID, 11, 12).mayMatch(stats));
    assertFalse(Bound.isNull(ID).mayMatch(stats));
    assertEquals(OptionalLong.of(10), stats.minLong());
    assertEquals(OptionalLong.of(20), stats.maxLong());
  }

  @Test
  void nullsAreInNoRange() throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(Dtype.INT32));
    builder.appendNulls(3);
    ChunkStats stats = ChunkStats.of(builder.column(), 0, 3);
    assertFalse(Bound.longs(ID, Long.MIN_VALUE, Long.MAX_VALUE).mayMatch(stats));
    assertFalse(Bound.isNotNull(ID).mayMatch(stats));
    assertTrue(Bound.isNull(ID).mayMatch(stats));
    assertTrue(Bound.longs(ID, 5, 5).mayMatch(stats.and(longs(5, 5))));
    assertFalse(Bound.longs(ID, 6, 6).mayMatch(longs(5, 5).and(stats)));
  }

  @Test
  void zerosOfEitherSignAreTheSame() throws StoreException {
    ChunkStats negative = doubles(-0.0);
    ChunkStats positive = doubles(0.0);
    for (ChunkStats stats : List.of(negative, positive, negative.and(positive))) {
      assertTrue(Bound.doubles(ID, 0.0, 0.0).mayMatch(stats));
      assertTrue(Bound.doubles(ID, -0.0, -0.0).mayMatch(stats));
      assertTrue(Bound.doubles(ID, 0.0, 5).mayMatch(stats));
      assertTrue(Bound.doubles(ID, -5, -0.0).mayMatch(stats));
      assertFalse(Bound.doubles(ID, Double.MIN_VALUE, 5).mayMatch(stats));
    }
    assertEquals(negative, positive);
  }

  @Test
  void aChunkWithANanIsNeverSkippedForItsValues() throws StoreException {
    ChunkStats nan = doubles(Double.NaN);
    ChunkStats mixed = doubles(1, Double.NaN, 2);
    for (ChunkStats stats : List.of(nan, mixed, nan.and(doubles(3)), doubles(3).and(nan))) {
      assertTrue(Bound.doubles(ID, 1e9, 1e10).mayMatch(stats));
      assertTrue(Bound.doubles(ID, -1e10, -1e9).mayMatch(stats));
      assertEquals(OptionalDouble.empty(), stats.minDouble());
    }
    assertFalse(Bound.doubles(ID, 1e9, 1e10).mayMatch(doubles(1, 2)));
    assertEquals(OptionalDouble.of(2), doubles(1, 2).maxDouble());
  }

  @Test
  void infinitiesAreValuesLikeOthers() throws StoreException {
    ChunkStats stats = doubles(Double.POSITIVE_INFINITY);
    assertTrue(Bound.doubles(ID, 5, Double.POSITIVE_INFINITY).mayMatch(stats));
    assertFalse(Bound.doubles(ID, 5, 6).mayMatch(stats));
  }

  @Test
  void unsignedNumbersHaveTheirOwnOrder() throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(Dtype.UINT64));
    builder.appendUnsigned(-2); // 2^64 - 2
    builder.appendUnsigned(7);
    ChunkStats stats = ChunkStats.of(builder.column(), 0, 2);
    assertTrue(Bound.unsigned(ID, Long.MIN_VALUE, -1).mayMatch(stats));
    assertFalse(Bound.unsigned(ID, -1, -1).mayMatch(stats));
    assertFalse(Bound.unsigned(ID, 0, 6).mayMatch(stats));
    assertEquals(OptionalLong.empty(), stats.minLong());
  }

  @Test
  void longTextsAreCutWithoutLosingAny() throws StoreException {
    String start = "x".repeat(ChunkStats.MAX_PREFIX_BYTES);
    ColumnBuilder builder = new ColumnBuilder(TensorType.text());
    builder.appendText(start + "m");
    ChunkStats cut = ChunkStats.of(builder.column(), 0, 1);
    assertTrue(Bound.texts(ID, start + "m", start + "m").mayMatch(cut));
    assertTrue(Bound.texts(ID, start + "z", null).mayMatch(cut), "cut bounds cannot tell");
    assertFalse(Bound.texts(ID, "y", null).mayMatch(cut));
    assertFalse(Bound.texts(ID, null, "w").mayMatch(cut));
    assertTrue(cut.toBytes().length < 3 * ChunkStats.MAX_PREFIX_BYTES);

    ColumnBuilder exact = new ColumnBuilder(TensorType.text());
    exact.appendText(start);
    ChunkStats whole = ChunkStats.of(exact.column(), 0, 1);
    assertFalse(Bound.texts(ID, start + "a", null).mayMatch(whole));
    assertTrue(Bound.texts(ID, start + "a", null).mayMatch(whole.and(cut)));
    assertTrue(Bound.texts(ID, start + "a", null).mayMatch(cut.and(whole)));
  }

  @Test
  void decimalsCompareAsNumbers() throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.decimal(30, 2));
    builder.appendDecimal(new BigDecimal("-1234567890123456789012.50"));
    builder.appendDecimal(new BigDecimal("3.25"));
    ChunkStats stats = ChunkStats.of(builder.column(), 0, 2);
    assertTrue(Bound.decimals(ID, BigInteger.valueOf(325), null).mayMatch(stats));
    assertFalse(Bound.decimals(ID, BigInteger.valueOf(326), null).mayMatch(stats));
    assertFalse(
        Bound.decimals(ID, null, new BigInteger("-123456789012345678901251")).mayMatch(stats));
  }

  @Test
  void aBoundOfAnotherKindDeniesNothing() throws StoreException {
    ChunkStats stats = longs(1, 2);
    assertTrue(Bound.doubles(ID, 50, 60).mayMatch(stats));
    assertTrue(Bound.texts(ID, "x", "y").mayMatch(stats));
    assertTrue(Bound.decimals(ID, BigInteger.TEN, null).mayMatch(stats));
    assertTrue(Bound.unsigned(ID, 50, 60).mayMatch(stats));
    assertTrue(Bound.longs(ID, 50, 60).mayMatch(doubles(1)));
    assertTrue(Bound.longs(ID, 50, 60).mayMatch(stats.and(doubles(1))));
    assertTrue(Bound.longs(ID, 50, 60).mayMatch(ChunkStats.counts(9, 3)));
  }

  @Test
  void damagedStatisticsAreRefused() throws StoreException {
    byte[] bytes = longs(1, 2).toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      StoreException refusal =
          assertThrows(StoreException.class, () -> ChunkStats.fromBytes(cut, "node 4"));
      assertEquals(Code.CORRUPT, refusal.code());
    }
    byte[] later = bytes.clone();
    later[0] = 2;
    assertEquals(
        Code.VERSION_TOO_NEW,
        assertThrows(StoreException.class, () -> ChunkStats.fromBytes(later, "node 4")).code());
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(StoreException.class, () -> ChunkStats.fromBytes(longer, "node 4"));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      try {
        ChunkStats.fromBytes(flipped, "node 4").toString();
      } catch (StoreException e) {
        assertTrue(e.code() == Code.CORRUPT || e.code() == Code.VERSION_TOO_NEW);
      }
    }
  }

  private static ChunkStats longs(long... values) throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(Dtype.INT64));
    for (long value : values) {
      builder.appendLong(value);
    }
    return ChunkStats.of(builder.column(), 0, values.length);
  }

  private static ChunkStats doubles(double... values) throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(Dtype.FLOAT64));
    for (double value : values) {
      builder.appendDouble(value);
    }
    return ChunkStats.of(builder.column(), 0, values.length);
  }
}
