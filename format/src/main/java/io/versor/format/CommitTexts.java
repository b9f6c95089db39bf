package io.versor.format;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What commits and tags say of themselves is bounded. */
final class CommitTexts {
  private CommitTexts() {}

  static void check(Optional<String> message, String author) throws StoreException {
    checkLength("the message of a commit", message.orElse(""), CommitRequest.MAX_MESSAGE_BYTES);
    checkLength("the author of a commit", author, CommitRequest.MAX_AUTHOR_BYTES);
  }

  static void checkLength(String what, String text, int limit) throws StoreException {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limit) {
      throw new StoreException(
          Code.TOO_LONG, what + " has " + bytes + " bytes, at most " + limit + " are allowed");
    }
  }
}
