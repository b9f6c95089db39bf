package io.versor.format.ref;

import io.versor.format.type.StoreException;

/**
 * A valid name of a tag: git's rules for ref names, at most 200 bytes in UTF-8, not {@code versor},
 * {@code information_schema}, {@code HEAD} or {@code WORKING}, and nothing that reads as the
 * beginning of a commit id.
 */
public record TagName(String value) implements Comparable<TagName> {
  /** Takes a name that is known to be valid; {@link #parse} is for what a user typed. */
  public TagName {
    RefNames.findFault(value)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException("tag name '" + value + "': " + fault);
            });
  }

  /**
   * The name with this text.
   *
   * @throws StoreException {@code INVALID_NAME} with the name and the rule it breaks
   */
  public static TagName parse(String text) throws StoreException {
    RefNames.check("tag", text);
    return new TagName(text);
  }

  /** Whether the two are the same or differ only in case, so that one store cannot hold both. */
  public boolean clashesWith(TagName other) {
    return RefNames.fold(value).equals(RefNames.fold(other.value));
  }

  @Override
  public int compareTo(TagName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
