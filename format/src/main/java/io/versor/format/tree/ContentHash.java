package io.versor.format.tree;

import io.versor.format.io.Pieces;
import io.versor.format.type.StoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The hash by which equal chunks are known: the first 128 bits of the SHA-256 of their bytes. */
public final class ContentHash {
  public static final int BYTES = 16;

  private ContentHash() {}

  public static byte[] of(byte[] chunk) {
    return Arrays.copyOf(sha256().digest(chunk), BYTES);
  }

  public static byte[] of(Pieces chunk) throws StoreException {
    MessageDigest digest = sha256();
    chunk.forEach(digest::update);
    return Arrays.copyOf(digest.digest(), BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
