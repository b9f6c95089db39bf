package io.versor.deeplake;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes as text. */
final class Texts {
  private Texts() {}

  /** {@code CORRUPT} where it is not UTF-8. */
  static String utf8(byte[] bytes, int offset, int length, String display) throws StoreException {
    try {
      ByteBuffer part = ByteBuffer.wrap(bytes, offset, length);
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw new StoreException(
          Code.CORRUPT, display + ": text that is not UTF-8 in " + length + " bytes", e);
    }
  }
}
