package io.versor.format.ref;

import io.versor.format.type.StoreException;
import java.util.BitSet;

/** A set of objects of one pack, by their ordinals; written as ranges: {@code 0-3,7}. Immutable. */
public final class Ordinals {
  /** The root names them, and everybody reads the root. */
  static final int MAX_CHARS = 4_000;

  /** Nine digits are enough for {@link io.versor.format.pack.PackWriter#MAX_OBJECTS}. */
  private static final String RANGE = "(0|[1-9][0-9]{0,8})(-[1-9][0-9]{0,8})?";

  private final BitSet set;

  private Ordinals(BitSet set) {
    this.set = set;
  }

  /** The first ranges of a set, as many as can be written. */
  public static Ordinals firstOf(BitSet set) {
    BitSet taken = new BitSet();
    int chars = 0;
    for (int from = set.nextSetBit(0); from >= 0; ) {
      int to = set.nextClearBit(from);
      chars += range(from, to).length() + 1;
      if (chars > MAX_CHARS) {
        break;
      }
      taken.set(from, to);
      from = set.nextSetBit(to);
    }
    return new Ordinals(taken);
  }

  static Ordinals parse(String text) throws StoreException {
    BitSet set = new BitSet();
    for (String range : text.split(",", -1)) {
      int dash = range.indexOf('-');
      int from = -1;
      int to = -1;
      if (range.matches(RANGE)) {
        from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
        to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1));
      }
      if (from < set.length() || to < from) {
        throw JsonFields.corrupt("expected rising ranges of ordinals, such as 0-3,7");
      }
      set.set(from, to + 1);
    }
    return new Ordinals(set);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int from = set.nextSetBit(0); from >= 0; ) {
      int to = set.nextClearBit(from);
      text.append(text.isEmpty() ? "" : ",").append(range(from, to));
      from = set.nextSetBit(to);
    }
    return text.toString();
  }

  private static String range(int from, int to) {
    return to == from + 1 ? Integer.toString(from) : from + "-" + (to - 1);
  }

  public boolean isEmpty() {
    return set.isEmpty();
  }

  public boolean contains(int ordinal) {
    return set.get(ordinal);
  }

  /** A copy that may be changed. */
  public BitSet bits() {
    return (BitSet) set.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ordinals that && set.equals(that.set);
  }

  @Override
  public int hashCode() {
    return set.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
