package io.versor.deeplake;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the bytes of a file one after the other; what is not there is {@code CORRUPT} with the file
 * and the offset. Not thread-safe.
 */
final class FileBytes {
  private final byte[] bytes;
  private final ByteBuffer little;
  private final String display;

  FileBytes(byte[] bytes, String display) {
    this.bytes = bytes;
    this.little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.display = display;
  }

  byte[] array() {
    return bytes;
  }

  int position() {
    return little.position();
  }

  int remaining() {
    return little.remaining();
  }

  /** Steps over the version of the library that wrote the file. */
  FileBytes skipVersion() throws StoreException {
    int length = u8("the length of the version");
    need(length, "the version");
    little.position(little.position() + length);
    return this;
  }

  int u8(String what) throws StoreException {
    need(1, what);
    return little.get() & 0xFF;
  }

  long u32(String what) throws StoreException {
    need(4, what);
    return little.getInt() & 0xFFFF_FFFFL;
  }

  long i64(String what) throws StoreException {
    need(8, what);
    return little.getLong();
  }

  /** Eight bytes, the highest first: a number that cannot be negative or huge. */
  long bigEndian(String what) throws StoreException {
    long value = Long.reverseBytes(i64(what));
    if (value < 0) {
      throw corrupt(little.position() - 8, what + " " + Long.toUnsignedString(value));
    }
    return value;
  }

  /** A count of things of so many bytes each, all of which must still follow. */
  int bigEndianCount(String what, int bytesEach) throws StoreException {
    long count = bigEndian(what);
    if (count > remaining() / bytesEach) {
      throw corrupt(
          little.position() - 8,
          what + " " + count + ", but only " + remaining() + " bytes follow");
    }
    return (int) count;
  }

  boolean flag(String what) throws StoreException {
    int value = u8(what);
    if (value > 1) {
      throw corrupt(little.position() - 1, what + " " + value + ", expected 0 or 1");
    }
    return value == 1;
  }

  String utf8(int length, String what) throws StoreException {
    need(length, what);
    String text = Texts.utf8(bytes, little.position(), length, display);
    little.position(little.position() + length);
    return text;
  }

  /** All of it as text. */
  String text() throws StoreException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw corrupt(0, "text that is not UTF-8");
    }
  }

  void need(long count, String what) throws StoreException {
    if (count < 0 || count > little.remaining()) {
      throw corrupt(
          bytes.length,
          "the file ends in "
              + what
              + ": "
              + count
              + " bytes expected from "
              + little.position()
              + " on");
    }
  }

  void expectEnd() throws StoreException {
    if (little.hasRemaining()) {
      throw corrupt(little.position(), remaining() + " bytes follow where the file should end");
    }
  }

  StoreException corrupt(long offset, String fault) {
    return new StoreException(Code.CORRUPT, display + ": byte " + offset + ": " + fault);
  }
}
