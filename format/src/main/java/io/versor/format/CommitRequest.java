package io.versor.format;

import java.util.Map;
import java.util.Optional;

/**
 * What a commit is to say of itself.
 *
 * @param allowEmpty whether a commit without a change is no error
 */
public record CommitRequest(
    Optional<String> message, String author, boolean allowEmpty, Map<String, String> properties) {
  /** Longest message in UTF-8 bytes. */
  public static final int MAX_MESSAGE_BYTES = 1 << 20;

  /** Longest author in UTF-8 bytes. */
  public static final int MAX_AUTHOR_BYTES = 1_000;

  public CommitRequest {
    properties = Map.copyOf(properties);
  }

  public static CommitRequest of(String message, String author) {
    return new CommitRequest(Optional.of(message), author, false, Map.of());
  }
}
