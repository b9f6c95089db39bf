package io.versor.engine.exec;

/** TRUE, FALSE or NULL whatever the row. */
final class ConstantPredicate extends Predicate {
  static final Predicate NULL = new ConstantPredicate(false, false);

  private final boolean selectsTrue;
  private final boolean selectsFalse;

  private ConstantPredicate(boolean selectsTrue, boolean selectsFalse) {
    this.selectsTrue = selectsTrue;
    this.selectsFalse = selectsFalse;
  }

  static Predicate of(boolean value) {
    return new ConstantPredicate(value, !value);
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) {
    if (wanted ? !selectsTrue : !selectsFalse) {
      return 0;
    }
    rows.copyTo(out);
    return rows.count();
  }
}
