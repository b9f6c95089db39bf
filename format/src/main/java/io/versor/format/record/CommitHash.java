package io.versor.format.record;

import io.versor.format.io.BinaryWriter;
import io.versor.format.ref.CommitId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Commit ids and the running hash of a log: FORMAT.md, "Commit ids". */
public final class CommitHash {
  /** Bytes of a running hash. */
  public static final int RUNNING_BYTES = 32;

  private CommitHash() {}

  /** The running hash before the first frame of a log. */
  public static byte[] start() {
    return new byte[RUNNING_BYTES];
  }

  /** The running hash after a frame: SHA-256 over the one before it and the frame's payload. */
  public static byte[] next(byte[] running, byte[] payload) {
    MessageDigest sha = sha256();
    sha.update(running);
    return sha.digest(payload);
  }

  /**
   * First 20 bytes of the SHA-256 over the seal's fields.
   *
   * @param running running hash of the frames before the seal's
   * @param pending payload of the records that precede the seal in its own frame
   */
  public static CommitId id(
      List<CommitId> parents,
      long branchId,
      byte[] running,
      byte[] pending,
      String author,
      long committedAt,
      Optional<String> message,
      Map<String, String> properties) {
    BinaryWriter fields = new BinaryWriter();
    fields.varint(parents.size());
    parents.forEach(parent -> fields.raw(parent.bytes()));
    fields.u64(branchId).raw(running).bytes(pending).text(author).u64(committedAt);
    fields.u8(message.isPresent() ? 1 : 0).text(message.orElse(""));
    fields.varint(properties.size());
    new TreeMap<>(properties).forEach((key, value) -> fields.text(key).text(value));
    return CommitId.of(Arrays.copyOf(sha256().digest(fields.toBytes()), 20));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
