package io.versor.shell;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections whose query results call binary and tensor columns text and give {@link CellText} for
 * their values. All else is the connection's own.
 */
final class ShortValues {
  private static final Set<String> READS = Set.of("getObject", "getString", "getBytes", "getArray");

  private ShortValues() {}

  static Connection connection(Connection connection) {
    return proxy(Connection.class, connection, ShortValues::statementOf);
  }

  private interface Change {
    /** What the caller gets instead of what the method gave. */
    @Nullable Object of(@Nullable Object given);
  }

  private static @Nullable Object statementOf(@Nullable Object given) {
    if (given instanceof CallableStatement statement) {
      return proxy(CallableStatement.class, statement, ShortValues::rowsOf);
    }
    if (given instanceof PreparedStatement statement) {
      return proxy(PreparedStatement.class, statement, ShortValues::rowsOf);
    }
    if (given instanceof Statement statement) {
      return proxy(Statement.class, statement, ShortValues::rowsOf);
    }
    return given;
  }

  private static @Nullable Object rowsOf(@Nullable Object given) {
    return given instanceof ResultSet rows ? shortened(rows) : given;
  }

  private static <T> T proxy(Class<T> type, T target, Change change) {
    InvocationHandler handler =
        (proxy, method, arguments) -> change.of(invoke(target, method, arguments));
    return type.cast(
        Proxy.newProxyInstance(ShortValues.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException wrong
          && arguments != null
          && arguments.length > 0
          && arguments[0] instanceof String sql) {
        throw Caret.drawn(wrong, sql);
      }
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static ResultSet shortened(ResultSet rows) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (READS.contains(method.getName())
              && arguments != null
              && arguments.length == 1
              && arguments[0] instanceof Integer column
              && isLong(rows.getMetaData().getColumnType(column))) {
            return cell(rows, column, method.getReturnType());
          }
          Object given = invoke(rows, method, arguments);
          return given instanceof ResultSetMetaData meta ? described(meta) : given;
        };
    return (ResultSet)
        Proxy.newProxyInstance(
            ShortValues.class.getClassLoader(), new Class<?>[] {ResultSet.class}, handler);
  }

  private static @Nullable Object cell(ResultSet rows, int column, Class<?> wanted)
      throws SQLException {
    if (rows.getObject(column) == null) {
      return null;
    }
    String text = CellText.of(rows, column, rows.getMetaData().getColumnType(column));
    return wanted.isInstance(text) ? text : null;
  }

  private static boolean isLong(int jdbcType) {
    return jdbcType == Types.BINARY || jdbcType == Types.VARBINARY || jdbcType == Types.ARRAY;
  }

  private static ResultSetMetaData described(ResultSetMetaData meta) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          Object given = invoke(meta, method, arguments);
          boolean type = method.getName().equals("getColumnType");
          return type && given instanceof Integer number && isLong(number) ? Types.VARCHAR : given;
        };
    return (ResultSetMetaData)
        Proxy.newProxyInstance(
            ShortValues.class.getClassLoader(), new Class<?>[] {ResultSetMetaData.class}, handler);
  }
}
