package io.versor.format.chunk;

import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * A buffer cut into blocks that are compressed each by itself, so that a sample costs its block and
 * not its chunk: FORMAT.md, "Chunk". One thread.
 */
final class ZstdBlocks {
  /**
   * Raw bytes of a block. Measured on captions of 43 characters: 32 KiB take 24 microseconds to
   * decompress and 5 % more room than a frame of a mebibyte, half of it 11 and 13 %.
   */
  static final int BLOCK_BYTES = 32 << 10;

  /** Where the stored bytes of the buffer are read from; positions count from its first. */
  @FunctionalInterface
  interface Input {
    void read(int from, byte[] into, int bytes) throws StoreException;
  }

  private static final byte[] NO_BYTES = {};

  private final Stored stored;
  private final ChunkHeader header;
  private final Input input;
  private byte[] frame = NO_BYTES;

  ZstdBlocks(Stored stored, ChunkHeader header, Input input) {
    this.stored = stored;
    this.header = header;
    this.input = input;
  }

  /** How many blocks so many bytes have. */
  static int count(int rawBytes, int blockBytes) {
    return (int) (((long) rawBytes + blockBytes - 1) / blockBytes);
  }

  /** Blocks of at most {@code limit} bytes in all, else raw. */
  static Encoded encode(byte[] data, int start, int bytes, long limit) throws StoreException {
    int blocks = count(bytes, BLOCK_BYTES);
    int ends = Integer.BYTES * blocks;
    byte[] all = new byte[(int) Math.min(limit, Integer.MAX_VALUE - 8)];
    int at = ends;
    for (int i = 0; i < blocks; i++) {
      int from = i * BLOCK_BYTES;
      int frame =
          at > all.length
              ? -1
              : ZstdFrames.compress(
                  data, start + from, Math.min(BLOCK_BYTES, bytes - from), all, at);
      if (frame < 0) {
        return Encoded.raw(data, start, bytes);
      }
      at += frame;
      Bytes.putInt(all, Integer.BYTES * i, at - ends);
    }
    return Encoded.zstdBlocks(all, at, BLOCK_BYTES, bytes);
  }

  int blocks() {
    return count(stored.rawBytes(), stored.unit());
  }

  int rawBytes(int block) {
    return (int) Math.min(stored.unit(), stored.rawBytes() - (long) block * stored.unit());
  }

  /**
   * Refuses blocks that do not fill the buffer, or do not say themselves how long they are, before
   * room is made for all of them.
   */
  void check() throws StoreException {
    int end = 0;
    for (int i = 0; i < blocks(); i++) {
      end = open(i, ChunkHeader.ZSTD_HEAD_BYTES);
    }
    if (end != stored.bytes() - Integer.BYTES * blocks()) {
      throw header.corrupt(
          ChunkFormat.roleName(stored.role())
              + ": blocks of "
              + end
              + " bytes in all, expected "
              + (stored.bytes() - Integer.BYTES * blocks()));
    }
  }

  /** Decompresses a block. */
  void read(int block, byte[] into, int at) throws StoreException {
    open(block, Integer.MAX_VALUE);
    int raw = rawBytes(block);
    Optional<String> fault = ZstdFrames.decompress(frame, 0, frame.length, into, at, raw);
    if (fault.isPresent()) {
      throw header.zstdFault(stored, fault.get(), raw);
    }
  }

  /** Reads at most so many of a block's compressed bytes; where it ends. */
  private int open(int block, int most) throws StoreException {
    int directory = Integer.BYTES * blocks();
    byte[] ends = new byte[2 * Integer.BYTES];
    int start = 0;
    if (block > 0) {
      input.read(Integer.BYTES * (block - 1), ends, ends.length);
      start = Bytes.getInt(ends, 0);
    } else {
      input.read(0, ends, Integer.BYTES);
    }
    int end = Bytes.getInt(ends, block > 0 ? Integer.BYTES : 0);
    if (start < 0 || end <= start || end > stored.bytes() - directory) {
      throw header.corrupt(
          ChunkFormat.roleName(stored.role())
              + ": block "
              + block
              + " from byte "
              + start
              + " to "
              + end
              + " of "
              + (stored.bytes() - directory));
    }
    frame = new byte[Math.min(most, end - start)];
    input.read(directory + start, frame, frame.length);
    header.checkFrame(stored, frame, rawBytes(block));
    return end;
  }
}
