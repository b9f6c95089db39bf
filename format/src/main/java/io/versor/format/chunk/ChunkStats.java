package io.versor.format.chunk;

import io.versor.format.type.StoreException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is known of samples without looking at them: how many, how many NULL, the least and greatest
 * value of scalars, and the least and greatest extents of tensors. Immutable.
 *
 * <p>Bytes: FORMAT.md, "Statistics". Values are bounds: every sample that is not NULL lies between
 * them, but they need not occur, since long texts are cut.
 */
public final class ChunkStats {
  /** Bytes of a text or byte string that are kept. */
  static final int MAX_PREFIX_BYTES = 32;

  /** How values compare. Codes are on disk. */
  enum Kind {
    /** Values are unknown, or there is none. */
    NONE,
    /** Signed 64 bit. */
    SIGNED,
    /** Unsigned 64 bit. */
    UNSIGNED,
    FLOAT,
    DECIMAL,
    /** UTF-8 or bytes, compared as unsigned bytes. */
    BYTES
  }

  private static final int HAS_NAN = 1;
  private static final int MAX_CUT = 2;
  static final int ALL_FLAGS = HAS_NAN | MAX_CUT;
  private static final byte[] NO_BYTES = {};
  private static final int[] NO_INTS = {};

  private final long rows;
  private final long nulls;
  private final Kind kind;
  private final int flags;

  /** Of SIGNED and UNSIGNED, the number; of FLOAT, the bits of the double. */
  private final long min;

  private final long max;

  /** Of DECIMAL, the number big-endian; of BYTES, the first bytes. */
  private final byte[] minBytes;

  private final byte[] maxBytes;
  private final int[] minShape;
  private final int[] maxShape;

  ChunkStats(
      long rows,
      long nulls,
      Kind kind,
      int flags,
      long min,
      long max,
      byte[] minBytes,
      byte[] maxBytes,
      int[] minShape,
      int[] maxShape) {
    this.rows = rows;
    this.nulls = nulls;
    this.kind = kind;
    this.flags = flags;
    this.min = min;
    this.max = max;
    this.minBytes = minBytes;
    this.maxBytes = maxBytes;
    this.minShape = minShape;
    this.maxShape = maxShape;
  }

  /** Of samples whose values are not known. */
  public static ChunkStats counts(long rows, long nulls) {
    return unordered(rows, nulls, NO_INTS, NO_INTS);
  }

  /** Of some samples. */
  public static ChunkStats of(Samples samples, int from, int count) throws StoreException {
    return StatsScan.of(samples, from, count);
  }

  static ChunkStats unordered(long rows, long nulls, int[] minShape, int[] maxShape) {
    return new ChunkStats(rows, nulls, Kind.NONE, 0, 0, 0, NO_BYTES, NO_BYTES, minShape, maxShape);
  }

  static ChunkStats numbers(long rows, long nulls, Kind kind, long min, long max) {
    return new ChunkStats(rows, nulls, kind, 0, min, max, NO_BYTES, NO_BYTES, NO_INTS, NO_INTS);
  }

  /**
   * @param min not NaN and at most {@code max}, unless every value is NaN
   */
  static ChunkStats floats(long rows, long nulls, double min, double max, boolean hasNan) {
    boolean none = !(min <= max);
    // Zeros are equal whatever their sign, so the bounds take in both.
    long low = Double.doubleToRawLongBits(none ? 1 : min == 0 ? -0.0 : min);
    long high = Double.doubleToRawLongBits(none ? 0 : max == 0 ? 0.0 : max);
    return new ChunkStats(
        rows,
        nulls,
        Kind.FLOAT,
        hasNan ? HAS_NAN : 0,
        low,
        high,
        NO_BYTES,
        NO_BYTES,
        NO_INTS,
        NO_INTS);
  }

  static ChunkStats decimals(long rows, long nulls, BigInteger min, BigInteger max) {
    return new ChunkStats(
        rows, nulls, Kind.DECIMAL, 0, 0, 0, min.toByteArray(), max.toByteArray(), NO_INTS, NO_INTS);
  }

  static ChunkStats bytes(long rows, long nulls, byte[] min, byte[] max) {
    return new ChunkStats(
        rows,
        nulls,
        Kind.BYTES,
        max.length > MAX_PREFIX_BYTES ? MAX_CUT : 0,
        0,
        0,
        prefix(min),
        prefix(max),
        NO_INTS,
        NO_INTS);
  }

  private static byte[] prefix(byte[] bytes) {
    return bytes.length <= MAX_PREFIX_BYTES ? bytes : Arrays.copyOf(bytes, MAX_PREFIX_BYTES);
  }

  public long rows() {
    return rows;
  }

  public long nulls() {
    return nulls;
  }

  /** The least BOOL, integer, date or time; empty where all are NULL, and for other types. */
  public OptionalLong minLong() {
    return kind == Kind.SIGNED ? OptionalLong.of(min) : OptionalLong.empty();
  }

  public OptionalLong maxLong() {
    return kind == Kind.SIGNED ? OptionalLong.of(max) : OptionalLong.empty();
  }

  /** The least float, exactly, up to the sign of a zero; empty also where there is a NaN. */
  public OptionalDouble minDouble() {
    return hasFloats() ? OptionalDouble.of(Double.longBitsToDouble(min)) : OptionalDouble.empty();
  }

  public OptionalDouble maxDouble() {
    return hasFloats() ? OptionalDouble.of(Double.longBitsToDouble(max)) : OptionalDouble.empty();
  }

  private boolean hasFloats() {
    return kind == Kind.FLOAT && !hasNan() && lowFloat() <= highFloat();
  }

  /** The least extents, each by itself; empty for what has none stored. */
  public Optional<int[]> minShape() {
    return minShape.length == 0 ? Optional.empty() : Optional.of(minShape.clone());
  }

  public Optional<int[]> maxShape() {
    return maxShape.length == 0 ? Optional.empty() : Optional.of(maxShape.clone());
  }

  Kind kind() {
    return kind;
  }

  int flags() {
    return flags;
  }

  byte[] lowBytes() {
    return minBytes;
  }

  byte[] highBytes() {
    return maxBytes;
  }

  int[] lowShape() {
    return minShape;
  }

  int[] highShape() {
    return maxShape;
  }

  boolean hasNan() {
    return (flags & HAS_NAN) != 0;
  }

  long low() {
    return min;
  }

  long high() {
    return max;
  }

  double lowFloat() {
    return Double.longBitsToDouble(min);
  }

  double highFloat() {
    return Double.longBitsToDouble(max);
  }

  BigInteger lowDecimal() {
    return new BigInteger(minBytes);
  }

  BigInteger highDecimal() {
    return new BigInteger(maxBytes);
  }

  /** Whether a byte string is below all samples. */
  boolean isBelow(byte[] value) {
    return Arrays.compareUnsigned(value, minBytes) < 0;
  }

  /** Whether a byte string is above all samples. */
  boolean isAbove(byte[] value) {
    if ((flags & MAX_CUT) == 0) {
      return Arrays.compareUnsigned(value, maxBytes) > 0;
    }
    // The greatest sample starts with these bytes and goes on: so may the value.
    return Arrays.compareUnsigned(prefix(value), maxBytes) > 0;
  }

  /** Of both together. */
  public ChunkStats and(ChunkStats other) {
    long allRows = rows + other.rows;
    long allNulls = nulls + other.nulls;
    int[] low = shapes(other, minShape, other.minShape, true);
    int[] high = shapes(other, maxShape, other.maxShape, false);
    if (rows == nulls || other.rows == other.nulls) {
      ChunkStats values = rows == nulls ? other : this;
      return new ChunkStats(
          allRows,
          allNulls,
          values.kind,
          values.flags,
          values.min,
          values.max,
          values.minBytes,
          values.maxBytes,
          low,
          high);
    }
    if (kind != other.kind) {
      return unordered(allRows, allNulls, low, high);
    }
    return switch (kind) {
      case NONE -> unordered(allRows, allNulls, low, high);
      case SIGNED ->
          numbers(allRows, allNulls, kind, Math.min(min, other.min), Math.max(max, other.max));
      case UNSIGNED ->
          numbers(
              allRows,
              allNulls,
              kind,
              Long.compareUnsigned(min, other.min) <= 0 ? min : other.min,
              Long.compareUnsigned(max, other.max) >= 0 ? max : other.max);
      case FLOAT -> floatsAnd(other, allRows, allNulls);
      case DECIMAL ->
          decimals(
              allRows,
              allNulls,
              lowDecimal().min(other.lowDecimal()),
              highDecimal().max(other.highDecimal()));
      case BYTES -> bytesAnd(other, allRows, allNulls);
    };
  }

  private ChunkStats floatsAnd(ChunkStats other, long allRows, long allNulls) {
    boolean nan = hasNan() || other.hasNan();
    if (lowFloat() > highFloat()) {
      return floats(allRows, allNulls, other.lowFloat(), other.highFloat(), nan);
    }
    if (other.lowFloat() > other.highFloat()) {
      return floats(allRows, allNulls, lowFloat(), highFloat(), nan);
    }
    double low = Math.min(lowFloat(), other.lowFloat());
    return floats(allRows, allNulls, low, Math.max(highFloat(), other.highFloat()), nan);
  }

  private ChunkStats bytesAnd(ChunkStats other, long allRows, long allNulls) {
    int order = Arrays.compareUnsigned(maxBytes, other.maxBytes);
    // Of equal prefixes the cut one stands for more.
    boolean mine = order > 0 || (order == 0 && (flags & MAX_CUT) != 0);
    return new ChunkStats(
        allRows,
        allNulls,
        kind,
        mine ? flags : other.flags,
        0,
        0,
        Arrays.compareUnsigned(minBytes, other.minBytes) <= 0 ? minBytes : other.minBytes,
        mine ? maxBytes : other.maxBytes,
        NO_INTS,
        NO_INTS);
  }

  private int[] shapes(ChunkStats other, int[] mine, int[] theirs, boolean least) {
    if (rows == nulls) {
      return theirs;
    }
    if (other.rows == other.nulls) {
      return mine;
    }
    if (mine.length != theirs.length) {
      return NO_INTS;
    }
    int[] both = new int[mine.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = least ? Math.min(mine[i], theirs[i]) : Math.max(mine[i], theirs[i]);
    }
    return both;
  }

  /** FORMAT.md, "Statistics". */
  public byte[] toBytes() {
    return StatsCodec.toBytes(this);
  }

  /**
   * @param display where the bytes are from, for messages
   */
  public static ChunkStats fromBytes(byte[] bytes, String display) throws StoreException {
    return StatsCodec.fromBytes(bytes, display);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkStats that && Arrays.equals(toBytes(), that.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  /** For logs and tests. */
  @Override
  public String toString() {
    String values =
        switch (kind) {
          case NONE -> "";
          case SIGNED -> ", " + min + " to " + max;
          case UNSIGNED -> ", " + Long.toUnsignedString(min) + " to " + Long.toUnsignedString(max);
          case FLOAT -> ", " + lowFloat() + " to " + highFloat() + (hasNan() ? " and NaN" : "");
          case DECIMAL -> ", " + lowDecimal() + " to " + highDecimal() + " unscaled";
          case BYTES -> ", " + minBytes.length + " to " + maxBytes.length + " bytes";
        };
    return rows + " rows, " + nulls + " NULL" + values;
  }
}
