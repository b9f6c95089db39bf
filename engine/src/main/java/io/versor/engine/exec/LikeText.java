package io.versor.engine.exec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LIKE with a constant pattern that has no {@code _}: texts in their order, any others between. As
 * no character of UTF-8 begins within another, bytes are compared.
 */
final class LikeText implements TextTest {
  /** Where the text has to begin with it; null = anywhere. */
  private final @Nullable ByteSearch start;

  private final ByteSearch[] between;
  private final @Nullable ByteSearch end;

  private LikeText(@Nullable ByteSearch start, List<ByteSearch> between, @Nullable ByteSearch end) {
    this.start = start;
    this.between = between.toArray(ByteSearch[]::new);
    this.end = end;
  }

  /**
   * @param texts what stood before, between and behind the {@code %}s, of which there is at least
   *     one; empty where there was nothing
   */
  static LikeText of(List<String> texts) {
    List<ByteSearch> between = new ArrayList<>();
    for (String text : texts.subList(1, texts.size() - 1)) {
      if (!text.isEmpty()) {
        between.add(search(text));
      }
    }
    String first = texts.get(0);
    String last = texts.get(texts.size() - 1);
    return new LikeText(
        first.isEmpty() ? null : search(first), between, last.isEmpty() ? null : search(last));
  }

  private static ByteSearch search(String text) {
    return new ByteSearch(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean test(long address, int length) {
    long from = address;
    long to = address + length;
    if (start != null) {
      if (length < start.length() || !start.isAt(from)) {
        return false;
      }
      from += start.length();
    }
    if (end != null) {
      to -= end.length();
      if (to < from || !end.isAt(to)) {
        return false;
      }
    }
    for (ByteSearch each : between) {
      from = each.find(from, to);
      if (from < 0) {
        return false;
      }
      from += each.length();
    }
    return true;
  }
}
