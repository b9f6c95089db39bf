package io.versor.parser.ast;

/** What a statement does to the transaction. */
public enum TransactionKind {
  BEGIN("BEGIN"),
  COMMIT("COMMIT"),
  ROLLBACK("ROLLBACK"),
  ROLLBACK_TO_SAVEPOINT("ROLLBACK TO SAVEPOINT"),
  SAVEPOINT("SAVEPOINT"),
  RELEASE_SAVEPOINT("RELEASE SAVEPOINT");

  private final String sql;

  TransactionKind(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }
}
