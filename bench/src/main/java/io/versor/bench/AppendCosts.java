package io.versor.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many rows a second processes append to one branch, one INSERT with autocommit after the
 * other, when there is one of them and when there are several. Each is warm before the clock
 * starts.
 *
 * <p>Arguments: a directory to work in, rounds (3), seconds (3), numbers of processes (1,2,4,8).
 */
public final class AppendCosts {
  /** Eight compilers on two cores are busy for that long. */
  private static final int WARM_UP_SECONDS = 30;

  private AppendCosts() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("append")) {
      append(arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      return;
    }
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data").toAbsolutePath();
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    int[] numbers =
        Arrays.stream((arguments.length > 3 ? arguments[3] : "1,2,4,8").split(","))
            .mapToInt(Integer::parseInt)
            .toArray();
    double[][] rates = new double[numbers.length][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < numbers.length; i++) {
        rates[i][round] = rate(directory.resolve("append"), numbers[i], seconds);
      }
    }
    System.out.println("| processes | rows a second, median | least | most | of one process |");
    System.out.println("| ---: | ---: | ---: | ---: | ---: |");
    for (int i = 0; i < numbers.length; i++) {
      Arrays.sort(rates[i]);
      System.out.printf(
          "| %d | %.0f | %.0f | %.0f | %.2f |%n",
          numbers[i],
          rates[i][rounds / 2],
          rates[i][0],
          rates[i][rounds - 1],
          rates[i][rounds / 2] / rates[0][rounds / 2]);
    }
  }

  private static double rate(Path place, int processes, int seconds) throws Exception {
    if (Files.exists(place)) {
      Figures.delete(place);
    }
    String url = "jdbc:versor:" + place;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id BIGINT, name VARCHAR)");
    }
    List<Process> all = new ArrayList<>();
    List<BufferedReader> outputs = new ArrayList<>();
    long rows = 0;
    try {
      for (int i = 0; i < processes; i++) {
        Process process = start(url, i, seconds);
        all.add(process);
        outputs.add(
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
      }
      long before = 0;
      for (BufferedReader output : outputs) {
        before += Long.parseLong(output.readLine());
      }
      for (Process process : all) {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
      }
      for (BufferedReader output : outputs) {
        rows += Long.parseLong(output.readLine());
      }
      requireRows(url, rows + before);
    } finally {
      for (Process process : all) {
        process.destroyForcibly();
      }
    }
    return (double) rows / seconds;
  }

  private static Process start(String url, int number, int seconds) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            AppendCosts.class.getName(),
            "append",
            url,
            String.valueOf(number),
            String.valueOf(seconds))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** All of them are there. */
  private static void requireRows(String url, long expected) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM t")) {
      count.next();
      if (count.getLong(1) != expected) {
        throw new IllegalStateException(count.getLong(1) + " rows, expected " + expected);
      }
    }
  }

  /** In a process of its own: says when it is warm, begins when it is told to. */
  private static void append(String url, int number, int seconds) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      long id = number * 1_000_000_000L;
      System.out.println(append(insert, id, WARM_UP_SECONDS));
      if (System.in.read() < 0) {
        return;
      }
      System.out.println(append(insert, id + 500_000_000, seconds));
    }
  }

  /** Appends for so many seconds; how many rows. */
  private static long append(PreparedStatement insert, long firstId, int seconds)
      throws SQLException {
    long id = firstId;
    for (long end = System.nanoTime() + seconds * 1_000_000_000L; System.nanoTime() < end; id++) {
      insert.setLong(1, id);
      insert.setString(2, "row " + id);
      insert.executeUpdate();
    }
    return id - firstId;
  }
}
