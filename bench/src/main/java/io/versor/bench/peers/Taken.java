package io.versor.bench.peers;

/** A number that depends on every column of the rows read, whatever their order. */
final class Taken {
  private long sum;

  void add(long id, int label, String caption, float[] vector) {
    sum += id * 31 + label;
    sum += caption.hashCode() * 17L;
    sum += Float.floatToIntBits(vector[0]) + 7L * Float.floatToIntBits(vector[vector.length - 1]);
  }

  long sum() {
    return sum;
  }
}
