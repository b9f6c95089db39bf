package io.versor.format.chunk;

/**
 * An encoded buffer on its way into a chunk: its description, and its bytes as a range of an array
 * that is not copied.
 */
record Encoded(Stored described, byte[] source, int sourceOffset) {
  private static final int UNASSIGNED = -1;

  static Encoded raw(byte[] source, int offset, int bytes) {
    return new Encoded(
        new Stored(UNASSIGNED, ChunkFormat.RAW, 0, 0, 0, bytes, 0, bytes), source, offset);
  }

  /** One unit, repeated. */
  static Encoded constant(byte[] source, int offset, int unit, int rawBytes) {
    return new Encoded(
        new Stored(UNASSIGNED, ChunkFormat.CONSTANT, 0, unit, 0, rawBytes, 0, unit),
        source,
        offset);
  }

  static Encoded packed(byte[] words, int bits, int unit, long base, int rawBytes) {
    return new Encoded(
        new Stored(UNASSIGNED, ChunkFormat.BIT_PACKED, bits, unit, base, rawBytes, 0, words.length),
        words,
        0);
  }

  static Encoded zstd(byte[] frame, int bytes, int rawBytes) {
    return new Encoded(
        new Stored(UNASSIGNED, ChunkFormat.ZSTD, 0, 0, 0, rawBytes, 0, bytes), frame, 0);
  }

  /** Blocks of {@code unit} raw bytes each, and before them where each ends. */
  static Encoded zstdBlocks(byte[] blocks, int bytes, int unit, int rawBytes) {
    return new Encoded(
        new Stored(UNASSIGNED, ChunkFormat.ZSTD_BLOCKS, 0, unit, 0, rawBytes, 0, bytes), blocks, 0);
  }

  Encoded as(int role) {
    return new Encoded(described.as(role), source, sourceOffset);
  }

  /** Stored bytes, without padding. */
  int bytes() {
    return described.bytes();
  }

  void writeHeader(byte[] chunk, int at) {
    chunk[at] = (byte) described.role();
    chunk[at + 1] = (byte) described.encoding();
    chunk[at + 2] = (byte) described.bits();
    Bytes.putInt(chunk, at + 4, described.unit());
    Bytes.putLong(chunk, at + 8, described.base());
    Bytes.putInt(chunk, at + 16, described.rawBytes());
    Bytes.putInt(chunk, at + 20, described.bytes());
  }
}
