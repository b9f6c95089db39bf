package io.versor.jdbc;

import io.versor.engine.ReturnedColumns;
import io.versor.engine.ReturnedRows;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JDBC says of generated keys, in the engine's terms. */
final class GeneratedKeys {
  private GeneratedKeys() {}

  static ReturnedColumns flag(int keys) throws SQLException {
    return switch (keys) {
      case Statement.RETURN_GENERATED_KEYS -> ReturnedColumns.KEYS;
      case Statement.NO_GENERATED_KEYS -> ReturnedColumns.NONE;
      default ->
          throw new SQLDataException(
              "generated keys are asked for by "
                  + keys
                  + ", expected RETURN_GENERATED_KEYS or NO_GENERATED_KEYS",
              SqlStates.INVALID_PARAMETER);
    };
  }

  /** Null, and an empty array, ask for nothing. */
  static ReturnedColumns at(int @Nullable [] columns) {
    return columns == null
        ? ReturnedColumns.NONE
        : ReturnedColumns.at(Arrays.stream(columns).boxed().toList());
  }

  static ReturnedColumns named(String @Nullable [] columns) {
    return columns == null ? ReturnedColumns.NONE : ReturnedColumns.named(List.of(columns));
  }

  static ResultSet resultSet(ReturnedRows keys) {
    List<@Nullable Object[]> rows = keys.rows().stream().map(List::toArray).toList();
    return VersorResultSet.inMemory(EngineCursor.describe(keys.columns()), rows);
  }
}
