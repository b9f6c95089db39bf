package io.versor.bench.peers;

import io.versor.bench.peers.Outcome.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows at random places of the table of embeddings that the system has no page of in memory. A JVM
 * of its own for each round has done the same before, with other rows and a new connection each
 * time, so that neither start nor compiler counts; then the pages are dropped, and what the engine
 * kept went with its last connection.
 */
final class ColdWorks {
  private static final int WARM_UPS = 20;

  private final Path directory;
  private final List<Engine> engines;
  private final long rows;
  private final int rounds;
  private final Report report;

  ColdWorks(Path directory, List<Engine> engines, long rows, int rounds, Report report) {
    this.directory = directory;
    this.engines =
        engines.stream().filter(one -> one == Engine.VERSOR || one == Engine.SQLITE).toList();
    this.rows = rows;
    this.rounds = rounds;
    this.report = report;
  }

  void run() throws Exception {
    Tables tables = new Tables(directory);
    for (Engine engine : engines) {
      try (Connection connection = engine.open(directory)) {
        tables.vectors(engine, connection, rows);
      }
    }
    String work = "the same, no page of them in memory, start-up not counted";
    long[][] times = new long[engines.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      String expected = null;
      for (int i = 0; i < engines.size(); i++) {
        String[] said = child(engines.get(i), round).split(" ");
        times[i][round] = Long.parseLong(said[0]);
        if (expected != null && !expected.equals(said[1])) {
          throw new IllegalStateException(work + ": " + said[1] + ", expected " + expected);
        }
        expected = said[1];
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < engines.size(); i++) {
      outcomes.add(new Outcome(work, engines.get(i).title, Unit.TIME, times[i]));
    }
    report.add(work, Promise.beside(1.2, Engine.SQLITE.title), outcomes);
  }

  /** Nanoseconds and the sum over the rows. */
  private String child(Engine engine, int round) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                engine.name(),
                directory.toString(),
                Long.toString(rows),
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(engine.title + ": " + said);
    }
    return said;
  }

  /** What runs in the JVM of its own. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Engine engine = Engine.valueOf(arguments[0]);
      Path directory = Path.of(arguments[1]);
      long rows = Long.parseLong(arguments[2]);
      int round = Integer.parseInt(arguments[3]);
      for (int i = 1; i <= WARM_UPS; i++) {
        take(engine, directory, VectorWorks.places(-i, rows));
      }
      drop(engine.place(directory));
      System.out.println(take(engine, directory, VectorWorks.places(round, rows)));
    }

    /** Nanoseconds without those of connecting, and the sum over the rows. */
    private static String take(Engine engine, Path directory, long[] places) throws Exception {
      try (Connection connection = engine.open(directory);
          PreparedStatement rows = connection.prepareStatement(VectorWorks.rowAt(engine))) {
        long start = System.nanoTime();
        Object sum = VectorWorks.take(engine, rows, places);
        return System.nanoTime() - start + " " + sum;
      }
    }

    /** Tells the system to forget the pages of all files that nobody has mapped. */
    private static void drop(Path place) throws IOException, InterruptedException {
      List<Path> files;
      try (Stream<Path> all = Files.walk(place)) {
        files = all.filter(Files::isRegularFile).toList();
      }
      for (Path file : files) {
        Process dd =
            new ProcessBuilder(
                    "dd", "of=" + file, "oflag=nocache", "conv=notrunc,fdatasync", "count=0")
                .redirectErrorStream(true)
                .start();
        String said = new String(dd.getInputStream().readAllBytes());
        if (dd.waitFor() != 0) {
          throw new IOException(said);
        }
      }
    }
  }
}
