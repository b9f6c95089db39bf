package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the JDBC specification requires of every driver, method by method: which interfaces are
 * whole, what closed objects answer, and that failures are {@link SQLException}s with a SQLState.
 */
class JdbcRequirementsIT {
  /** What may be called on a closed object. */
  private static final Set<String> ON_CLOSED = Set.of("close", "isClosed", "isValid", "abort");

  /** What the JDK answers for all drivers, in its own way. */
  private static final Set<String> JDK_OWN =
      Set.of(
          "isSimpleIdentifier",
          "enquoteIdentifier",
          "enquoteLiteral",
          "enquoteNCharLiteral",
          "beginRequest",
          "endRequest",
          "setShardingKey",
          "setShardingKeyIfValid");

  /** Where H2 gives a column more than is documented, or names what is reserved. */
  private static final Set<String> H2_OWN = Set.of("getClientInfoProperties", "getProcedures");

  @TempDir private Path store;

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = VersorJar.open(store);
    Sql.run(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b VARCHAR(10))");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void theDriverIsAServiceOfItsJar() {
    List<String> found = new ArrayList<>();
    ServiceLoader.load(Driver.class, VersorJar.loader())
        .forEach(driver -> found.add(driver.getClass().getName()));
    assertTrue(found.contains("io.versor.jdbc.Driver"), found.toString());
  }

  /** A method called with 1, false, x and null, as nobody should. */
  private static @Nullable Object call(Object target, Method method) throws SQLException {
    Object[] arguments = new Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = neutral(method.getParameterTypes()[i]);
    }
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new AssertionError(method + " failed with " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable Object neutral(Class<?> type) {
    if (type == int.class) {
      return 1;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == short.class) {
      return (short) 1;
    }
    if (type == byte.class) {
      return (byte) 1;
    }
    if (type == float.class) {
      return 1f;
    }
    if (type == double.class) {
      return 1d;
    }
    if (type == boolean.class) {
      return false;
    }
    return type == String.class ? "x" : null;
  }

  private static List<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() != Wrapper.class)
        .filter(method -> !JDK_OWN.contains(method.getName()))
        .filter(method -> Arrays.asList(method.getExceptionTypes()).contains(SQLException.class))
        .sorted(Comparator.comparing(Method::toString))
        .toList();
  }

  /** Those that may not be left out: all of the three metadata interfaces. */
  @Test
  void metadataIsWhole() throws SQLException {
    Set<String> missing = new TreeSet<>();
    for (Method method : methods(DatabaseMetaData.class)) {
      missing(missing, connection.getMetaData(), method);
    }
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT a, b FROM t WHERE a = ?")) {
      for (Method method : methods(ResultSetMetaData.class)) {
        missing(missing, statement.getMetaData(), method);
      }
      for (Method method : methods(ParameterMetaData.class)) {
        missing(missing, statement.getParameterMetaData(), method);
      }
    }
    assertEquals(Set.of(), missing);
  }

  private static void missing(Set<String> missing, Object target, Method method) {
    try {
      if (call(target, method) instanceof ResultSet rows) {
        rows.close();
      }
    } catch (SQLFeatureNotSupportedException e) {
      missing.add(method.getName());
    } catch (SQLException e) {
      throw new AssertionError(method + ": " + e.getMessage(), e);
    }
  }

  /** The columns of metadata stand in its documentation; H2 gives the same. */
  @Test
  void metadataHasTheColumnsThatAnotherDriverGives() throws SQLException {
    int compared = 0;
    List<String> different = new ArrayList<>();
    try (Connection other = DriverManager.getConnection("jdbc:h2:mem:")) {
      for (Method method : methods(DatabaseMetaData.class)) {
        if (method.getReturnType() != ResultSet.class || H2_OWN.contains(method.getName())) {
          continue;
        }
        List<String> expected;
        try {
          expected = labels(call(other.getMetaData(), method));
        } catch (SQLException | AssertionError e) {
          continue; // H2 has no such rows, or wants other arguments
        }
        List<String> found = labels(call(connection.getMetaData(), method));
        if (!expected.equals(found)) {
          different.add(method.getName() + ": " + found + ", expected " + expected);
        }
        compared++;
      }
    }
    assertEquals(List.of(), different);
    assertTrue(compared > 15, "compared: " + compared);
  }

  private static List<String> labels(@Nullable Object result) throws SQLException {
    List<String> labels = new ArrayList<>();
    try (ResultSet rows = (ResultSet) result) {
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        labels.add(rows.getMetaData().getColumnLabel(i));
      }
    }
    return labels;
  }

  @Test
  void senselessCallsFailWithSqlStates() throws SQLException {
    List<String> stateless = new ArrayList<>();
    for (Method method : methods(PreparedStatement.class)) {
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT a, b FROM t WHERE a = ?")) {
        answers(statement, method, stateless);
      }
    }
    for (Method method : methods(ResultSet.class)) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT 1, 'x'")) {
        rows.next();
        answers(rows, method, stateless);
      }
    }
    for (Method method : methods(Connection.class)) {
      try (Connection another = VersorJar.open(store)) {
        answers(another, method, stateless);
      }
    }
    assertEquals(List.of(), stateless);
  }

  /** Whether the call comes back without a failure; one without a SQLState is noted. */
  private static boolean answers(Object target, Method method, List<String> stateless) {
    try {
      call(target, method);
      return true;
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).length() != 5) {
        stateless.add(method + " failed with " + e.getSQLState() + ": " + e.getMessage());
      }
      return false;
    }
  }

  @Test
  void whatIsClosedSaysSo() throws SQLException {
    Connection another = VersorJar.open(store);
    PreparedStatement statement = another.prepareStatement("SELECT a, b FROM t WHERE a = ?");
    statement.setInt(1, 1);
    ResultSet rows = statement.executeQuery();
    rows.close();
    List<String> wrong = new ArrayList<>();
    answersClosed(rows, ResultSet.class, wrong);
    statement.close();
    answersClosed(statement, PreparedStatement.class, wrong);
    another.close();
    answersClosed(another, Connection.class, wrong);
    assertEquals(List.of(), wrong);
  }

  private static void answersClosed(Object closed, Class<?> type, List<String> wrong) {
    for (Method method : methods(type)) {
      if (!ON_CLOSED.contains(method.getName()) && answers(closed, method, wrong)) {
        wrong.add(method.toString());
      }
    }
  }
}
