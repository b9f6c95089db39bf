package io.versor.engine.media;

import io.versor.format.type.StoreException;
import java.util.zip.CRC32;

/**
 * PNG, ISO/IEC 15948: the signature, IHDR first, every chunk whole with the CRC it names, at least
 * one IDAT, IEND last. Bytes behind IEND are allowed.
 */
final class PngHeader {
  private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

  private PngHeader() {}

  static boolean matches(Bytes bytes) {
    return bytes.has(0, SIGNATURE);
  }

  static MediaInfo read(Bytes bytes) throws StoreException {
    long at = SIGNATURE.length();
    long width = 0;
    long height = 0;
    int colour = -1;
    boolean transparent = false;
    boolean data = false;
    while (true) {
      long length = bytes.u32be(at);
      String name = bytes.ascii(at + 4, 4);
      bytes.need(at + 8, length + 4);
      checkCrc(bytes, at, length, name);
      if ((colour < 0) != name.equals("IHDR")) {
        throw bytes.broken("must have exactly one IHDR, first; found " + name + " at byte " + at);
      }
      switch (name) {
        case "IHDR" -> {
          width = bytes.u32be(at + 8);
          height = bytes.u32be(at + 12);
          colour = bytes.u8(at + 17);
          MediaInfo.of(MediaFormat.PNG, height, width, channels(bytes, colour, false));
        }
        case "tRNS" -> transparent = true;
        case "IDAT" -> data = true;
        case "IEND" -> {
          if (!data) {
            throw bytes.broken("has no IDAT");
          }
          return MediaInfo.of(MediaFormat.PNG, height, width, channels(bytes, colour, transparent));
        }
        default -> {
          // Other chunks do not change the shape.
        }
      }
      at += length + 12;
    }
  }

  private static void checkCrc(Bytes bytes, long at, long length, String name)
      throws StoreException {
    CRC32 crc = new CRC32();
    crc.update(bytes.array(), (int) at + 4, (int) length + 4);
    long expected = bytes.u32be(at + 8 + length);
    if (crc.getValue() != expected) {
      throw bytes.broken(
          "has a chunk "
              + name
              + " with CRC "
              + Long.toHexString(crc.getValue())
              + ", announced "
              + Long.toHexString(expected));
    }
  }

  private static int channels(Bytes bytes, int colour, boolean transparent) throws StoreException {
    return switch (colour) {
      case 0 -> 1;
      case 2 -> 3;
      case 3 -> transparent ? 4 : 3; // a palette is decoded to the colours it stands for
      case 4 -> 2;
      case 6 -> 4;
      default -> throw bytes.broken("has the colour type " + colour + "; 0, 2, 3, 4 or 6 exist");
    };
  }
}
