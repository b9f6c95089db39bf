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

  /** {@code ISOLATION LEVEL SERIALIZABLE}, which transactions are not. */
  public static void refuseSerializable(SqlParserPos pos) {
    throw SyntaxFault.absent(
        "transactions have snapshot isolation, which is REPEATABLE READ; two that read what the other"
            + " writes are not told apart, so let one write what both read",
        pos);
  }

  /** {@code READ ONLY}, which a connection is, not a transaction. */
  public static void refuseReadOnly(SqlParserPos pos) {
    throw SyntaxFault.absent(
        "a connection is read-only, not a transaction: Connection.setReadOnly(true), or readOnly=true"
            + " in the URL",
        pos);
  }
}
