package io.versor.format.ref;

import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The beginning of a commit id: 6 to 40 hex digits, kept in lower case.
 *
 * <p>A text that reads as a prefix can never be the name of a branch or tag, so the two are told
 * apart without a look at the store.
 */
public record CommitPrefix(String hex) {
  /** Fewer digits would be ambiguous too soon, and would forbid names such as {@code beef}. */
  public static final int MIN_DIGITS = 6;

  /** Ids listed in a message about an ambiguous prefix. */
  private static final int MAX_SHOWN = 4;

  public CommitPrefix {
    hex = hex.toLowerCase(Locale.ROOT);
    if (!looksLikeHex(hex) || hex.length() > CommitId.HEX_DIGITS) {
      throw new IllegalArgumentException("not the beginning of a commit id: " + hex);
    }
  }

  /** The prefix this text spells, if it is 6 to 40 hex digits. */
  public static Optional<CommitPrefix> find(String text) {
    return looksLikeHex(text) && text.length() <= CommitId.HEX_DIGITS
        ? Optional.of(new CommitPrefix(text))
        : Optional.empty();
  }

  /** Whether a text is six or more hex digits in either case and nothing else. */
  static boolean looksLikeHex(String text) {
    return text.length() >= MIN_DIGITS && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /** Whether an id begins with these digits. */
  public boolean matches(CommitId id) {
    return id.hex().startsWith(hex);
  }

  /** The smallest id that begins with these digits. */
  public CommitId smallest() {
    char[] digits = new char[CommitId.HEX_DIGITS];
    Arrays.fill(digits, '0');
    hex.getChars(0, hex.length(), digits, 0);
    return CommitId.of(HexFormat.of().parseHex(new String(digits)));
  }

  /**
   * The one commit of several candidates that begins with these digits.
   *
   * @param candidates from the commit index and from the ends of logs; one may stand in both
   * @throws StoreException {@code NO_SUCH_REF} when none does, {@code AMBIGUOUS_REF} when several
   *     do
   */
  public CommitLocation only(Collection<CommitLocation> candidates) throws StoreException {
    Map<CommitId, CommitLocation> matching = new TreeMap<>();
    for (CommitLocation candidate : candidates) {
      if (matches(candidate.id())) {
        matching.put(candidate.id(), candidate);
      }
    }
    if (matching.size() == 1) {
      return matching.values().iterator().next();
    }
    if (matching.isEmpty()) {
      throw new StoreException(
          StoreException.Code.NO_SUCH_REF,
          isComplete() ? "no commit " + hex : "no commit whose id begins with " + hex);
    }
    String shown =
        matching.keySet().stream()
            .limit(MAX_SHOWN)
            .map(CommitId::hex)
            .collect(Collectors.joining(", "));
    throw new StoreException(
        StoreException.Code.AMBIGUOUS_REF,
        "commit "
            + hex
            + " is ambiguous: "
            + (matching.size() > MAX_SHOWN ? "among others " : "")
            + shown
            + " begin with it; give more digits");
  }

  /** Whether all 40 digits are there, so that at most one commit can match. */
  public boolean isComplete() {
    return hex.length() == CommitId.HEX_DIGITS;
  }

  @Override
  public String toString() {
    return hex;
  }
}
