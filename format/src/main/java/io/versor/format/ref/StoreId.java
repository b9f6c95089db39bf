package io.versor.format.ref;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import io.versor.format.type.StoreException;
import java.util.UUID;

/**
 * The identity of a store: 128 bits drawn when it is created, written as a ULID. Segments and packs
 * repeat it, so that a file of another store is noticed.
 */
public record StoreId(long high, long low) {
  /** Characters of the text form. */
  static final int TEXT_CHARS = 26;

  /** A fresh identity. */
  public static StoreId random() {
    Ulid ulid = UlidCreator.getUlid();
    return new StoreId(ulid.getMostSignificantBits(), ulid.getLeastSignificantBits());
  }

  /** The same 128 bits as Java names them, for the headers of logs and packs. */
  public UUID uuid() {
    return new UUID(high, low);
  }

  /** The 16 bytes, big-endian, a fresh array. */
  public byte[] bytes() {
    return new Ulid(high, low).toBytes();
  }

  /**
   * The id with this text.
   *
   * @throws StoreException {@code INVALID_VALUE} unless it is a ULID as {@link #text} writes it
   */
  public static StoreId parse(String text) throws StoreException {
    if (text.length() == TEXT_CHARS && Ulid.isValid(text)) {
      Ulid ulid = Ulid.from(text);
      if (ulid.toString().equals(text)) { // one text per id: no lower case, no look-alikes
        return new StoreId(ulid.getMostSignificantBits(), ulid.getLeastSignificantBits());
      }
    }
    throw new StoreException(
        StoreException.Code.INVALID_VALUE,
        "store id '" + Quoted.shortened(text) + "': expected a ULID of 26 upper-case characters");
  }

  /** 26 characters of Crockford's base 32. */
  public String text() {
    return new Ulid(high, low).toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
