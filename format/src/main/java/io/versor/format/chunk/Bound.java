package io.versor.format.chunk;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a scan asks of a column, as far as statistics can deny it: values between two ends, both
 * included, or NULL, or not NULL. Only for skipping chunks: whatever is left must still be looked
 * at. A bound in numbers of another kind than the column's denies nothing. Immutable.
 */
public final class Bound {
  private final long columnId;
  private final Test test;

  @FunctionalInterface
  private interface Test {
    boolean mayMatch(ChunkStats stats);
  }

  private Bound(long columnId, Test test) {
    this.columnId = columnId;
    this.test = test;
  }

  /** BOOL, integers but UINT64, dates and times. An open end is the least or greatest long. */
  public static Bound longs(long columnId, long min, long max) {
    return values(
        columnId,
        stats ->
            stats.kind() != ChunkStats.Kind.SIGNED || (min <= stats.high() && max >= stats.low()));
  }

  /** UINT64, as the bits of longs. An open end is 0 or -1. */
  public static Bound unsigned(long columnId, long min, long max) {
    return values(
        columnId,
        stats ->
            stats.kind() != ChunkStats.Kind.UNSIGNED
                || (Long.compareUnsigned(min, stats.high()) <= 0
                    && Long.compareUnsigned(max, stats.low()) >= 0));
  }

  /**
   * Floats of any width. An open end is an infinity. Chunks with a NaN always match, since engines
   * differ about where it stands.
   */
  public static Bound doubles(long columnId, double min, double max) {
    return values(
        columnId,
        stats ->
            stats.kind() != ChunkStats.Kind.FLOAT
                || stats.hasNan()
                || !(min > stats.highFloat() || max < stats.lowFloat()));
  }

  /** DECIMALs, as the numbers without their scale. An open end is null. */
  public static Bound decimals(long columnId, @Nullable BigInteger min, @Nullable BigInteger max) {
    return values(
        columnId,
        stats ->
            stats.kind() != ChunkStats.Kind.DECIMAL
                || ((min == null || min.compareTo(stats.highDecimal()) <= 0)
                    && (max == null || max.compareTo(stats.lowDecimal()) >= 0)));
  }

  /** Bytes and UTF-8, in the order of unsigned bytes. An open end is null. */
  public static Bound bytes(long columnId, byte @Nullable [] min, byte @Nullable [] max) {
    byte[] low = min == null ? null : min.clone();
    byte[] high = max == null ? null : max.clone();
    return values(
        columnId,
        stats ->
            stats.kind() != ChunkStats.Kind.BYTES
                || ((low == null || !stats.isAbove(low))
                    && (high == null || !stats.isBelow(high))));
  }

  /** Texts in the order of their code points, which is not that of {@link String#compareTo}. */
  public static Bound texts(long columnId, @Nullable String min, @Nullable String max) {
    return bytes(
        columnId,
        min == null ? null : min.getBytes(StandardCharsets.UTF_8),
        max == null ? null : max.getBytes(StandardCharsets.UTF_8));
  }

  public static Bound isNull(long columnId) {
    return new Bound(columnId, stats -> stats.nulls() > 0);
  }

  public static Bound isNotNull(long columnId) {
    return new Bound(columnId, stats -> stats.nulls() < stats.rows());
  }

  private static Bound values(long columnId, Test test) {
    return new Bound(columnId, stats -> stats.nulls() < stats.rows() && test.mayMatch(stats));
  }

  public long columnId() {
    return columnId;
  }

  /** False only if no sample can be what is asked for. */
  public boolean mayMatch(ChunkStats stats) {
    return test.mayMatch(stats);
  }
}
