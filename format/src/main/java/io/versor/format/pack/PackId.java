package io.versor.format.pack;

import com.github.f4b6a3.ulid.Ulid;
import io.versor.format.type.StoreException;

/**
 * The name of a pack, a ULID: 128 bits that begin with the time it was made. Sorts by that time.
 */
public record PackId(long msb, long lsb) implements Comparable<PackId> {
  /** Characters of the text form. */
  public static final int TEXT_CHARS = 26;

  /**
   * The id with this text.
   *
   * @throws StoreException {@code INVALID_VALUE} unless it is as {@link #text} writes it
   */
  public static PackId parse(String text) throws StoreException {
    if (text.length() == TEXT_CHARS && Ulid.isValid(text)) {
      Ulid ulid = Ulid.from(text);
      if (ulid.toString().equals(text)) { // one text per id: no lower case, no look-alikes
        return new PackId(ulid.getMostSignificantBits(), ulid.getLeastSignificantBits());
      }
    }
    throw new StoreException(
        StoreException.Code.INVALID_VALUE,
        "pack id '" + text + "': expected a ULID of " + TEXT_CHARS + " upper-case characters");
  }

  /** When it was made, by the clock of who made it, in milliseconds since 1970 UTC. */
  public long createdMillis() {
    return msb >>> 16;
  }

  /** 26 characters of Crockford's base 32. */
  public String text() {
    return new Ulid(msb, lsb).toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackId that && msb == that.msb && lsb == that.lsb;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(msb) + Long.hashCode(lsb);
  }

  @Override
  public int compareTo(PackId other) {
    int order = Long.compareUnsigned(msb, other.msb);
    return order != 0 ? order : Long.compareUnsigned(lsb, other.lsb);
  }

  @Override
  public String toString() {
    return text();
  }
}
