package io.versor.engine.copy;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text that must be what it says it is encoded as. */
final class Utf8 {
  private static final int CHARACTERS = 1 << 15;

  private Utf8() {}

  /**
   * The text of bytes.
   *
   * @throws StoreException {@code INVALID_VALUE} for bytes that are no UTF-8
   */
  static String text(byte[] bytes, int from, int to) throws StoreException {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return strict(bytes, from, to);
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1); // which is fast
  }

  private static String strict(byte[] bytes, int from, int to) throws StoreException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      String shown = new String(bytes, from, Math.min(60, to - from), StandardCharsets.UTF_8);
      throw new StoreException(
          Code.INVALID_VALUE,
          "'" + shown + "' is not in UTF-8; ENCODING says what a file is in",
          e);
    }
  }

  /** A text for a message, whatever its bytes are. */
  static String shown(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + DecodedRows.MAX_RAW_CHARACTERS);
    return new String(bytes, from, end - from, StandardCharsets.UTF_8).replace("\0", "\ufffd");
  }

  /** A stream in another encoding, as UTF-8. Bytes that mean nothing in it are an error. */
  static InputStream from(InputStream in, Charset charset) {
    return charset.equals(StandardCharsets.UTF_8) ? in : new Recoded(in, charset);
  }

  private static final class Recoded extends InputStream {
    private final InputStreamReader in;
    private final Charset charset;
    private final CharBuffer characters = CharBuffer.allocate(CHARACTERS).flip();
    private final ByteBuffer bytes = ByteBuffer.allocate(4 * CHARACTERS).flip();
    private final CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private boolean ended;

    Recoded(InputStream in, Charset charset) {
      this.charset = charset;
      this.in =
          new InputStreamReader(
              in,
              charset
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] out, int offset, int length) throws IOException {
      while (!bytes.hasRemaining()) {
        if (ended) {
          return -1;
        }
        fill();
      }
      int count = Math.min(length, bytes.remaining());
      bytes.get(out, offset, count);
      return count;
    }

    private void fill() throws IOException {
      try {
        characters.compact();
        ended = in.read(characters) < 0;
        characters.flip();
        bytes.clear();
        var result = encoder.encode(characters, bytes, ended);
        if (result.isError()) {
          result.throwException();
        }
        bytes.flip();
      } catch (CharacterCodingException e) {
        throw new IOException("bytes that mean nothing in " + charset + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
