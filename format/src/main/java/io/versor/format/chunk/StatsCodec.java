package io.versor.format.chunk;

import io.versor.format.chunk.ChunkStats.Kind;
import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;

/** Bytes of {@link ChunkStats}: FORMAT.md, "Statistics". */
final class StatsCodec {
  private static final int FORMAT = 1;
  private static final byte[] NO_BYTES = {};

  private StatsCodec() {}

  static byte[] toBytes(ChunkStats stats) {
    BinaryWriter body = new BinaryWriter(64);
    body.u8(FORMAT)
        .varint(stats.rows())
        .varint(stats.nulls())
        .u8(stats.kind().ordinal())
        .u8(stats.flags());
    switch (stats.kind()) {
      case NONE -> {}
      case SIGNED -> body.signed(stats.low()).signed(stats.high());
      case UNSIGNED, FLOAT -> body.u64(stats.low()).u64(stats.high());
      case DECIMAL, BYTES -> body.bytes(stats.lowBytes()).bytes(stats.highBytes());
    }
    int[] least = stats.lowShape();
    int[] most = stats.highShape();
    body.u8(least.length);
    for (int i = 0; i < least.length; i++) {
      body.varint(least[i]).varint(most[i]);
    }
    return body.toBytes();
  }

  /**
   * @param display where the bytes are from, for messages
   */
  static ChunkStats fromBytes(byte[] bytes, String display) throws StoreException {
    BinaryReader body = new BinaryReader(bytes, display);
    int format = body.u8();
    if (format > FORMAT) {
      throw new StoreException(
          Code.VERSION_TOO_NEW,
          display
              + ": statistics of version "
              + format
              + ", this one reads up to "
              + FORMAT
              + "; use a newer Versor");
    }
    long rows = body.varint();
    long nulls = body.varint();
    int code = body.u8();
    int flags = body.u8();
    if (format == 0
        || rows < 0
        || nulls < 0
        || nulls > rows
        || code >= Kind.values().length
        || (flags & ~ChunkStats.ALL_FLAGS) != 0) {
      throw body.corrupt(
          "statistics of " + rows + " rows, " + nulls + " NULL, kind " + code + ", flags " + flags);
    }
    Kind kind = Kind.values()[code];
    long min = 0;
    long max = 0;
    byte[] minBytes = NO_BYTES;
    byte[] maxBytes = NO_BYTES;
    if (kind == Kind.SIGNED) {
      min = body.signed();
      max = body.signed();
    } else if (kind == Kind.UNSIGNED || kind == Kind.FLOAT) {
      min = body.u64();
      max = body.u64();
    } else if (kind != Kind.NONE) {
      minBytes = limited(body, kind);
      maxBytes = limited(body, kind);
    }
    int rank = body.u8();
    if (rank > Shape.MAX_RANK) {
      throw body.corrupt("statistics of " + rank + " extents");
    }
    int[] minShape = new int[rank];
    int[] maxShape = new int[rank];
    for (int i = 0; i < rank; i++) {
      minShape[i] = body.count("an extent of", Integer.MAX_VALUE);
      maxShape[i] = body.count("an extent of", Integer.MAX_VALUE);
    }
    body.expectEnd();
    return new ChunkStats(
        rows, nulls, kind, flags, min, max, minBytes, maxBytes, minShape, maxShape);
  }

  private static byte[] limited(BinaryReader body, Kind kind) throws StoreException {
    byte[] value = body.bytes();
    boolean decimal = kind == Kind.DECIMAL;
    if (decimal
        ? value.length == 0 || value.length > Decimals.BYTES
        : value.length > ChunkStats.MAX_PREFIX_BYTES) {
      throw body.corrupt("a bound of " + value.length + " bytes");
    }
    return value;
  }
}
