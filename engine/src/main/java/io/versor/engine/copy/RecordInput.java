package io.versor.engine.copy;

import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts a stream into records, a megabyte or so at a time. One thread. */
final class RecordInput implements AutoCloseable {
  private static final int FIRST_RECORDS = 1_024;

  private final InputStream in;
  private final String name;
  private RecordCutter cutter;
  private byte[] bytes = new byte[RowsReader.BATCH_BYTES];
  private int from;
  private int to;
  private boolean ended;
  private long line = 1;
  private long number = 1;

  /** Whether records without content are left out. */
  private boolean skipsEmpty = true;

  RecordInput(InputStream in, String name, RecordCutter cutter) {
    this.in = in;
    this.name = name;
    this.cutter = cutter;
  }

  /** Takes records without content for records, from the next one on. */
  void keepEmpty() {
    skipsEmpty = false;
  }

  /** Ends records in another way from now on. */
  RecordInput cutBy(RecordCutter other) {
    cutter = other;
    return this;
  }

  /** Goes past a line. */
  void skipLine() throws IOException, StoreException {
    int end = end(new RecordCutter.Lines());
    if (end > from) {
      line++;
      from = end;
    }
  }

  /** Goes past the mark that some programs put before UTF-8. */
  void skipMark() throws IOException {
    while (to - from < 3 && !ended) {
      read();
    }
    boolean marked =
        to - from >= 3
            && (bytes[from] & 0xff) == 0xef
            && (bytes[from + 1] & 0xff) == 0xbb
            && (bytes[from + 2] & 0xff) == 0xbf;
    from += marked ? 3 : 0;
  }

  /** The first byte that is no white space, or -1; takes nothing. */
  int peek() throws IOException {
    for (int i = from; ; i++) {
      while (i == to && !ended && to - from < bytes.length) {
        read();
      }
      if (i == to) {
        return -1;
      }
      if (bytes[i] > ' ') {
        return bytes[i];
      }
    }
  }

  /** Reads more behind what is there. */
  private void read() throws IOException {
    if (to == bytes.length) {
      int size = (int) Math.min(2L * bytes.length, (long) RowsReader.MAX_ROW_BYTES + from + 1);
      bytes = Arrays.copyOf(bytes, size);
    }
    int count = in.read(bytes, to, bytes.length - to);
    if (count < 0) {
      ended = true;
    } else {
      to += count;
    }
  }

  /** The end of the next record, all of which is then in memory; {@link #from} if there is none. */
  private int end(RecordCutter way) throws IOException, StoreException {
    if (from == to && !ended) {
      read();
    }
    int known = to;
    while (true) {
      if (from == to) {
        if (ended) {
          return from;
        }
        read();
        continue;
      }
      int end = way.end(bytes, from, to, ended);
      if (end >= 0) {
        return end;
      }
      // Read at least as much again before looking from the start: else long records cost squares.
      int wanted = Math.max(known + 1, from + 2 * (to - from));
      while (to < wanted && !ended) {
        if (to - from > RowsReader.MAX_ROW_BYTES) {
          throw new StoreException(
              Code.LIMIT,
              name
                  + ", line "
                  + line
                  + ": a row of more than "
                  + RowsReader.MAX_ROW_BYTES
                  + " bytes; is a quote not closed, or is it no text file?");
        }
        StopSignal.check(); // a record may be as long as a file
        read();
      }
      known = to;
    }
  }

  /** The next records: those that are in memory, one at least; empty at the end. */
  Optional<Records> next() throws IOException, StoreException {
    if (from > 0) {
      renew();
    }
    while (to < RowsReader.BATCH_BYTES && !ended) {
      read();
    }
    int[] bounds = new int[2 * FIRST_RECORDS];
    long[] lines = new long[FIRST_RECORDS];
    int count = 0;
    while (count < RowsReader.BATCH_ROWS) {
      int end = count == 0 ? end(cutter) : from == to ? -1 : cutter.end(bytes, from, to, ended);
      if (end <= from) {
        break;
      }
      int start = from + cutter.before;
      int content = content(start, end);
      if (content > start || !skipsEmpty) {
        if (count == lines.length) {
          bounds = Arrays.copyOf(bounds, 2 * bounds.length);
          lines = Arrays.copyOf(lines, 2 * lines.length);
        }
        bounds[2 * count] = start;
        bounds[2 * count + 1] = content;
        lines[count++] = line + cutter.linesBefore;
      }
      line += cutter.lines;
      from = end;
    }
    if (count == 0) {
      return Optional.empty();
    }
    long first = number;
    number += count;
    return Optional.of(
        new Records(bytes, Arrays.copyOf(bounds, 2 * count), Arrays.copyOf(lines, count), first));
  }

  /** What was handed out stays as it is; what is left goes to a buffer of its own. */
  private void renew() {
    byte[] fresh = new byte[Math.max(RowsReader.BATCH_BYTES, to - from)];
    System.arraycopy(bytes, from, fresh, 0, to - from);
    to -= from;
    from = 0;
    bytes = fresh;
  }

  private int content(int start, int end) {
    int content = end;
    if (content > start && bytes[content - 1] == '\n') {
      content--;
    }
    return content > start && bytes[content - 1] == '\r' ? content - 1 : content;
  }

  /** The record taken back: it was no row. */
  void forgetFirst() {
    number--;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
