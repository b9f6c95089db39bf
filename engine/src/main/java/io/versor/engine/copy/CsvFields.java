package io.versor.engine.copy;

import io.versor.format.type.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of one record at a time. One thread. */
final class CsvFields {
  /** Fields of a row: more than a table can have columns that anybody names. */
  static final int MAX_FIELDS = 100_000;

  private static final byte PLAIN = 0;
  private static final byte QUOTED = 1;

  /** Quoted, with escapes inside. */
  private static final byte ESCAPED = 2;

  private final CsvDialect dialect;
  private final byte[] nullText;
  private byte[] bytes = {};
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private byte[] kinds = new byte[16];
  private int count;

  CsvFields(CsvDialect dialect) {
    this.dialect = dialect;
    this.nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
  }

  int count() {
    return count;
  }

  /** Takes a record apart; returns what is wrong with it. */
  Optional<String> parse(byte[] record, int from, int to) {
    bytes = record;
    count = 0;
    int i = from;
    while (true) {
      if (count == MAX_FIELDS) {
        return Optional.of("more than " + MAX_FIELDS + " fields");
      }
      int end;
      if (i < to && bytes[i] == dialect.quote()) {
        end = quoted(i + 1, to);
        if (end < 0) {
          return Optional.of("the quote that begins field " + (count + 1) + " is not closed");
        }
        if (end < to && bytes[end] != dialect.delimiter()) {
          return Optional.of(
              "field "
                  + count
                  + " goes on behind its closing quote: "
                  + Utf8.shown(bytes, end, Math.min(to, end + 20)));
        }
      } else {
        end = i;
        while (end < to && bytes[end] != dialect.delimiter()) {
          end++;
        }
        add(i, end, PLAIN);
      }
      if (end >= to) {
        return Optional.empty();
      }
      i = end + 1;
    }
  }

  /** Behind the closing quote, or -1. */
  private int quoted(int from, int to) {
    byte kind = QUOTED;
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      boolean escapes =
          b == dialect.escape()
              && i + 1 < to
              && (bytes[i + 1] == dialect.quote() || bytes[i + 1] == dialect.escape());
      if (escapes) {
        kind = ESCAPED;
        i += 2;
      } else if (b == dialect.quote()) {
        add(from, i, kind);
        return i + 1;
      } else {
        i++;
      }
    }
    return -1;
  }

  private void add(int start, int end, byte kind) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
    }
    starts[count] = start;
    ends[count] = end;
    kinds[count++] = kind;
  }

  /**
   * A field; null for NULL.
   *
   * @throws StoreException {@code INVALID_VALUE} for bytes that are no text
   */
  @Nullable String text(int field) throws StoreException {
    int from = starts[field];
    int to = ends[field];
    if (kinds[field] == PLAIN && Arrays.equals(bytes, from, to, nullText, 0, nullText.length)) {
      return null;
    }
    if (kinds[field] != ESCAPED) {
      return Utf8.text(bytes, from, to);
    }
    byte[] plain = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      boolean escapes =
          bytes[i] == dialect.escape()
              && i + 1 < to
              && (bytes[i + 1] == dialect.quote() || bytes[i + 1] == dialect.escape());
      i += escapes ? 1 : 0;
      plain[length++] = bytes[i];
    }
    return Utf8.text(plain, 0, length);
  }
}
