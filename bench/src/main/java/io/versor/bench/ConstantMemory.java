package io.versor.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Whether statements over all rows of a table need more memory when the table has more rows: each
 * in a process of its own with little heap, over tables of several sizes. Printed are the most that
 * was on the heap after a collection, the most of the process outside of files, and the time.
 *
 * <p>Arguments: a directory to work in, numbers of rows (1000000,4000000 by default), the heap in
 * MB (128), the memory limit in MB (32), and names of works (all).
 */
public final class ConstantMemory {
  private static final String COLUMNS = "id, k, name";

  private static final String SERIES =
      "SELECT g, MOD(g * 7919, 1000003), 'a name that is as long as names in tables are, number '"
          + " || CAST(g AS VARCHAR) FROM generate_series(0, %d) AS x(g)";

  /** What is done, in this order: later ones change the table. */
  private static final Map<String, List<String>> WORKS = new LinkedHashMap<>();

  static {
    WORKS.put(
        "INSERT of a query",
        List.of("CREATE TABLE t (id BIGINT, k BIGINT, name VARCHAR)", "INSERT INTO t " + SERIES));
    WORKS.put("scan", List.of("SELECT COUNT(*), SUM(k), MAX(name) FROM t"));
    WORKS.put("scan of the row executor", List.of("SELECT COUNT(*) FROM t WHERE MD5(name) = 'x'"));
    WORKS.put("all rows, fetchSize 1,000", List.of("SELECT " + COLUMNS + " FROM t"));
    WORKS.put("all rows of the row executor", List.of("SELECT id, MD5(name) FROM t"));
    WORKS.put("COPY TO csv", List.of("COPY t TO 'out.csv'"));
    WORKS.put("COPY TO json", List.of("COPY t TO 'out.json'"));
    WORKS.put("COPY TO parquet", List.of("COPY t TO 'out.parquet'"));
    WORKS.put("COPY TO arrow", List.of("COPY t TO 'out.arrow'"));
    WORKS.put("COPY FROM csv", List.of("CREATE TABLE u (LIKE t)", "COPY u FROM 'out.csv'"));
    WORKS.put("CREATE TABLE AS", List.of("CREATE TABLE v AS SELECT * FROM t"));
    WORKS.put("INSERT of a table", List.of("INSERT INTO v SELECT * FROM t"));
    WORKS.put("version commit", List.of("COMMIT VERSION MESSAGE 'all'"));
    WORKS.put("UPDATE of all rows", List.of("UPDATE t SET k = k + 1"));
    WORKS.put("UPDATE of all texts", List.of("UPDATE t SET name = 'x' || name"));
    WORKS.put("DELETE of half of the rows", List.of("DELETE FROM t WHERE MOD(id, 2) = 0"));
    WORKS.put("DELETE of all rows", List.of("DELETE FROM t"));
    WORKS.put("opening again", List.of("SELECT COUNT(*) FROM v"));
  }

  private ConstantMemory() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("work")) {
      work(arguments[1], List.of(arguments).subList(2, arguments.length));
      return;
    }
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data").toAbsolutePath();
    String[] sizes = (arguments.length > 1 ? arguments[1] : "1000000,4000000").split(",");
    String heap = arguments.length > 2 ? arguments[2] : "128";
    String limit = arguments.length > 3 ? arguments[3] : "32";
    List<String> wanted =
        List.of(arguments).subList(Math.min(4, arguments.length), arguments.length);
    System.out.println("| work | rows | heap after collections | process | time |");
    System.out.println("| --- | ---: | ---: | ---: | ---: |");
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (String size : sizes) {
      Path place = directory.resolve(size);
      Figures.delete(place);
      Files.createDirectories(place);
      String url = "jdbc:versor:" + place.resolve("store") + "?memoryLimit=" + limit + "MB";
      for (Map.Entry<String, List<String>> work : WORKS.entrySet()) {
        if (wanted.isEmpty() || wanted.contains(work.getKey())) {
          List<String> texts =
              work.getValue().stream()
                  .map(text -> text.replace("%d", String.valueOf(Long.parseLong(size) - 1)))
                  .map(text -> text.replace("'out.", "'" + place.resolve("out.")))
                  .toList();
          lines
              .computeIfAbsent(work.getKey(), name -> new ArrayList<>())
              .add("| " + work.getKey() + " | " + size + " | " + child(heap, url, texts) + " |");
        }
      }
      Figures.delete(place);
    }
    lines.values().forEach(each -> each.forEach(System.out::println));
  }

  private static String child(String heap, String url, List<String> statements)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ConstantMemory.class.getName(),
                "work",
                url));
    command.addAll(statements);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    List<String> lines = out.lines().toList();
    return code == 0 && !lines.isEmpty() ? lines.get(lines.size() - 1) : "fails: " + out;
  }

  /** In the other process: runs statements and prints what they took. */
  private static void work(String url, List<String> statements) throws Exception {
    AtomicLong heap = new AtomicLong();
    AtomicLong process = new AtomicLong();
    watchHeap(heap);
    Thread watcher =
        new Thread(
            () -> {
              while (true) {
                process.accumulateAndGet(anonymousKilobytes(), Math::max);
                try {
                  Thread.sleep(20);
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
    watcher.setDaemon(true);
    watcher.start();
    long began = System.nanoTime();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(1_000);
      for (String text : statements) {
        run(statement, text);
      }
      System.gc(); // what is kept to the end is seen at least once
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    System.out.printf("%,d MB | %,d MB | %,d ms%n", heap.get() >> 20, process.get() >> 10, millis);
  }

  private static void run(Statement statement, String text) throws SQLException {
    if (statement.execute(text)) {
      try (ResultSet rows = statement.getResultSet()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            rows.getObject(i);
          }
        }
      }
    }
  }

  private static void watchHeap(AtomicLong most) {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, handback) -> {
                GarbageCollectionNotificationInfo info =
                    GarbageCollectionNotificationInfo.from(
                        (CompositeData) notification.getUserData());
                long used = 0;
                for (Map.Entry<String, MemoryUsage> pool :
                    info.getGcInfo().getMemoryUsageAfterGc().entrySet()) {
                  boolean ofHeap =
                      pool.getKey().contains("Eden")
                          || pool.getKey().contains("Survivor")
                          || pool.getKey().contains("Old")
                          || pool.getKey().contains("Tenured");
                  used += ofHeap ? pool.getValue().getUsed() : 0;
                }
                most.accumulateAndGet(used, Math::max);
              },
              null,
              null);
    }
  }

  /** Of the process, what is no page of a file; 0 where the system does not tell. */
  private static long anonymousKilobytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("RssAnon:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }
}
