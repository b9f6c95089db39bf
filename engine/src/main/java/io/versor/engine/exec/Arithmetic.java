package io.versor.engine.exec;

/** +, -, *, / and MOD. */
enum Arithmetic {
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  DIVIDE("/"),
  MOD("MOD");

  private final String symbol;

  Arithmetic(String symbol) {
    this.symbol = symbol;
  }

  @Override
  public String toString() {
    return symbol;
  }
}
