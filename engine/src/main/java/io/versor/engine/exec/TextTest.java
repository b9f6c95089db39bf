package io.versor.engine.exec;

/** A condition on one text or byte string. */
@FunctionalInterface
interface TextTest {
  boolean test(long address, int length);

  /** Compared with constant bytes. */
  static TextTest compared(Comparison comparison, long address, int length) {
    return switch (comparison) {
      case EQUAL -> (at, n) -> n == length && TextOrder.same(at, address, n);
      case NOT_EQUAL -> (at, n) -> n != length || !TextOrder.same(at, address, n);
      default -> (at, n) -> comparison.holds(TextOrder.compare(at, n, address, length));
    };
  }
}
