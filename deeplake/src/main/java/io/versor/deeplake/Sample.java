package io.versor.deeplake;

import java.nio.charset.StandardCharsets;

/**
 * One sample of a tensor, or one item of a sequence.
 *
 * @param content what {@code bytes} are
 * @param shape as stored: {@code [1]} for texts and JSON, the number of entries for lists; all
 *     zeros for an empty sample; what the picture is decoded to for encoded ones. Links have the
 *     shape of an entry, not of what they point at
 * @param bytes unpacked, numbers little-endian; the file itself for encoded ones
 * @param tiled whether it was put together from tiles
 */
public record Sample(Content content, int[] shape, byte[] bytes, boolean tiled) {
  /** Its bytes as text: of TEXT, JSON and LINK. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
