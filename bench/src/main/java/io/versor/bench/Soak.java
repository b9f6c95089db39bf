package io.versor.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Programs that work on one store over JDBC, and are killed one after the other, with everything
 * there is: rows, transactions, commits, branches, merges, OPTIMIZE, VACUUM, history that expires
 * or is squashed, readers of old versions; beside them backups, clones and checks. What they were
 * told of has to be there, what versions are never changes, and the store is clean all the time.
 *
 * <p>Arguments: a directory to work in, seconds (3,600), programs at once (3), a seed. Ends with 1
 * if anything was wrong.
 */
public final class Soak {
  /** Versions whose hashes are compared; others are passed over. */
  private static final int KEPT_VERSIONS = 400;

  /** In place of the hash of a version that somebody let go. */
  private static final String EXPIRED = "expired";

  private static final int TOLD_FAILURES = 20;

  private final Path directory;
  private final String url;
  private final long end;
  private final Random random;

  private final Map<Long, SoakModel> models = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicLong> deeds = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicLong> killed = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicLong> checks = new ConcurrentSkipListMap<>();
  private final Map<String, String> reads = new ConcurrentHashMap<>();
  private final List<String> commits = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> hashes = new TreeMap<>();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong nextChild = new AtomicLong(1);

  private Soak(Path directory, long seconds, long seed) {
    this.directory = directory;
    this.url = "jdbc:versor:" + directory.resolve("store");
    this.end = System.nanoTime() + seconds * 1_000_000_000L;
    this.random = new Random(seed);
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data").toAbsolutePath();
    long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 3_600;
    int programs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    long seed = arguments.length > 3 ? Long.parseLong(arguments[3]) : System.nanoTime();
    System.exit(run(directory.resolve("soak"), seconds, programs, seed).isEmpty() ? 0 : 1);
  }

  /**
   * Runs for so long, and prints a summary.
   *
   * @param directory is removed first, if it is there
   * @return what was wrong
   */
  static List<String> run(Path directory, long seconds, int programs, long seed) throws Exception {
    System.out.println("seed " + seed);
    Figures.delete(directory);
    Files.createDirectories(directory);
    Soak soak = new Soak(directory, seconds, seed);
    soak.work(programs);
    soak.print(seconds, programs);
    return List.copyOf(soak.failures);
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url);
  }

  private void work(int programs) throws Exception {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, val BIGINT, payload TEXT)");
      statement.execute("COMMIT VERSION MESSAGE 'table'");
      ExecutorService threads = Executors.newFixedThreadPool(programs);
      try {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < programs; i++) {
          all.add(
              threads.submit(
                  () -> {
                    while (System.nanoTime() < end && failures.isEmpty()) {
                      try {
                        live(nextChild.getAndIncrement());
                      } catch (Exception e) { // nobody looks at a thread before the end
                        failures.add(e.toString());
                        throw e;
                      }
                    }
                    return null;
                  }));
        }
        while (System.nanoTime() < end && failures.isEmpty()) {
          look(connection);
        }
        for (Future<?> each : all) {
          each.get();
        }
      } finally {
        threads.shutdownNow();
      }
      lookAtAll(connection);
    }
  }

  // --- programs

  /** One program, until it is killed. */
  private void live(long child) throws Exception {
    Random own = new Random(child ^ random.nextLong());
    SoakModel model = new SoakModel(child);
    int enough = 1 + own.nextInt(own.nextInt(5) == 0 ? 1_000 : 200);
    String underWay = "nothing";
    Process process = start(child);
    int lines = 0;
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        underWay = read(model, line, underWay);
        if (++lines == enough || System.nanoTime() > end) {
          Thread.sleep(own.nextInt(20), own.nextInt(900_000));
          process.toHandle().destroyForcibly(); // SIGKILL; what it printed can still be read
        }
      }
      process.waitFor();
    } finally {
      process.destroyForcibly();
    }
    if (lines < enough && System.nanoTime() < end) {
      failures.add("child " + child + " ended by itself after " + lines + " lines");
    }
    count(killed, underWay);
    models.put(child, model);
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      compare(connection, model);
      for (String branch : sides(connection, child)) {
        statement.execute("DROP BRANCH " + branch + " FORCE");
      }
    }
  }

  /** Branches that it was killed before it could drop them. */
  private static List<String> sides(Connection connection, long child) throws SQLException {
    List<String> sides = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet all =
            statement.executeQuery("SELECT name FROM versor.branches WHERE name LIKE 'side%'")) {
      while (all.next()) {
        long group = Long.parseLong(all.getString(1).substring(4));
        if (group / SoakWorker.GROUPS_OF_A_CHILD == child) {
          sides.add(all.getString(1));
        }
      }
    }
    return sides;
  }

  private Process start(long child) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:TieredStopAtLevel=1", // they live for seconds
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SoakWorker.class.getName(),
            url + "?memoryLimit=128MB",
            String.valueOf(child))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Answers what is under way after a line. */
  private String read(SoakModel model, String line, String kind) {
    String[] words = line.split(" ");
    switch (words[0] + " " + (words.length > 1 ? words[1] : "")) {
      case "end refused" -> {
        model.refused();
        count(deeds, kind + " refused");
        return "nothing";
      }
      case "end done", "end commit", "end read" -> {
        model.done();
        count(deeds, kind);
        if (words[1].equals("commit")) {
          commits.add(words[2]);
        } else if (words[1].equals("read")) {
          String seen = words[3] + " rows, sum " + words[4];
          String before = reads.putIfAbsent(words[2], seen);
          if (before != null && !before.equals(seen)) {
            failures.add("commit " + words[2] + " had " + before + ", now " + seen);
          }
        }
        return "nothing";
      }
      default -> {
        if (!words[0].equals("begin")) {
          failures.add(line);
          return "nothing";
        }
        model.begins(words);
        return words[1];
      }
    }
  }

  private void compare(Connection connection, SoakModel model) throws SQLException {
    String fault = model.compare(connection);
    count(checks, "rows of a program compared");
    if (!fault.isEmpty()) {
      failures.add(fault);
    }
  }

  private static void count(Map<String, AtomicLong> counts, String what) {
    counts.computeIfAbsent(what, key -> new AtomicLong()).incrementAndGet();
  }

  // --- looking at the store

  private void look(Connection connection) throws Exception {
    try {
      switch (random.nextInt(4)) {
        case 0 -> checkStore(connection, "store");
        case 1 -> checkHashes(connection, 20);
        case 2 -> backUp(connection);
        default -> cloneStore(connection);
      }
    } catch (SQLException e) {
      if (!e.getSQLState().equals("55000")) { // another has the lock of maintenance for too long
        throw e;
      }
      count(checks, "refused");
    }
    Thread.sleep(500);
  }

  private void lookAtAll(Connection connection) throws Exception {
    for (SoakModel model : models.values()) {
      compare(connection, model);
    }
    checkHashes(connection, Integer.MAX_VALUE);
    checkStore(connection, "store");
    backUp(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM OLDER THAN INTERVAL '0' SECOND");
    }
    checkHashes(connection, Integer.MAX_VALUE);
    checkStore(connection, "store");
  }

  private void checkStore(Connection connection, String what) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet damages = statement.executeQuery("CHECK STORE")) {
      while (damages.next()) {
        failures.add(what + ": " + damages.getString("file") + " " + damages.getString("problem"));
      }
    }
    count(checks, "CHECK STORE of a " + what);
  }

  /** What commits are does not change. */
  private void checkHashes(Connection connection, int most) throws SQLException {
    synchronized (commits) {
      Collections.shuffle(commits, random);
      for (String commit : commits.subList(0, Math.min(commits.size(), 20))) {
        if (hashes.size() < KEPT_VERSIONS) {
          hashes.putIfAbsent(commit, "");
        }
      }
    }
    List<String> chosen = new ArrayList<>(hashes.keySet());
    Collections.shuffle(chosen, random);
    for (String commit : chosen.subList(0, Math.min(chosen.size(), most))) {
      String hash = hash(connection, commit);
      if (hash.equals(EXPIRED)) {
        commits.remove(commit);
        hashes.remove(commit);
        count(checks, "versions found expired");
        continue;
      }
      String before = hashes.put(commit, hash);
      if (before != null && !before.isEmpty() && !before.equals(hash)) {
        failures.add("commit " + commit + ": TABLE_HASH was " + before + ", is " + hash);
      }
      count(checks, "TABLE_HASH of a version");
    }
  }

  private static String hash(Connection connection, String commit) throws SQLException {
    try {
      return text(connection, "VALUES (TABLE_HASH('t', '" + commit + "'))");
    } catch (SQLException e) {
      if (!SoakWorker.hasExpired(e)) {
        throw e;
      }
      return EXPIRED;
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    }
  }

  /** A backup opens, is clean, and its last commit is what it is in the store. */
  private void backUp(Connection connection) throws Exception {
    Path backups = directory.resolve("backups");
    String place = text(connection, "BACKUP TO '" + backups + "'");
    try (Connection backup = DriverManager.getConnection("jdbc:versor:" + place)) {
      same(connection, backup, "backup");
    }
    try (Stream<Path> all = Files.list(backups)) {
      for (Path each : all.filter(Files::isDirectory).toList()) {
        if (!each.equals(Path.of(place))) {
          Figures.delete(each);
        }
      }
    }
    count(checks, "backup compared");
  }

  private void same(Connection connection, Connection copy, String what) throws SQLException {
    checkStore(copy, what);
    String head = text(copy, "SELECT commit_id FROM versor.log ORDER BY committed_at DESC LIMIT 1");
    String there = hash(copy, head);
    String here = hash(connection, head);
    if (!here.equals(EXPIRED) && !there.equals(here)) {
      failures.add(what + ": commit " + head + " has hash " + there + ", in the store " + here);
    }
  }

  /** A clone as well; rows that are new in it have ids that the store has not. */
  private void cloneStore(Connection connection) throws Exception {
    Path place = directory.resolve("clone");
    text(connection, "CLONE TO '" + place + "'");
    try (Connection clone = DriverManager.getConnection("jdbc:versor:" + place);
        Statement statement = clone.createStatement()) {
      same(connection, clone, "clone");
      statement.execute("INSERT INTO t VALUES (-1, -1, 'of the clone'), (-2, -2, 'of the clone')");
      String rowId = text(clone, "SELECT _rowid FROM t WHERE id = -1");
      String known = text(connection, "SELECT id FROM t WHERE _rowid = " + rowId);
      if (!known.equals("no row")) {
        failures.add("row id " + rowId + " of the clone is row " + known + " of the store");
      }
      statement.execute("COMMIT VERSION MESSAGE 'of the clone'");
      checkStore(clone, "clone");
    }
    Figures.delete(place);
    count(checks, "clone compared");
  }

  // --- the end

  private void print(long seconds, int programs) throws IOException {
    long all = deeds.values().stream().mapToLong(AtomicLong::get).sum();
    long kills = killed.values().stream().mapToLong(AtomicLong::get).sum();
    int groups = models.values().stream().mapToInt(SoakModel::size).sum();
    System.out.println(seconds + " s, " + programs + " programs at once");
    System.out.printf("%d deeds, %.1f a second: %s%n", all, all / (double) seconds, deeds);
    System.out.println(kills + " programs killed while they did " + killed);
    System.out.println("checks " + checks + "; " + reads.size() + " commits read");
    System.out.println(groups * SoakWorker.ROWS_OF_A_GROUP + " rows at the end");
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      List<Path> store = files.filter(Files::isRegularFile).toList();
      long bytes = 0;
      for (Path file : store) {
        bytes += Files.size(file);
      }
      System.out.println(bytes + " bytes in " + store.size() + " files");
    }
    System.out.println(failures.size() + " failures");
    failures.stream().limit(TOLD_FAILURES).forEach(System.out::println);
  }
}
