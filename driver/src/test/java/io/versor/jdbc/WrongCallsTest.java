package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Comparator;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every method of the API, called where it cannot work: an SQLException with the state for it. */
class WrongCallsTest {
  /** What a closed object answers all the same. */
  private static final Set<String> ALWAYS =
      Set.of(
          "close",
          "isClosed",
          "isValid",
          "abort",
          "unwrap",
          "isWrapperFor",
          "getNetworkTimeout",
          "rowDeleted",
          "rowInserted",
          "rowUpdated",
          "beginRequest",
          "endRequest");

  /** Default methods of the JDK, which are specified to throw a NullPointerException. */
  private static final Set<String> OF_THE_JDK =
      Set.of("isSimpleIdentifier", "enquoteIdentifier", "enquoteLiteral", "enquoteNCharLiteral");

  /** What ends the object that the next methods are called of. */
  private static final Set<String> ENDING = Set.of("close", "abort", "free");

  @TempDir Path directory;
  private final List<PooledConnection> opened = new ArrayList<>();
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection(Sql.url(directory));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER, name TEXT)");
      statement.execute("INSERT INTO t VALUES (1, 'a')");
    }
  }

  @AfterEach
  void close() throws SQLException {
    for (PooledConnection pooled : opened) {
      pooled.close();
    }
    connection.close();
  }

  private static List<Method> methods(Class<?> api) {
    return Arrays.stream(api.getMethods())
        .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
        .sorted(Comparator.comparing(Method::toString))
        .toList();
  }

  /** Makes an argument of a type. */
  private interface Argument {
    @Nullable Object of(Class<?> type);
  }

  /** What a method does with nothing but nulls and zeros. */
  private static String outcome(Object target, Method method) throws IllegalAccessException {
    return outcome(target, method, WrongCallsTest::zero);
  }

  private static String outcome(Object target, Method method, Argument argument)
      throws IllegalAccessException {
    @Nullable Object[] arguments = new Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = argument.of(method.getParameterTypes()[i]);
    }
    try {
      method.invoke(target, arguments);
      return "done";
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLFeatureNotSupportedException) {
        return "0A000"; // also of the JDK's own default methods, which give no state
      }
      return e.getCause() instanceof SQLException failure
          ? String.valueOf(failure.getSQLState())
          : String.valueOf(e.getCause());
    }
  }

  private static @Nullable Object zero(Class<?> type) {
    if (!type.isPrimitive()) {
      return null;
    }
    return java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0);
  }

  /** An object, and the interface that it is called through. */
  private record Target(Class<?> api, Object object) {}

  /** An object of every interface of the API, each of them open; most are of the connection. */
  private List<Target> targets(Connection own) throws SQLException {
    VersorDataSource source = new VersorDataSource();
    source.setUrl(Sql.url(directory));
    PooledConnection pooled = source.getPooledConnection();
    opened.add(pooled);
    own.setAutoCommit(false);
    Savepoint numbered = own.setSavepoint();
    Savepoint named = own.setSavepoint("here");
    own.setAutoCommit(true);
    Statement statement = own.createStatement();
    PreparedStatement prepared = own.prepareStatement("SELECT * FROM t WHERE id = ?");
    CallableStatement call = own.prepareCall("{call versor.create_branch(?)}");
    ResultSet rows =
        own.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)
            .executeQuery("SELECT * FROM t");
    rows.next();
    return List.of(
        new Target(Driver.class, DriverManager.getDriver(Sql.url(directory))),
        new Target(DataSource.class, source),
        new Target(ConnectionPoolDataSource.class, source),
        new Target(ResultSetMetaData.class, rows.getMetaData()),
        new Target(ParameterMetaData.class, prepared.getParameterMetaData()),
        new Target(ResultSet.class, rows),
        new Target(Statement.class, statement),
        new Target(PreparedStatement.class, prepared),
        new Target(CallableStatement.class, call),
        new Target(DatabaseMetaData.class, own.getMetaData()),
        new Target(Blob.class, own.createBlob()),
        new Target(Clob.class, own.createClob()),
        new Target(NClob.class, own.createNClob()),
        new Target(Array.class, own.createArrayOf("INTEGER", new Object[] {1, 2})),
        new Target(Savepoint.class, numbered),
        new Target(Savepoint.class, named),
        new Target(Connection.class, pooled.getConnection()),
        new Target(PooledConnection.class, pooled),
        new Target(Connection.class, own));
  }

  private static void onClosed(Class<?> api, Object target, Set<String> states)
      throws IllegalAccessException {
    List<String> wrong = new ArrayList<>();
    for (Method method : methods(api)) {
      String found = outcome(target, method);
      if (!ALWAYS.contains(method.getName())
          && !OF_THE_JDK.contains(method.getName())
          && !states.contains(found)) {
        wrong.add(method + ": " + found);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void whatIsClosedSaysSo() throws Exception {
    Statement statement = connection.createStatement();
    PreparedStatement prepared = connection.prepareStatement("SELECT * FROM t WHERE id = ?");
    CallableStatement call = connection.prepareCall("{call versor.create_branch(?)}");
    ResultSet rows = statement.executeQuery("SELECT * FROM t");
    DatabaseMetaData meta = connection.getMetaData();
    rows.close();
    onClosed(ResultSet.class, rows, Set.of("24000", "0A000", "22023"));
    statement.close();
    prepared.close();
    call.close();
    onClosed(Statement.class, statement, Set.of("08003", "22023"));
    onClosed(PreparedStatement.class, prepared, Set.of("08003", "0A000", "22023", "55000"));
    onClosed(CallableStatement.class, call, Set.of("08003", "0A000", "22023", "55000"));
    connection.close();
    onClosed(Connection.class, connection, Set.of("08003", "0A000", "22023"));
    List<String> wrong = new ArrayList<>();
    for (Method method : methods(DatabaseMetaData.class)) {
      boolean rowsOf = method.getReturnType() == ResultSet.class;
      String found = outcome(meta, method);
      if (rowsOf && !found.equals("08003")) {
        wrong.add(method + ": " + found);
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Nulls and zeros are answered, or refused with a state: never a runtime exception. */
  @Test
  void nullsAndZerosAreRefusedWithAState() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Target target : targets(connection)) {
      for (Method method : methods(target.api())) {
        if (ENDING.contains(method.getName()) || OF_THE_JDK.contains(method.getName())) {
          continue;
        }
        String found = outcome(target.object(), method);
        if (!found.equals("done") && !found.matches("[0-9A-Z]{5}") || found.equals("XX000")) {
          wrong.add(method + ": " + found);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** What a method is given where numbers are as said: texts, classes and the like that exist. */
  private static @Nullable Object value(Class<?> type, long number, String text) {
    if (type == int.class) {
      return (int) number;
    }
    if (type == long.class) {
      return number == Integer.MAX_VALUE ? Long.MAX_VALUE : number;
    }
    if (type.isPrimitive()) {
      return zero(type);
    }
    if (type == String.class || type == Object.class) {
      return text;
    }
    if (type == Class.class) {
      return String.class;
    }
    if (type == int[].class) {
      return new int[] {(int) number};
    }
    if (type == String[].class) {
      return new String[] {text};
    }
    if (type == byte[].class) {
      return new byte[] {1};
    }
    if (type == BigDecimal.class) {
      return BigDecimal.valueOf(number);
    }
    if (type == Properties.class) {
      return new Properties();
    }
    if (type == Map.class) {
      return Map.of(text, String.class);
    }
    if (type == Calendar.class) {
      return new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    }
    if (type == InputStream.class) {
      return new ByteArrayInputStream(new byte[] {1, 2});
    }
    if (type == Reader.class) {
      return new StringReader(text);
    }
    return null;
  }

  /** Ordinary arguments and ones out of range, of all objects of the API, each of them open. */
  @Test
  void ordinaryAndOutOfRangeArgumentsAreAnsweredOrRefusedWithAState() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (long number : new long[] {1, -1, 1_000, Integer.MAX_VALUE}) {
      for (String text : new String[] {"id", "", "\u0000\ud800"}) {
        call(number, text, wrong);
      }
    }
    assertEquals(List.of(), wrong);
  }

  private void call(long number, String text, List<String> wrong) throws Exception {
    try (Connection own = DriverManager.getConnection(Sql.url(directory))) {
      for (Target target : targets(own)) {
        for (Method method : methods(target.api())) {
          if (ENDING.contains(method.getName())) {
            continue;
          }
          String found = outcome(target.object(), method, type -> value(type, number, text));
          boolean known = found.equals("done") || found.matches("[0-9A-Z]{5}");
          if (!known || found.equals("XX000")) {
            wrong.add(method + " of " + number + ", '" + text + "': " + found);
          }
        }
      }
    }
  }
}
