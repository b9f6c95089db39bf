package io.versor.format.chunk;

/** Numbers of FORMAT.md, "Chunk". */
final class ChunkFormat {
  static final int VERSION = 1;

  /** Everything raw behind a header of a few bytes: cheap for one row. */
  static final int PLAIN = 1;

  /** Each buffer in an encoding of its own. */
  static final int ENCODED = 2;

  static final int PLAIN_HEADER_BYTES = 12;

  /** Flags of a plain chunk. */
  static final int VARIABLE_FLAG = 1;

  static final int VALIDITY_FLAG = 2;

  static final int HEADER_BYTES = 16;
  static final int BUFFER_HEADER_BYTES = 24;

  /** Buffers start at multiples of it, so that raw ones can be used where they are. */
  static final int ALIGNMENT = 8;

  static final int VALIDITY = 0;
  static final int OFFSETS = 1;
  static final int SHAPES = 2;
  static final int DATA = 3;
  static final int DICTIONARY_OFFSETS = 4;
  static final int DICTIONARY_DATA = 5;
  static final int ROLES = 6;

  static final int RAW = 0;
  static final int CONSTANT = 1;
  static final int BIT_PACKED = 2;
  static final int ZSTD = 3;
  static final int ZSTD_BLOCKS = 4;

  /**
   * Samples of one chunk. A constant takes no room in the file, so this is what bounds the memory
   * that a few damaged bytes can ask for.
   */
  static final int MAX_ROWS = 1 << 24;

  /** Only in memory: the offsets of a plain chunk, which leave out the first. */
  static final int ENDS = -1;

  private ChunkFormat() {}

  /** Bytes of so many packed values: whole words, so that readers may load words. */
  static long packedBytes(long values, int bits) {
    return (values * bits + 63 >>> 6) << 3;
  }

  static int align(int bytes) {
    return bytes + ALIGNMENT - 1 & -ALIGNMENT;
  }

  static String roleName(int role) {
    return switch (role) {
      case VALIDITY -> "validity";
      case OFFSETS -> "offsets";
      case SHAPES -> "shapes";
      case DATA -> "data";
      case DICTIONARY_OFFSETS -> "dictionary offsets";
      case DICTIONARY_DATA -> "dictionary data";
      default -> "role " + role;
    };
  }
}
