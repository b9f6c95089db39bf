package io.versor.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** A point of a transaction to go back to. The engine knows it by a name of its own. */
final class VersorSavepoint implements Savepoint {
  private final VersorConnection connection;
  private final int id;
  private final @Nullable String name;

  /**
   * @param id not given twice by the connection
   * @param name the user's; null if it has none
   */
  VersorSavepoint(VersorConnection connection, int id, @Nullable String name) {
    this.connection = connection;
    this.id = id;
    this.name = name;
  }

  /** The engine's name of a savepoint of this connection. */
  static String of(VersorConnection connection, @Nullable Savepoint savepoint) throws SQLException {
    if (savepoint instanceof VersorSavepoint ours && ours.connection == connection) {
      return ours.engineName();
    }
    throw new SQLNonTransientException(
        savepoint == null
            ? "the savepoint is null"
            : "the savepoint is of another connection, and cannot be used here",
        SqlStates.NO_SAVEPOINT);
  }

  /** No user's name, and unlike those of SQL in what it cannot be confused with. */
  String engineName() {
    return name == null ? "savepoint " + id : "savepoint " + id + ", " + name;
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (name != null) {
      throw new SQLNonTransientException(
          "savepoint " + name + " has a name and no id", SqlStates.NO_SAVEPOINT);
    }
    return id;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (name == null) {
      throw new SQLNonTransientException(
          "savepoint " + id + " has an id and no name", SqlStates.NO_SAVEPOINT);
    }
    return name;
  }
}
