package io.versor.format.ref;

import io.versor.format.log.FrameAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A tag: a name that stays with one commit.
 *
 * @param seal the frame that made the commit, so that reading a tag needs no look into the index
 * @param tagger who made the tag
 * @param atMicros when, in microseconds since 1970 UTC
 */
public record TagEntry(
    TagName name,
    CommitId commit,
    FrameAddress seal,
    Optional<String> message,
    String tagger,
    long atMicros,
    UnknownKeys unknown) {

  /** Tags lie in the root, which every writer of it copies; a long text belongs to the commit. */
  public static final int MAX_MESSAGE_BYTES = 4_000;

  /** As the author of a commit: a name and an address, not a text. */
  public static final int MAX_TAGGER_BYTES = 500;

  public TagEntry {
    message.ifPresent(m -> checkBytes("tag message", m, MAX_MESSAGE_BYTES));
    checkBytes("tagger", tagger, MAX_TAGGER_BYTES);
  }

  public TagEntry(
      TagName name,
      CommitId commit,
      FrameAddress seal,
      Optional<String> message,
      String tagger,
      long atMicros) {
    this(name, commit, seal, message, tagger, atMicros, UnknownKeys.none());
  }

  private static void checkBytes(String what, String text, int limit) {
    Checks.within(what + " bytes", text.getBytes(StandardCharsets.UTF_8).length, 0, limit);
  }
}
