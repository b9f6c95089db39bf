package io.versor.deeplake;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Unpacks LZ4: blocks with their length in front, which Deep Lake writes, and frames, which it
 * wrote before. Every bound is checked, and nothing is allocated that the packed bytes could not
 * fill. Stateless.
 */
final class Lz4 {
  private static final int FRAME_MAGIC = 0x184D2204;

  /** A byte of a length tells of at most so many. */
  private static final long MOST_RATIO = 255;

  private static final int MIN_MATCH = 4;

  private final byte[] in;
  private final int end;
  private final DatasetFiles files;
  private final String path;
  private int at;
  private byte[] out = {};
  private int size;

  private Lz4(byte[] in, int offset, int length, DatasetFiles files, String path) {
    this.in = in;
    this.at = offset;
    this.end = offset + length;
    this.files = files;
    this.path = path;
  }

  /**
   * @param path of the file they come from, for messages
   */
  static byte[] unpack(byte[] in, int offset, int length, DatasetFiles files, String path)
      throws StoreException {
    if (length == 0) {
      return new byte[0];
    }
    Lz4 lz4 = new Lz4(in, offset, length, files, path);
    if (length < 4) {
      throw lz4.corrupt(offset, length + " packed bytes, expected a length of 4 bytes in front");
    }
    return lz4.i32() == FRAME_MAGIC ? lz4.frame() : lz4.sizedBlock(offset);
  }

  private byte[] sizedBlock(int offset) throws StoreException {
    at = offset;
    long raw = i32() & 0xFFFF_FFFFL;
    reserve(raw, end - at);
    block(end);
    if (size != raw) {
      throw corrupt(offset, "LZ4 tells of " + raw + " bytes but has " + size);
    }
    return out;
  }

  private void reserve(long raw, long packed) throws StoreException {
    if (raw > (packed + 1) * MOST_RATIO) {
      throw corrupt(at, raw + " bytes out of " + packed + " packed ones");
    }
    if (size + raw > out.length) {
      byte[] larger = files.allocate(size + raw, path);
      System.arraycopy(out, 0, larger, 0, size);
      out = larger;
    }
  }

  private byte[] frame() throws StoreException {
    int start = at;
    int flags = u8();
    int sizes = u8();
    if (flags >>> 6 != 1 || (flags & 1) != 0) {
      throw corrupt(start, "an LZ4 frame of version " + (flags >>> 6) + " or with a dictionary");
    }
    boolean blockSums = (flags & 0x10) != 0;
    boolean contentSum = (flags & 4) != 0;
    long content = -1;
    if ((flags & 8) != 0) {
      need(8);
      content = ByteBuffer.wrap(in, at, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
      at += 8;
    }
    int sum = XxHash32.of(in, start, at - start) >>> 8 & 0xFF;
    if (u8() != sum) {
      throw corrupt(start, "an LZ4 frame whose descriptor has another checksum");
    }
    long mostBlock = 1L << 8 + 2 * (sizes >>> 4 & 7);
    for (int head = i32(); head != 0; head = i32()) {
      int length = head & 0x7FFF_FFFF;
      if (length > mostBlock) {
        throw corrupt(at - 4, "an LZ4 block of " + length + " bytes, at most " + mostBlock);
      }
      need(length);
      int from = at;
      if (head < 0) {
        reserve(length, length);
        System.arraycopy(in, at, out, size, length);
        size += length;
        at += length;
      } else {
        reserve(Math.min(mostBlock, length * MOST_RATIO), length);
        block(at + length);
      }
      if (blockSums && i32() != XxHash32.of(in, from, length)) {
        throw corrupt(from, "an LZ4 block has another checksum");
      }
    }
    if (contentSum && i32() != XxHash32.of(out, 0, size)) {
      throw corrupt(at - 4, "the content of an LZ4 frame has another checksum");
    }
    if (content >= 0 && content != size) {
      throw corrupt(start, "an LZ4 frame tells of " + content + " bytes but has " + size);
    }
    return size == out.length ? out : Arrays.copyOf(out, size);
  }

  /** Unpacks one block behind what is there, which it may refer to. */
  private void block(int blockEnd) throws StoreException {
    while (at < blockEnd) {
      int token = in[at++] & 0xFF;
      int literals = length(token >>> 4, blockEnd);
      if (literals > blockEnd - at || literals > out.length - size) {
        throw corrupt(at, "LZ4: " + literals + " literals do not fit");
      }
      System.arraycopy(in, at, out, size, literals);
      at += literals;
      size += literals;
      if (at == blockEnd) {
        return;
      }
      if (blockEnd - at < 2) {
        throw corrupt(at, "LZ4 ends in an offset");
      }
      int distance = in[at] & 0xFF | (in[at + 1] & 0xFF) << 8;
      at += 2;
      int match = length(token & 15, blockEnd) + MIN_MATCH;
      if (distance == 0 || distance > size || match > out.length - size) {
        throw corrupt(at, "LZ4: " + match + " bytes from " + distance + " before do not fit");
      }
      copy(distance, match);
    }
  }

  private void copy(int distance, int match) {
    if (distance >= match) {
      System.arraycopy(out, size - distance, out, size, match);
    } else {
      for (int i = 0; i < match; i++) {
        out[size + i] = out[size + i - distance];
      }
    }
    size += match;
  }

  private int length(int nibble, int blockEnd) throws StoreException {
    long length = nibble;
    if (nibble == 15) {
      int more;
      do {
        if (at == blockEnd) {
          throw corrupt(at, "LZ4 ends in a length");
        }
        more = in[at++] & 0xFF;
        length += more;
      } while (more == 255);
    }
    return (int) Math.min(length, Integer.MAX_VALUE - MIN_MATCH);
  }

  private int u8() throws StoreException {
    need(1);
    return in[at++] & 0xFF;
  }

  private int i32() throws StoreException {
    need(4);
    int value = ByteBuffer.wrap(in, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    at += 4;
    return value;
  }

  private void need(int bytes) throws StoreException {
    if (bytes > end - at) {
      throw corrupt(end, "LZ4 ends, " + bytes + " more bytes expected");
    }
  }

  private StoreException corrupt(int offset, String fault) {
    return new StoreException(
        Code.CORRUPT, files.display(path) + ": packed byte " + offset + ": " + fault);
  }
}
