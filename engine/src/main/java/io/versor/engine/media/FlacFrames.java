package io.versor.engine.media;

import io.versor.format.type.StoreException;

/** Finds the number of samples of a FLAC stream that does not give it: the last frame knows. */
final class FlacFrames {
  private static final int LONGEST_HEADER = 16;

  private FlacFrames() {}

  static long countSamples(Bytes bytes, long firstFrame) throws StoreException {
    int fixedBlock = bytes.u16be(8); // smallest block size of STREAMINFO = that of all but the last
    for (long at = bytes.length() - 6L; at >= firstFrame; at--) {
      if (bytes.u8(at) == 0xff && (bytes.u8(at + 1) & 0xfe) == 0xf8) {
        long samples = samplesUpTo(bytes, at, fixedBlock);
        if (samples > 0) {
          return samples;
        }
      }
    }
    throw bytes.broken("has no audio frame");
  }

  /** Samples up to the end of the frame whose header stands here; 0 when it is no header. */
  private static long samplesUpTo(Bytes bytes, long at, int fixedBlock) throws StoreException {
    if (at + LONGEST_HEADER > bytes.length()) {
      return 0;
    }
    boolean variable = (bytes.u8(at + 1) & 1) != 0;
    int blockCode = bytes.u8(at + 2) >> 4;
    int rateCode = bytes.u8(at + 2) & 15;
    int lead = bytes.u8(at + 4);
    int extra = Math.max(0, Integer.numberOfLeadingZeros(~(lead << 24)) - 1);
    if (blockCode == 0 || rateCode == 15 || (lead & 0xc0) == 0x80 || extra > 6) {
      return 0;
    }
    long number = extra == 0 ? lead : lead & (0x3f >> extra);
    for (int i = 1; i <= extra; i++) {
      number = number << 6 | (bytes.u8(at + 4 + i) & 0x3f);
    }
    long next = at + 5 + extra;
    int block;
    if (blockCode == 6) {
      block = bytes.u8(next++) + 1;
    } else if (blockCode == 7) {
      block = bytes.u16be(next) + 1;
      next += 2;
    } else {
      block =
          blockCode == 1 ? 192 : blockCode < 6 ? 576 << (blockCode - 2) : 256 << (blockCode - 8);
    }
    next += rateCode == 12 ? 1 : rateCode == 13 || rateCode == 14 ? 2 : 0;
    if (crc8(bytes, at, next) != bytes.u8(next)) {
      return 0;
    }
    return (variable ? number : number * fixedBlock) + block;
  }

  private static int crc8(Bytes bytes, long from, long to) throws StoreException {
    int crc = 0;
    for (long at = from; at < to; at++) {
      crc ^= bytes.u8(at);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x80) == 0 ? crc << 1 : (crc << 1 ^ 0x07) & 0xff;
      }
    }
    return crc;
  }
}
