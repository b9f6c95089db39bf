package io.versor.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import org.jspecify.annotations.Nullable;

/** {@link java.sql.Wrapper#unwrap}, the same for every class of the driver. */
final class Unwrap {
  private Unwrap() {}

  static boolean is(@Nullable Class<?> type, Object self) {
    return type != null && type.isInstance(self);
  }

  static <T> T as(@Nullable Class<T> type, Object self) throws SQLException {
    if (type == null) {
      throw new SQLNonTransientException(
          "unwrap needs a class, found null", SqlStates.INVALID_PARAMETER);
    }
    if (type.isInstance(self)) {
      return type.cast(self);
    }
    throw new SQLNonTransientException(
        self.getClass().getSimpleName() + " is no wrapper of " + type.getName(),
        SqlStates.INVALID_PARAMETER);
  }
}
