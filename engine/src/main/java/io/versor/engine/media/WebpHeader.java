package io.versor.engine.media;

import io.versor.format.type.StoreException;

/**
 * WebP in RIFF: lossy ({@code VP8 }), lossless ({@code VP8L}) or extended ({@code VP8X}). The RIFF
 * length must lie inside the bytes. Stored and measured, not decoded: the JDK has no reader.
 */
final class WebpHeader {
  private WebpHeader() {}

  static boolean matches(Bytes bytes) {
    return bytes.has(0, "RIFF") && bytes.has(8, "WEBP");
  }

  static MediaInfo read(Bytes bytes) throws StoreException {
    long end = bytes.u32le(4) + 8;
    bytes.need(0, end);
    String name = bytes.ascii(12, 4);
    bytes.need(20, bytes.u32le(16));
    switch (name) {
      case "VP8 " -> {
        if (bytes.u8(23) != 0x9d || bytes.u8(24) != 0x01 || bytes.u8(25) != 0x2a) {
          throw bytes.broken("has no key frame");
        }
        return MediaInfo.of(
            MediaFormat.WEBP, bytes.u16le(28) & 0x3fff, bytes.u16le(26) & 0x3fff, 3);
      }
      case "VP8L" -> {
        if (bytes.u8(20) != 0x2f) {
          throw bytes.broken("has no lossless signature");
        }
        long bits = bytes.u32le(21);
        long width = (bits & 0x3fff) + 1;
        long height = (bits >> 14 & 0x3fff) + 1;
        return MediaInfo.of(MediaFormat.WEBP, height, width, (bits >> 28 & 1) == 0 ? 3 : 4);
      }
      case "VP8X" -> {
        long width = bytes.u16le(24) + ((long) bytes.u8(26) << 16) + 1;
        long height = bytes.u16le(27) + ((long) bytes.u8(29) << 16) + 1;
        return MediaInfo.of(MediaFormat.WEBP, height, width, (bytes.u8(20) & 0x10) == 0 ? 3 : 4);
      }
      default -> throw bytes.broken("begins with the chunk " + name);
    }
  }
}
