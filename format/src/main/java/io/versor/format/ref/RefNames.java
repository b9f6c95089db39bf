package io.versor.format.ref;

import io.versor.format.type.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for names of branches and tags: git's for ref names, and ours on top, since a branch is
 * also a schema and a name also stands in revision expressions.
 */
final class RefNames {
  /** Names lie in the root, which is small; 200 bytes are also what file systems of tools bear. */
  static final int MAX_BYTES = 200;

  /** Characters with a meaning in revisions, refspecs, globs or paths. */
  private static final String FORBIDDEN = " ~^:?*[\\";

  /** Schemas and revisions that exist without being refs; compared without case. */
  private static final Set<String> RESERVED =
      Set.of("versor", "information_schema", "head", "working");

  private RefNames() {}

  /**
   * Throws {@code INVALID_NAME} with the name and the rule it breaks.
   *
   * @param what {@code branch} or {@code tag}
   */
  static void check(String what, String name) throws StoreException {
    Optional<String> fault = findFault(name);
    if (fault.isPresent()) {
      throw new StoreException(
          StoreException.Code.INVALID_NAME,
          what + " name '" + Quoted.shortened(name) + "': " + fault.get());
    }
  }

  /** The rule a name breaks, as a clause for a message. */
  static Optional<String> findFault(String name) {
    if (name.isEmpty()) {
      return Optional.of("a name has at least one character");
    }
    Optional<String> fault = findBadCharacter(name);
    if (fault.isPresent()) {
      return fault;
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      return Optional.of("it has " + bytes + " bytes in UTF-8, at most " + MAX_BYTES + " fit");
    }
    fault = findBadShape(name);
    return fault.isPresent() ? fault : findReserved(name);
  }

  private static Optional<String> findBadCharacter(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      int kind = Character.getType(c);
      if (Character.isISOControl(c)
          || kind == Character.LINE_SEPARATOR
          || kind == Character.PARAGRAPH_SEPARATOR) {
        return Optional.of(String.format("the control character U+%04X is not allowed", (int) c));
      }
      if (Character.isSurrogate(c) && !Quoted.isPaired(name, i)) {
        return Optional.of("half a character (an unpaired surrogate) is not allowed");
      }
      if (FORBIDDEN.indexOf(c) >= 0) {
        return Optional.of(
            (c == ' ' ? "a space" : "the character " + c)
                + " is not allowed (nor any of ~ ^ : ? * [ \\ and space)");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> findBadShape(String name) {
    if (name.startsWith("-")) {
      return Optional.of("it must not begin with -");
    }
    if (name.startsWith("/") || name.endsWith("/") || name.contains("//")) {
      return Optional.of("a / must stand between two parts that are not empty");
    }
    if (name.contains("..")) {
      return Optional.of("two dots in a row are not allowed");
    }
    if (name.endsWith(".")) {
      return Optional.of("it must not end with a dot");
    }
    if (name.equals("@") || name.contains("@{")) {
      return Optional.of("@ alone and @{ are not allowed");
    }
    for (String part : name.split("/", -1)) {
      if (part.startsWith(".")) {
        return Optional.of("no part between slashes may begin with a dot");
      }
      if (part.endsWith(".lock")) {
        return Optional.of("no part between slashes may end with .lock");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> findReserved(String name) {
    if (RESERVED.contains(fold(name))) {
      return Optional.of("the name is reserved");
    }
    if (CommitPrefix.looksLikeHex(name)) {
      return Optional.of(
          "it reads as a commit id ("
              + CommitPrefix.MIN_DIGITS
              + " or more hex digits and nothing else); add another letter, such as r"
              + Quoted.shortened(name));
    }
    return Optional.empty();
  }

  /** The key under which names that differ only in case are equal, character by character. */
  static String fold(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name.toLowerCase(
          Locale.ROOT); // the common case, without a copy if it is lower already
    }
    StringBuilder folded = new StringBuilder(name.length());
    name.codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }
}
