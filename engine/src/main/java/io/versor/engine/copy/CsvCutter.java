package io.versor.engine.copy;

/** Records of CSV: line ends inside of quotes are part of a value. */
final class CsvCutter extends RecordCutter {
  private final byte delimiter;
  private final byte quote;
  private final byte escape;

  CsvCutter(CsvDialect dialect) {
    this.delimiter = dialect.delimiter();
    this.quote = dialect.quote();
    this.escape = dialect.escape();
  }

  @Override
  int end(byte[] bytes, int from, int to, boolean last) {
    lines = 1;
    boolean begins = true;
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      if (begins && b == quote) {
        i = closing(bytes, i + 1, to, last);
        if (i < 0) {
          return last ? to : -1;
        }
        begins = false;
        continue;
      }
      if (b == '\n' || b == '\r') {
        return lineEnd(bytes, i, to, last);
      }
      begins = b == delimiter;
      i++;
    }
    return last ? to : -1;
  }

  /** Behind the quote that closes; -1 if it is not there. Counts lines. */
  private int closing(byte[] bytes, int from, int to, boolean last) {
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      if (b == escape && i + 1 == to && !last) {
        return -1; // what it means is not known yet
      }
      if (b == escape && i + 1 < to && (bytes[i + 1] == quote || bytes[i + 1] == escape)) {
        i += 2;
        continue;
      }
      if (b == quote) {
        return i + 1;
      }
      boolean line = b == '\n' || b == '\r' && i + 1 < to && bytes[i + 1] != '\n';
      lines += line ? 1 : 0;
      i++;
    }
    return -1;
  }
}
