package io.versor.engine.exec;

/** Floats; those of 16 and 32 bits as the double that is the same number. */
final class DoubleLane extends Lane {
  double[] values = {};

  @Override
  void grow(int capacity) {
    values = new double[capacity];
  }

  @Override
  void copyValue(Lane source, int from, int to) {
    values[to] = ((DoubleLane) source).values[from];
  }
}
