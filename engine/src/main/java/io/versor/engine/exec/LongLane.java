package io.versor.engine.exec;

/** BOOL, integers, dates and times; DECIMALs of at most 18 digits without their point. */
final class LongLane extends Lane {
  long[] values = {};

  @Override
  void grow(int capacity) {
    values = new long[capacity];
  }

  @Override
  void copyValue(Lane source, int from, int to) {
    values[to] = ((LongLane) source).values[from];
  }
}
