package io.versor.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What it costs to read a dataset of Deep Lake 3 where it lies, through JDBC: 100,000 labels and as
 * many vectors of 128 floats, in chunks of up to 16 MB as Deep Lake writes them. Each run opens the
 * dataset anew, in one process; files are in memory. The first run, whose code is not compiled yet,
 * is told apart.
 *
 * <p>Arguments: a directory to work in, and the number of runs (25).
 */
public final class DeepLakeCosts {
  private static final int ROWS = 100_000;
  private static final int LENGTH = 128;
  private static final int CHUNK_BYTES = 16_000_000;
  private static final String FIRST = "firstdbf9474d461a19e9333c2fd19b46115348f";
  private static final String HEAD = "a".repeat(40);

  private DeepLakeCosts() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data").toAbsolutePath();
    int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 25;
    Path dataset = directory.resolve("vectors");
    write(dataset);
    String[] works = {"attach", "SUM of the labels", "all labels", "all vectors"};
    double[][] millis = new double[works.length][runs];
    for (int run = 0; run < runs; run++) {
      double[] each = run(dataset);
      for (int work = 0; work < works.length; work++) {
        millis[work][run] = each[work];
      }
    }
    System.out.println("| work | first | median of the others | quartiles |");
    System.out.println("| --- | ---: | ---: | ---: |");
    for (int work = 0; work < works.length; work++) {
      double[] warm = Arrays.copyOfRange(millis[work], 1, runs);
      Arrays.sort(warm);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f ms | %.1f ms | %.1f to %.1f |%n",
          works[work],
          millis[work][0],
          warm[warm.length / 2],
          warm[warm.length / 4],
          warm[warm.length * 3 / 4]);
    }
  }

  private static double[] run(Path dataset) throws SQLException {
    List<Long> moments = new ArrayList<>(List.of(System.nanoTime()));
    try (Connection connection = DriverManager.getConnection("jdbc:versor:deeplake:" + dataset);
        Statement statement = connection.createStatement()) {
      moments.add(System.nanoTime());
      try (ResultSet rows = statement.executeQuery("SELECT SUM(label) FROM vectors")) {
        check(rows.next() && rows.getLong(1) > 0);
      }
      moments.add(System.nanoTime());
      int count = 0;
      try (ResultSet rows = statement.executeQuery("SELECT label FROM vectors")) {
        while (rows.next()) {
          count += rows.getInt(1) >= 0 ? 1 : 0;
        }
      }
      check(count == ROWS);
      moments.add(System.nanoTime());
      int elements = 0;
      try (ResultSet rows = statement.executeQuery("SELECT vector FROM vectors")) {
        while (rows.next()) {
          elements += rows.getObject(1, float[].class).length;
        }
      }
      check(elements == ROWS * LENGTH);
      moments.add(System.nanoTime());
    }
    double[] millis = new double[moments.size() - 1];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = (moments.get(i + 1) - moments.get(i)) / 1e6;
    }
    return millis;
  }

  private static void check(boolean right) {
    if (!right) {
      throw new IllegalStateException("the answer is wrong");
    }
  }

  // --- the dataset

  private static void write(Path dataset) throws IOException {
    Random random = new Random(1);
    ByteBuffer labels = ByteBuffer.allocate(Integer.BYTES * ROWS).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < ROWS; i++) {
      labels.putInt(random.nextInt(1_000));
    }
    writeTensor(dataset, "label", "class_label", "uint32", 1, labels.array());
    ByteBuffer vectors =
        ByteBuffer.allocate(Float.BYTES * LENGTH * ROWS).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < LENGTH * ROWS; i++) {
      vectors.putFloat(random.nextFloat());
    }
    writeTensor(dataset, "vector", "embedding", "float32", LENGTH, vectors.array());
    String node =
        "{\"branch\": \"main\", \"parent\": %s, \"children\": [], \"commit_message\": %s,"
            + " \"commit_user_name\": \"bench\", \"commit_time\": %s}";
    String commits =
        String.format("\"%s\": ", FIRST)
            + String.format(node, "null", "\"first\"", "1700000000.5")
            + String.format(", \"%s\": ", HEAD)
            + String.format(node, "\"" + FIRST + "\"", "null", "null");
    put(
        dataset.resolve("version_control_info.json"),
        "{\"commits\": {" + commits + "}, \"branches\": {\"main\": \"" + HEAD + "\"}}");
    for (Path folder : nodes(dataset)) {
      put(
          folder.resolve("dataset_meta.json"),
          "{\"groups\": [], \"hidden_tensors\": [], \"tensors\": [\"label\", \"vector\"],"
              + " \"tensor_names\": {\"label\": \"label\", \"vector\": \"vector\"}}");
    }
  }

  private static List<Path> nodes(Path dataset) {
    return List.of(dataset, dataset.resolve("versions").resolve(HEAD));
  }

  private static void writeTensor(
      Path dataset, String name, String htype, String dtype, int length, byte[] samples)
      throws IOException {
    int width = Integer.BYTES * length;
    int most = CHUNK_BYTES / width;
    ByteBuffer index = little(1 + 16 * (ROWS / most + 1)).put((byte) Long.BYTES);
    for (int first = 0; first < ROWS; first += most) {
      int count = Math.min(most, ROWS - first);
      ByteBuffer chunk = little(40 + count * width);
      chunk.putInt(1).putInt(2).putInt(length).putInt(count - 1); // all samples have one shape
      chunk.putInt(1).putInt(width).putInt(0).putInt(count - 1); // and lie behind one another
      chunk.put(samples, first * width, count * width);
      long id = 256 + first / most;
      put(dataset.resolve(name).resolve("chunks").resolve(Long.toHexString(id)), chunk);
      index.putLong(id).putLong(first + count - 1L);
    }
    String meta =
        "{\"htype\": \"%s\", \"dtype\": \"%s\", \"length\": %d, \"typestr\": null,"
            + " \"sample_compression\": null, \"chunk_compression\": null, \"is_sequence\": false,"
            + " \"is_link\": false, \"hidden\": false, \"min_shape\": [%d], \"max_shape\": [%d]}";
    for (Path folder : nodes(dataset)) {
      Path tensor = folder.resolve(name);
      put(
          tensor.resolve("tensor_meta.json"),
          String.format(meta, htype, dtype, ROWS, length, length));
      put(tensor.resolve("chunks_index").resolve("unsharded"), index.duplicate());
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Binary files begin with the version that wrote them. */
  private static void put(Path file, ByteBuffer content) throws IOException {
    byte[] version = "3.9.52".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all = ByteBuffer.allocate(1 + version.length + content.position());
    all.put((byte) version.length).put(version).put(content.array(), 0, content.position());
    Files.createDirectories(file.getParent());
    Files.write(file, all.array());
  }
}
