package io.versor.format.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The hash by which equal chunks are known: the first 128 bits of the SHA-256 of their bytes. */
public final class ContentHash {
  public static final int BYTES = 16;

  private ContentHash() {}

  public static byte[] of(byte[] chunk) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(chunk), BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
