package io.versor.bench.peers;

import io.versor.bench.Figures;
import io.versor.bench.peers.Outcome.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Bytes on the disk, in stores of their own that are closed before they are counted. */
final class SizeWorks {
  private static final int VERSIONS = 100;
  private static final int VERSION_ROWS = 10;

  /** What the values take in memory. */
  private static final String RAW = "raw";

  private final Path directory;
  private final List<Engine> engines;
  private final boolean withLance;
  private final long rows;
  private final Report report;

  SizeWorks(Path directory, List<Engine> engines, boolean withLance, long rows, Report report) {
    this.directory = directory.resolve("sizes");
    this.engines = engines;
    this.withLance = withLance;
    this.rows = rows;
    this.report = report;
  }

  void run() throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    String work = "bytes of %,d rows of scalars (%.1f MB raw)".formatted(rows, raw() / 1e6);
    for (Engine engine : engines) {
      Figures.delete(directory);
      try (Connection connection = engine.open(directory)) {
        Files.createDirectories(directory);
        new Tables(directory).items(engine, connection, rows);
      }
      outcomes.add(bytes(work, engine.title, size(engine.place(directory))));
    }
    outcomes.add(bytes(work, RAW, raw()));
    report.add(work, Promise.beside(0.85, RAW), outcomes);
    versions();
    Figures.delete(directory);
  }

  private static Outcome bytes(String work, String engine, long bytes) {
    return new Outcome(work, engine, Unit.BYTES, new long[] {bytes});
  }

  /** Ids, labels and scores as they are in memory, and the bytes of the texts. */
  private long raw() {
    long bytes = rows * (Long.BYTES + Integer.BYTES + Double.BYTES);
    for (long i = 0; i < rows; i++) {
      bytes += Rows.caption(i).length();
    }
    return bytes;
  }

  private void versions() throws Exception {
    long payload =
        VERSIONS
            * VERSION_ROWS
            * (Rows.EXTENT * (long) Float.BYTES + Long.BYTES + Integer.BYTES + 43);
    String work =
        "bytes added by 100 versions of 10 rows with embeddings (%.2f MB raw)"
            .formatted(payload / 1e6);
    List<Outcome> outcomes = new ArrayList<>();
    Figures.delete(directory);
    Path place = Engine.VERSOR.place(directory);
    try (Connection versor = Engine.VERSOR.open(directory)) {
      Tables.fillVectors(Engine.VERSOR, versor, "v", VERSION_ROWS);
      try (Statement statement = versor.createStatement()) {
        statement.execute("COMMIT VERSION MESSAGE 'filled'");
      }
    }
    long before = size(place);
    try (Connection versor = Engine.VERSOR.open(directory);
        PreparedStatement row = versor.prepareStatement("INSERT INTO v VALUES (?, ?, ?, ?)");
        Statement statement = versor.createStatement()) {
      for (int i = 0; i < VERSIONS; i++) {
        for (int k = 0; k < VERSION_ROWS; k++) {
          long id = (1L + i) * VERSION_ROWS + k;
          row.setLong(1, id);
          row.setInt(2, Rows.label(id));
          row.setString(3, Rows.caption(id));
          row.setObject(4, Rows.embedding(id));
          row.addBatch();
        }
        row.executeBatch();
        statement.execute("COMMIT VERSION MESSAGE 'more'");
      }
    }
    outcomes.add(bytes(work, Engine.VERSOR.title, size(place) - before));
    Optional<Lance> lance = withLance ? Lance.find() : Optional.empty();
    if (lance.isPresent()) {
      Path other = directory.resolve("lance");
      try (Lance one = lance.get()) {
        one.open(other);
        one.writeVectors("v", VERSION_ROWS);
        before = size(other);
        for (int i = 0; i < VERSIONS; i++) {
          one.append("v", (1L + i) * VERSION_ROWS, VERSION_ROWS);
        }
      }
      outcomes.add(bytes(work, Lance.TITLE, size(other) - before));
    }
    outcomes.add(bytes(work, RAW, payload));
    report.add(work, Promise.beside(3.0, RAW), outcomes);
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
