package io.versor.engine.media;

import io.versor.format.type.StoreException;

/**
 * GIF87a and GIF89a: logical screen, then blocks up to the trailer; at least one picture. Of an
 * animation the first picture counts; the shape is the logical screen's.
 */
final class GifHeader {
  private GifHeader() {}

  static boolean matches(Bytes bytes) {
    return bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a");
  }

  static MediaInfo read(Bytes bytes) throws StoreException {
    long width = bytes.u16le(6);
    long height = bytes.u16le(8);
    long at = 13 + colourTable(bytes.u8(10));
    boolean picture = false;
    while (true) {
      int introducer = bytes.u8(at);
      if (introducer == 0x3b) {
        if (!picture) {
          throw bytes.broken("has no picture");
        }
        return MediaInfo.of(MediaFormat.GIF, height, width, ImageCodec.GIF_CHANNELS);
      }
      if (introducer == 0x21) {
        at = endOfBlocks(bytes, at + 2);
      } else if (introducer == 0x2c) {
        long right = (long) bytes.u16le(at + 1) + bytes.u16le(at + 5);
        long bottom = (long) bytes.u16le(at + 3) + bytes.u16le(at + 7);
        if (right > width || bottom > height) {
          throw bytes.broken("has a picture outside its screen of " + width + " x " + height);
        }
        picture = true;
        at = endOfBlocks(bytes, at + 11 + colourTable(bytes.u8(at + 9)));
      } else {
        throw bytes.broken("has no block at byte " + at);
      }
    }
  }

  private static long colourTable(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
  }

  private static long endOfBlocks(Bytes bytes, long from) throws StoreException {
    long at = from;
    while (bytes.u8(at) != 0) {
      at += 1 + bytes.u8(at);
    }
    return at + 1;
  }
}
