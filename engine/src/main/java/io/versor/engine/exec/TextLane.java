package io.versor.engine.exec;

/** Text in UTF-8, or bytes: where they lie. */
final class TextLane extends Lane {
  long[] addresses = {};
  int[] lengths = {};

  @Override
  void grow(int capacity) {
    addresses = new long[capacity];
    lengths = new int[capacity];
  }

  @Override
  void copyValue(Lane source, int from, int to) {
    addresses[to] = ((TextLane) source).addresses[from];
    lengths[to] = ((TextLane) source).lengths[from];
  }
}
