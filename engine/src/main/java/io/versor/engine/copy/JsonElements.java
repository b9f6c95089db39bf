package io.versor.engine.copy;

/** The elements of a JSON array that is the whole file. */
final class JsonElements extends RecordCutter {
  private boolean opened;
  private boolean closed;

  /** Whether the end of the array was seen. */
  boolean isClosed() {
    return closed;
  }

  @Override
  int end(byte[] bytes, int from, int to, boolean last) {
    lines = 0;
    before = 0;
    linesBefore = 0;
    int i = from;
    boolean bracket = opened;
    while (i < to && (bytes[i] <= ' ' && bytes[i] >= 0 || bytes[i] == ',' || !bracket)) {
      bracket |= bytes[i] == '[';
      lines += bytes[i] == '\n' ? 1 : 0;
      i++;
    }
    before = i - from;
    linesBefore = lines;
    if (i == to) {
      return last ? to : -1;
    }
    if (closed || bytes[i] == ']') {
      return rest(bytes, i, to, last);
    }
    int end = element(bytes, i, to);
    if (end < 0) {
      return last ? to : -1;
    }
    opened = true;
    return end;
  }

  /** What comes behind the array: white space, or a record that nobody understands. */
  private int rest(byte[] bytes, int from, int to, boolean last) {
    if (!last) {
      return -1;
    }
    int i = closed ? from : from + 1;
    closed = true;
    while (i < to && bytes[i] <= ' ' && bytes[i] >= 0) {
      i++;
    }
    before += i - from;
    return to;
  }

  private int element(byte[] bytes, int from, int to) {
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      lines += b == '\n' ? 1 : 0;
      if (quoted) {
        if (b == '\\') {
          i++;
        }
        quoted = b != '"';
      } else if (b == '"') {
        quoted = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
        if (depth <= 0) {
          return depth < 0 ? i : i + 1;
        }
      } else if (depth == 0 && b == ',') {
        return i;
      }
    }
    return -1;
  }
}
