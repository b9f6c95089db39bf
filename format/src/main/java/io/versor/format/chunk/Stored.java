package io.versor.format.chunk;

/**
 * A buffer as it is stored: how it is encoded, and where its bytes are.
 *
 * @param bits of a packed value
 * @param unit bytes of what is repeated or packed, or of a block before it was compressed
 * @param base what a packed 0 stands for
 * @param rawBytes when decoded
 * @param offset of the stored bytes in what holds them
 */
record Stored(
    int role, int encoding, int bits, int unit, long base, int rawBytes, int offset, int bytes) {

  Stored as(int newRole) {
    return new Stored(newRole, encoding, bits, unit, base, rawBytes, offset, bytes);
  }

  Stored at(int newOffset) {
    return new Stored(role, encoding, bits, unit, base, rawBytes, newOffset, bytes);
  }

  /** Values that a packed or repeated buffer stands for; offsets are stored as lengths. */
  int values() {
    return role == ChunkFormat.OFFSETS || role == ChunkFormat.DICTIONARY_OFFSETS
        ? rawBytes / Integer.BYTES - 1
        : rawBytes / unit;
  }
}
