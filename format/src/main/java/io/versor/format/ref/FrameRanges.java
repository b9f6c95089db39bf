package io.versor.format.ref;

import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A set of frames of one log, in a few ranges; written as {@code 0-41,44}. Immutable. */
public final class FrameRanges {
  /** The root names them, and everybody reads the root. Some 4,000 ranges. */
  public static final int MAX_CHARS = 65_536;

  /** Nineteen digits hold any frame; what is above the largest is refused as it is parsed. */
  private static final String RANGE = "(0|[1-9][0-9]{0,18})(-[1-9][0-9]{0,18})?";

  private static final FrameRanges NONE = new FrameRanges(new long[0], new long[0]);

  /** Rising, and with something between each and the next. */
  private final long[] first;

  private final long[] last;

  private FrameRanges(long[] first, long[] last) {
    this.first = first;
    this.last = last;
  }

  public static FrameRanges none() {
    return NONE;
  }

  /** From one frame to another. */
  public record Range(long first, long last) {
    public Range {
      Checks.that(0 <= first && first <= last, "frames " + first + " to " + last);
    }
  }

  /**
   * The set of some ranges.
   *
   * @param ranges rising, without overlap
   */
  public static FrameRanges of(List<Range> ranges) {
    for (int i = 1; i < ranges.size(); i++) {
      Checks.that(
          ranges.get(i - 1).last() < ranges.get(i).first(),
          "ranges of frames do not rise: " + ranges.get(i - 1) + ", " + ranges.get(i));
    }
    return new FrameRanges(
        ranges.stream().mapToLong(Range::first).toArray(),
        ranges.stream().mapToLong(Range::last).toArray());
  }

  static FrameRanges parse(String text) throws StoreException {
    List<Range> ranges = new ArrayList<>();
    try {
      for (String range : text.split(",", -1)) {
        Checks.that(range.matches(RANGE), "no range");
        int dash = range.indexOf('-');
        long from = Long.parseLong(dash < 0 ? range : range.substring(0, dash));
        ranges.add(new Range(from, dash < 0 ? from : Long.parseLong(range.substring(dash + 1))));
      }
      return of(ranges);
    } catch (IllegalArgumentException e) { // a number too large is one, too
      throw JsonFields.corrupt("expected rising ranges of frames, such as 0-41,44");
    }
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < first.length; i++) {
      text.append(i == 0 ? "" : ",").append(first[i]);
      if (last[i] > first[i]) {
        text.append('-').append(last[i]);
      }
    }
    return text.toString();
  }

  public boolean isEmpty() {
    return first.length == 0;
  }

  public boolean contains(long frame) {
    int at = Arrays.binarySearch(first, frame);
    int before = at < 0 ? -at - 2 : at;
    return before >= 0 && frame <= last[before];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FrameRanges that
        && Arrays.equals(first, that.first)
        && Arrays.equals(last, that.last);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(first) + Arrays.hashCode(last);
  }

  @Override
  public String toString() {
    return text();
  }
}
