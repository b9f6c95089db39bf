package io.versor.format.ref;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import io.versor.format.type.JsonTrees;
import io.versor.format.type.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The bytes of a {@link Root}: one JSON object in UTF-8, closed by the CRC32C of all bytes before
 * it, as in FORMAT.md, "Root".
 *
 * <p>The checksum is over bytes as they stand, not over a canonical form of the content: a flipped
 * bit shows wherever it is, and a reader in another language needs no second serialiser.
 */
public final class RootJson {
  /** The highest format version this code reads: of a store with logs in packs. */
  public static final int VERSION = 3;

  /** That of others with commits that have expired. */
  private static final int WITH_EXPIRY = 2;

  /** That of all other stores, which older programs read and write, too. */
  private static final int FIRST = 1;

  /**
   * Room for some 6,000 branches or tags. Every change of the root copies all of it, about 3 ms for
   * 1,000 branches and 10 ms for 4,000, so it must end somewhere.
   */
  public static final int MAX_BYTES = 1 << 20;

  private static final String CRC = "crc";

  /** What follows the content: the key, eight hex digits, and the end of the object. */
  private static final byte[] CRC_KEY = ascii(",\"" + CRC + "\":\"");

  private static final byte[] CRC_END = ascii("\"}\n");
  private static final int CRC_DIGITS = 8;
  private static final int TRAILER_BYTES = CRC_KEY.length + CRC_DIGITS + CRC_END.length;

  /**
   * Deepest is an address in a start in a branch in the list in the root; a newer version may nest.
   */
  private static final int MAX_DEPTH = 32;

  private static final JsonFactory JSON =
      JsonTrees.factory(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());

  private RootJson() {}

  /**
   * The bytes of a root.
   *
   * @throws StoreException {@code LIMIT} when there are more than {@link #MAX_BYTES}
   */
  public static byte[] encode(Root root) throws StoreException {
    byte[] content = contentOf(root);
    int kept = content.length - 1; // without the closing brace: the checksum is the last key
    CRC32C crc = new CRC32C();
    crc.update(content, 0, kept);
    byte[] bytes = Arrays.copyOf(content, kept + TRAILER_BYTES);
    System.arraycopy(CRC_KEY, 0, bytes, kept, CRC_KEY.length);
    byte[] digits = ascii(HexFormat.of().toHexDigits((int) crc.getValue()));
    System.arraycopy(digits, 0, bytes, kept + CRC_KEY.length, CRC_DIGITS);
    System.arraycopy(CRC_END, 0, bytes, bytes.length - CRC_END.length, CRC_END.length);
    if (bytes.length > MAX_BYTES) {
      throw new StoreException(
          StoreException.Code.LIMIT,
          "the root of the store would have "
              + bytes.length
              + " bytes, at most "
              + MAX_BYTES
              + " fit: it names "
              + root.branches().size()
              + " branches (dropped ones that are still needed included) and "
              + root.tags().size()
              + " tags; drop tags, shorten names and messages, or drop branches and VACUUM");
    }
    return bytes;
  }

  /**
   * The root these bytes hold.
   *
   * @param display where they come from, for messages: {@code root of /data/animals}
   * @throws StoreException {@code CORRUPT} when they were damaged or lack what every version
   *     writes; {@code VERSION_TOO_NEW} when a later version wrote them
   */
  public static Root decode(byte[] bytes, String display) throws StoreException {
    checkCrc(bytes, display);
    JsonFields fields = JsonFields.of(parse(bytes, display), display + ": ");
    long version = fields.integer(RootContent.FORMAT);
    if (version > VERSION) {
      throw new StoreException(
          StoreException.Code.VERSION_TOO_NEW,
          display
              + ": written in format version "
              + version
              + ", this Versor reads versions up to "
              + VERSION
              + "; open it with a newer one");
    }
    if (version < 1) {
      throw JsonFields.corrupt(display + ": format version " + version + ", expected 1 or more");
    }
    fields.text(CRC, CRC_DIGITS); // checked above, and not a key to keep
    try {
      return RootContent.read(fields);
    } catch (IllegalArgumentException e) {
      throw JsonFields.corrupt(display + ": " + e.getMessage());
    }
  }

  private static byte[] contentOf(Root root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      JsonTrees.write(json, RootContent.write(root, version(root)));
    } catch (IOException e) {
      throw new IllegalStateException("a tree of plain values could not be written", e);
    }
    return bytes.toByteArray();
  }

  /** Older programs must not pass over what they do not know. */
  private static int version(Root root) {
    if (root.branches().stream().anyMatch(branch -> branch.packed().isPresent())) {
      return VERSION;
    }
    return root.expiry().isNone() ? FIRST : WITH_EXPIRY;
  }

  private static void checkCrc(byte[] bytes, String display) throws StoreException {
    int kept = bytes.length - TRAILER_BYTES;
    if (kept < 1
        || !hasAt(bytes, kept, CRC_KEY)
        || !hasAt(bytes, bytes.length - CRC_END.length, CRC_END)) {
      throw JsonFields.corrupt(
          display
              + ": "
              + bytes.length
              + " bytes that do not end in a checksum; this is no root of a Versor store, or it was"
              + " cut or edited");
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, kept);
    String expected = HexFormat.of().toHexDigits((int) crc.getValue());
    String found =
        new String(bytes, kept + CRC_KEY.length, CRC_DIGITS, StandardCharsets.ISO_8859_1);
    if (!found.equals(expected)) {
      throw JsonFields.corrupt(
          display
              + ": checksum "
              + Quoted.shortened(found)
              + ", expected "
              + expected
              + "; it was damaged or edited, restore it from a copy");
    }
  }

  private static JsonNode parse(byte[] bytes, String display) throws StoreException {
    try {
      return JsonTrees.read(JSON, bytes);
    } catch (JsonProcessingException e) {
      throw JsonFields.corrupt(display + ": not JSON: " + e.getOriginalMessage());
    } catch (IOException e) { // of an array: characters of UTF-16 or UTF-32 that there are not
      throw JsonFields.corrupt(display + ": not JSON in UTF-8: " + e.getMessage());
    }
  }

  private static boolean hasAt(byte[] bytes, int at, byte[] expected) {
    return Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
