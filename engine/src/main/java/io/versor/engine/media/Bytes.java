package io.versor.engine.media;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.charset.StandardCharsets;

/** Encoded bytes read with their end in mind: a read past it says that the sample is cut off. */
final class Bytes {
  private final MediaFormat format;
  private final byte[] bytes;

  Bytes(MediaFormat format, byte[] bytes) {
    this.format = format;
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  byte[] array() {
    return bytes;
  }

  int u8(long at) throws StoreException {
    need(at, 1);
    return bytes[(int) at] & 0xff;
  }

  int u16le(long at) throws StoreException {
    return u8(at) | u8(at + 1) << 8;
  }

  int u16be(long at) throws StoreException {
    return u8(at) << 8 | u8(at + 1);
  }

  long u32le(long at) throws StoreException {
    return u16le(at) | (long) u16le(at + 2) << 16;
  }

  long u32be(long at) throws StoreException {
    return (long) u16be(at) << 16 | u16be(at + 2);
  }

  /** Whether the ASCII text stands at an offset; false when the bytes end before it. */
  boolean has(long at, String ascii) {
    if (at < 0 || at + ascii.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[(int) at + i] != (byte) ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  String ascii(long at, int length) throws StoreException {
    need(at, length);
    return new String(bytes, (int) at, length, StandardCharsets.ISO_8859_1);
  }

  void need(long at, long length) throws StoreException {
    if (at < 0 || length < 0 || at + length > bytes.length) {
      throw broken(
          "ends after " + bytes.length + " bytes where " + (at + length) + " are announced");
    }
  }

  StoreException broken(String what) {
    return new StoreException(
        Code.INVALID_VALUE,
        "not a whole " + format.mediaType() + ": it " + what + ". Give the file as it was written");
  }
}
