package io.versor.engine.media;

import io.versor.format.type.StoreException;

/** Windows bitmaps with a header of 12 or of at least 40 bytes; decoded to three channels. */
final class BmpHeader {
  private BmpHeader() {}

  static boolean matches(Bytes bytes) throws StoreException {
    return bytes.has(0, "BM") && bytes.length() >= 26 && bytes.u16le(6) == 0 && bytes.u16le(8) == 0;
  }

  static MediaInfo read(Bytes bytes) throws StoreException {
    long header = bytes.u32le(14);
    long pixels = bytes.u32le(10);
    if (header == 12) {
      long rowBytes = (bytes.u16le(18) * (long) bytes.u16le(24) + 31) / 32 * 4;
      bytes.need(pixels, rowBytes * bytes.u16le(20));
      return MediaInfo.of(MediaFormat.BMP, bytes.u16le(20), bytes.u16le(18), 3);
    }
    if (header < 40 || header > 1024) {
      throw bytes.broken("has a header of " + header + " bytes");
    }
    long width = (int) bytes.u32le(18);
    long height = Math.abs((long) (int) bytes.u32le(22)); // negative: rows from the top
    MediaInfo info = MediaInfo.of(MediaFormat.BMP, height, width, 3);
    boolean compressed = bytes.u32le(30) == 1 || bytes.u32le(30) == 2;
    bytes.need(pixels, compressed ? 1 : (width * bytes.u16le(28) + 31) / 32 * 4 * height);
    return info;
  }
}
