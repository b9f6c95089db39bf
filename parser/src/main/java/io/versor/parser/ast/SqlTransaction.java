package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code COMMIT}, {@code ROLLBACK [TO SAVEPOINT s]}, {@code BEGIN}, {@code SAVEPOINT s}, {@code
 * RELEASE SAVEPOINT s}.
 */
public final class SqlTransaction extends VersorStatement {
  private final TransactionKind kind;
  private final @Nullable SqlIdentifier savepoint;

  public SqlTransaction(SqlParserPos pos, TransactionKind kind, @Nullable SqlIdentifier savepoint) {
    super("TRANSACTION", pos, savepoint);
    this.kind = kind;
    this.savepoint = savepoint;
  }

  public TransactionKind kind() {
    return kind;
  }

  public Optional<SqlIdentifier> savepoint() {
    return Optional.ofNullable(savepoint);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, kind.sql());
    if (savepoint != null) {
      savepoint.unparse(writer, 0, 0);
    }
  }
}
