package io.versor.format.ref;

/** Invariants of the records of this package; a fault is a wrong call, or corrupt input. */
final class Checks {
  private Checks() {}

  static void that(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }

  static void notNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " " + value + ": expected 0 or more");
    }
  }

  static void within(String what, long value, long lowest, long highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          what + " " + value + ": expected " + lowest + " to " + highest);
    }
  }
}
