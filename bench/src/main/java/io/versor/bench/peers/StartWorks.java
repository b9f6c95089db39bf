package io.versor.bench.peers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that connects, reads one row and ends. */
final class StartWorks {
  private static final int ROUNDS = 7;

  private final Path directory;
  private final List<Engine> engines;
  private final Report report;

  StartWorks(Path directory, List<Engine> engines, Report report) {
    this.directory = directory.resolve("starts");
    this.engines = engines;
    this.report = report;
  }

  void run() throws Exception {
    Contest contest =
        new Contest("fresh JVM, connect, one row, exit (at most 1,500 ms promised)", Promise.NONE);
    for (Engine engine : engines) {
      try (Connection connection = engine.open(directory);
          Statement statement = connection.createStatement()) {
        Tables.create(connection, "one (id " + Tables.id(engine) + ", name VARCHAR(20))");
        statement.execute("INSERT INTO one VALUES (1, 'a row')");
      }
      contest.with(engine.title, round -> child(engine));
    }
    contest.run(report, 1, ROUNDS);
  }

  private Object child(Engine engine) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("versor.start.classpath", System.getProperty("java.class.path")));
    command.addAll(List.of(Child.class.getName(), engine.name(), directory.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0 || !said.endsWith("a row")) {
      throw new IllegalStateException(engine.title + ": " + said);
    }
    return "a row";
  }

  /** What runs in the JVM of its own. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Engine engine = Engine.valueOf(arguments[0]);
      try (Connection connection = engine.open(Path.of(arguments[1]));
          PreparedStatement query =
              connection.prepareStatement("SELECT name FROM one WHERE id = ?")) {
        query.setLong(1, 1);
        try (ResultSet row = query.executeQuery()) {
          row.next();
          System.out.println(row.getString(1));
        }
      }
    }
  }
}
