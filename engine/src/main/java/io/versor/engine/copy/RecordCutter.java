package io.versor.engine.copy;

/** Finds where records end. One thread. */
abstract class RecordCutter {
  /** Line ends in the record found last. */
  int lines;

  /** What lies before the record found last and is none of it: bytes, and line ends in them. */
  int before;

  int linesBefore;

  /**
   * Where the record ends that begins at {@code from}, its line end included; -1 if it may go on
   * behind {@code to}.
   *
   * @param last whether nothing comes behind {@code to}
   */
  abstract int end(byte[] bytes, int from, int to, boolean last);

  /** Every line is a record. */
  static final class Lines extends RecordCutter {
    @Override
    int end(byte[] bytes, int from, int to, boolean last) {
      lines = 1;
      for (int i = from; i < to; i++) {
        int end = lineEnd(bytes, i, to, last);
        if (end != 0) {
          return end;
        }
      }
      return last ? to : -1;
    }
  }

  /**
   * Behind a line end at {@code i}: LF, CR or both; 0 if there is none, -1 if that is not known.
   */
  static int lineEnd(byte[] bytes, int i, int to, boolean last) {
    if (bytes[i] == '\n') {
      return i + 1;
    }
    if (bytes[i] != '\r') {
      return 0;
    }
    if (i + 1 == to) {
      return last ? i + 1 : -1;
    }
    return bytes[i + 1] == '\n' ? i + 2 : i + 1;
  }
}
