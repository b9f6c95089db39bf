package io.versor.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientException;

/** {@link java.sql.Wrapper#unwrap}, the same for every class of the driver. */
final class Unwrap {
  private Unwrap() {}

  static <T> T as(Class<T> type, Object self) throws SQLException {
    if (type.isInstance(self)) {
      return type.cast(self);
    }
    throw new SQLNonTransientException(
        self.getClass().getSimpleName() + " is no wrapper of " + type.getName(),
        SqlStates.INVALID_PARAMETER);
  }
}
