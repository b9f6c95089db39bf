package io.versor.bench;

import com.sun.management.OperatingSystemMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * How fast COPY brings files into tables and out again, through JDBC.
 *
 * <p>Arguments: a directory to work in, and which measurements (all by default).
 */
public final class CopyCosts {
  private static final int ROWS = 2_000_000;
  private static final int VECTORS = 20_000;
  private static final int MIXED = 100_000;
  private static final int MILLION = 1_000_000;
  private static final int PICTURES = 10_000;
  private static final int RUNS = 5;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Path directory;

  private CopyCosts(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data");
    List<String> wanted =
        arguments.length > 1
            ? Arrays.asList(arguments).subList(1, arguments.length)
            : List.of("rows", "vectors", "mixed", "million", "pictures");
    CopyCosts costs = new CopyCosts(directory.toAbsolutePath());
    for (String name : wanted) {
      Figures.delete(directory);
      Files.createDirectories(directory);
      switch (name) {
        case "rows" -> costs.rows();
        case "vectors" -> costs.vectors();
        case "mixed" -> costs.mixed();
        case "million" -> costs.million();
        case "pictures" -> costs.pictures();
        default -> throw new IllegalArgumentException("no measurement is called " + name);
      }
    }
    Figures.delete(directory);
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:versor:" + directory.resolve("store"));
  }

  /** Rows of a number, a label-like text, a double and a date. */
  private void rows() throws Exception {
    Path file = directory.resolve("rows.csv");
    writePlain(file, ROWS);
    String columns = "(id BIGINT, word VARCHAR, d DOUBLE, day DATE)";
    both("2,000,000 rows of 4 columns, CSV", columns, file, "csv", ROWS);
    both("the same, JSON lines", columns, file, "json", ROWS);
  }

  private static void writePlain(Path file, int rows) throws IOException {
    Random random = new Random(1);
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("id,word,d,day\n");
      for (int i = 0; i < rows; i++) {
        out.write(
            i
                + ",word "
                + random.nextInt(1_000)
                + ","
                + random.nextInt(1_000_000) / 1000.0
                + ",2026-01-"
                + (10 + random.nextInt(20))
                + "\n");
      }
    }
  }

  /** Tensors as JSON arrays. */
  private void vectors() throws Exception {
    Random random = new Random(1);
    Path file = directory.resolve("vectors.csv");
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("id,e\n");
      for (int i = 0; i < VECTORS; i++) {
        out.write(i + ",\"[" + random.nextFloat());
        for (int k = 1; k < 128; k++) {
          out.write("," + random.nextFloat());
        }
        out.write("]\"\n");
      }
    }
    both("20,000 EMBEDDING(128), CSV", "(id BIGINT, e EMBEDDING(128))", file, "csv", VECTORS);
    both("the same, JSON lines", "(id BIGINT, e EMBEDDING(128))", file, "json", VECTORS);
  }

  /** Rows with a vector each, by text and by files that keep columns. */
  private void mixed() throws Exception {
    Random random = new Random(1);
    Path file = directory.resolve("mixed.csv");
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("id,d,s,e\n");
      for (int i = 0; i < MIXED; i++) {
        out.write(i + "," + random.nextDouble() + ",text " + random.nextInt(10_000));
        out.write(",\"[" + random.nextFloat());
        for (int k = 1; k < 128; k++) {
          out.write("," + random.nextFloat());
        }
        out.write("]\"\n");
      }
    }
    String columns = "(id BIGINT, d DOUBLE, s VARCHAR, e EMBEDDING(128))";
    for (String format : List.of("csv", "parquet", "arrow")) {
      both("100,000 rows with EMBEDDING(128), " + format, columns, file, format, MIXED);
    }
  }

  /** Rows of plain values, by every format. */
  private void million() throws Exception {
    Path file = directory.resolve("million.csv");
    writePlain(file, MILLION);
    String columns = "(id BIGINT, word VARCHAR, d DOUBLE, day DATE)";
    for (String format : List.of("csv", "json", "parquet", "arrow")) {
      both("1,000,000 rows of 4 columns, " + format, columns, file, format, MILLION);
    }
  }

  /** In from a CSV file, out to another format, and in from that, a few times. */
  private void both(String what, String columns, Path csv, String format, long rows)
      throws Exception {
    long[] in = new long[RUNS];
    long[] out = new long[RUNS];
    double[] share = new double[RUNS];
    Path copy = directory.resolve("copy." + format);
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < RUNS; i++) {
        statement.execute("DROP TABLE IF EXISTS t");
        statement.execute("CREATE TABLE t " + columns);
        Path from = i == 0 ? csv : copy;
        long mine = THREADS.getCurrentThreadCpuTime();
        long all = MACHINE.getProcessCpuTime();
        in[i] = timed(statement, "COPY t FROM '" + from + "'");
        share[i] =
            (THREADS.getCurrentThreadCpuTime() - mine)
                * 100.0
                / (MACHINE.getProcessCpuTime() - all);
        out[i] = timed(statement, "COPY t TO '" + copy + "'");
      }
    }
    print(what + " in", Arrays.copyOfRange(in, 1, RUNS), rows, Files.size(copy));
    print(what + " out", Arrays.copyOfRange(out, 1, RUNS), rows, Files.size(copy));
    Arrays.sort(share, 1, RUNS);
    System.out.printf(
        "| %s in, on the session's thread | %.0f %% of the processors' time (%.0f to %.0f) |%n",
        what, share[RUNS / 2], share[1], share[RUNS - 1]);
  }

  /** Small pictures in folders of labels. */
  private void pictures() throws Exception {
    long bytes = 0;
    Random random = new Random(1);
    for (int label = 0; label < 10; label++) {
      Files.createDirectories(directory.resolve("pictures/label" + label));
    }
    for (int i = 0; i < PICTURES; i++) {
      byte[] picture = picture(random);
      bytes += picture.length;
      Files.write(directory.resolve("pictures/label" + i % 10 + "/" + i + ".jpg"), picture);
    }
    long[] in = new long[RUNS];
    long[] out = new long[RUNS];
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < RUNS; i++) {
        statement.execute("DROP TABLE IF EXISTS p");
        statement.execute("CREATE TABLE p (images IMAGE('jpeg'), labels CLASS_LABEL('label0'))");
        in[i] =
            timed(statement, "COPY p FROM '" + directory.resolve("pictures") + "' (LABELS ADD)");
        out[i] =
            timed(statement, "COPY p TO '" + directory.resolve("out" + i) + "' (FORMAT files)");
      }
    }
    print("10,000 pictures in", in, PICTURES, bytes);
    print("10,000 pictures out", out, PICTURES, bytes);
  }

  private static byte[] picture(Random random) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }

  private static long timed(Statement statement, String sql) throws SQLException {
    long start = System.nanoTime();
    statement.execute(sql);
    return System.nanoTime() - start;
  }

  private static void print(String what, long[] times, long rows, long bytes) {
    double seconds = Figures.median(times) / 1e9;
    Figures.print(what, times);
    System.out.printf(
        "| %s | %,.0f rows/s, %.1f MB/s |%n", what, rows / seconds, bytes / 1e6 / seconds);
  }
}
