package io.versor.shell;

import io.versor.engine.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Runs script files: echoes each statement, prints what it gave, stops at the first error. */
final class ScriptRunner {
  /** Longer than a cold start on a slow machine takes. */
  private static final Duration FIRST_SIGN = Duration.ofSeconds(4);

  private static final Duration STEP_ON_TERMINAL = Duration.ofSeconds(1);
  private static final Duration STEP_IN_LOG = Duration.ofSeconds(10);

  /** Statements whose count of rows means something. */
  private static final Set<String> COUNTING =
      Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "RESOLVE", "COPY");

  private final Connection connection;
  private final Path store;
  private final PrintStream out;
  private final PrintStream err;

  ScriptRunner(Connection connection, Path store, PrintStream out, PrintStream err) {
    this.connection = connection;
    this.store = store;
    this.out = out;
    this.err = err;
  }

  /** False after an error, which has been reported. */
  boolean run(Path file) {
    String sql;
    try {
      sql = Files.readString(file);
    } catch (CharacterCodingException e) {
      err.println(file + ": is not UTF-8 text");
      return false;
    } catch (IOException e) {
      err.println(file + ": cannot be read: " + e);
      return false;
    }
    Path parent = file.toAbsolutePath().normalize().getParent();
    return run(file.toString(), sql, parent == null ? Path.of("").toAbsolutePath() : parent);
  }

  boolean run(String name, String sql, Path base) {
    try {
      connection.unwrap(Session.class).setReadFileBase(base);
    } catch (SQLException e) {
      err.println(name + ": " + e.getMessage());
      return false;
    }
    for (Script.Statement statement : Script.split(sql)) {
      echo(statement);
      try {
        run(name, statement);
      } catch (SQLException e) {
        report(name, statement, e);
        return false;
      }
      out.println();
    }
    return true;
  }

  private void echo(Script.Statement statement) {
    if (!statement.intro().isEmpty()) {
      out.println(statement.intro());
    }
    out.println(statement.text() + ";");
    out.flush();
  }

  private void run(String name, Script.Statement statement) throws SQLException {
    try (Statement jdbc = connection.createStatement()) {
      boolean rows = execute(name, statement, jdbc);
      if (rows) {
        try (ResultSet result = jdbc.getResultSet()) {
          new TablePrinter(out).print(result);
        }
      } else {
        out.println(done(statement.text(), jdbc.getLargeUpdateCount()));
      }
      for (SQLWarning w = jdbc.getWarnings(); w != null; w = w.getNextWarning()) {
        out.println("warning: " + w.getMessage());
      }
      out.flush();
    }
  }

  private boolean execute(String name, Script.Statement statement, Statement jdbc)
      throws SQLException {
    Progress progress = progress(name, statement);
    try {
      return jdbc.execute(statement.text());
    } finally {
      progress.close();
    }
  }

  private static String done(String sql, long count) {
    String verb = sql.split("[\\s(]", 2)[0].toUpperCase(Locale.ROOT);
    if (!COUNTING.contains(verb)) {
      return "done";
    }
    return count == 1 ? "1 row" : count + " rows";
  }

  private Progress progress(String name, Script.Statement statement) throws SQLException {
    Session session = connection.unwrap(Session.class);
    boolean terminal = System.console() != null;
    return new Progress(
        err,
        name + ":" + statement.line(),
        this::storeBytes,
        session::rowsSoFar,
        FIRST_SIGN,
        terminal ? STEP_ON_TERMINAL : STEP_IN_LOG,
        terminal);
  }

  private long storeBytes() {
    try (Stream<Path> files = Files.walk(store)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return -1; // files come and go while they are counted
    }
  }

  /** {@code script.sql:3:8: message}, then the line with a caret under the place. */
  private void report(String name, Script.Statement statement, SQLException e) {
    Caret caret = Caret.of(e).orElseGet(() -> new Caret(1, 1, String.valueOf(e.getMessage())));
    out.flush();
    err.println(
        name
            + ":"
            + statement.scriptLine(caret.line())
            + ":"
            + statement.scriptColumn(caret.line(), caret.column())
            + ": "
            + caret.message()
            + " ["
            + e.getSQLState()
            + "]");
    String shown = caret.under(statement.text());
    if (!shown.isEmpty()) {
      err.println(shown);
    }
    err.flush();
  }
}
