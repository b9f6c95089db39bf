package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COPY of files that are large, damaged or hostile, and of CSV beside H2's reader. */
class CopyFileTest {
  private static final String[] PIECES = {
    "a", "b c", "\"", "\"\"", ",", "\n", "\r\n", "\r", ";", "é", "中", "😀", "\\", "'", "0", "\t",
    "NULL"
  };

  @TempDir Path directory;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    store = new TestStore(directory.resolve("store"));
    store.session().setReadFileBase(directory);
    store.run("CREATE TABLE t(a VARCHAR, b VARCHAR)");
    store.run("CREATE TABLE n(id BIGINT, text VARCHAR)");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private StoreException fails(String part, String sql) {
    StoreException e = assertThrows(StoreException.class, () -> store.run(sql), sql);
    assertTrue(e.getMessage().contains(part), e.getMessage());
    return e;
  }

  private static @Nullable String cell(Random random) {
    int pieces = random.nextInt(5);
    if (pieces == 0) {
      return random.nextBoolean() ? "" : null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** Quoted where it must be, and sometimes where it need not. */
  private static String field(@Nullable String cell, Random random) {
    if (cell == null) {
      return "";
    }
    boolean plain =
        !cell.isBlank() && cell.equals(cell.strip()) && !cell.matches("(?s).*[\",\r\n].*");
    return plain && random.nextBoolean() ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static List<List<@Nullable String>> readByH2(Path file) throws SQLException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:");
        ResultSet result =
            h2.createStatement()
                .executeQuery("SELECT * FROM CSVREAD('" + file + "', NULL, 'charset=UTF-8')")) {
      while (result.next()) {
        rows.add(Arrays.asList(result.getString(1), result.getString(2)));
      }
    }
    return rows;
  }

  private List<List<@Nullable String>> rows() throws Exception {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Prepared all = store.session().prepare("SELECT a, b FROM t");
        Result result = all.execute(List.of(), ExecuteOptions.NONE)) {
      while (result.next()) {
        rows.add(Arrays.asList((String) result.objectAt(0), (String) result.objectAt(1)));
      }
    }
    return rows;
  }

  @Test
  void csvIsReadAndWrittenAsByH2() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      List<List<@Nullable String>> wanted = new ArrayList<>();
      StringBuilder text = new StringBuilder("a,b\n");
      for (int i = random.nextInt(60); i >= 0; i--) {
        List<@Nullable String> row = Arrays.asList(cell(random), cell(random));
        wanted.add(row);
        text.append(field(row.get(0), random)).append(',').append(field(row.get(1), random));
        text.append(random.nextBoolean() ? "\n" : "\r\n");
      }
      Path file = Files.writeString(directory.resolve("in.csv"), text);
      store.run("TRUNCATE t");
      store.run("COPY t FROM 'in.csv'");
      assertEquals(wanted, rows(), "seed " + seed + "\n" + text);
      assertEquals(readByH2(file), rows(), "seed " + seed + "\n" + text);
      store.run("COPY t TO 'out.csv'");
      store.run("TRUNCATE t");
      store.run("COPY t FROM 'out.csv'");
      assertEquals(wanted, rows(), "seed " + seed + "\n" + text);
    }
  }

  /** Many batches, with values over several lines, and errors that still know their line. */
  @Test
  void largeFilesKeepOrderAndPlaces() throws Exception {
    int count = 100_000;
    try (Writer out = Files.newBufferedWriter(directory.resolve("large.csv"))) {
      out.write("id,text\n");
      for (int i = 0; i < count; i++) {
        out.write(i == 75_000 ? "wrong" : Integer.toString(i));
        out.write(i % 10 == 0 ? ",\"two\nlines, " + i + "\"\n" : ",line " + i + "\n");
      }
    }
    fails("large.csv, line 82502, column id of n: 'wrong'", "COPY n FROM 'large.csv'");
    assertEquals(List.of("0"), store.run("SELECT COUNT(*) FROM n"));
    assertEquals(
        List.of(count - 1 + " | 1 | 1"), store.run("COPY n FROM 'large.csv' ON ERROR SKIP"));
    assertEquals(
        List.of("0"),
        store.run(
            "SELECT COUNT(*) FROM n WHERE id <> _index + CASE WHEN _index < 75000 THEN 0 ELSE 1"
                + " END"));
    store.run("COPY n TO 'large.json'");
    store.run("CREATE TABLE again(id BIGINT, text VARCHAR)");
    store.run("COPY again FROM 'large.json'");
    assertEquals(List.of("true"), store.run("SELECT TABLE_HASH('n') = TABLE_HASH('again')"));
  }

  /** Rows that violate a key or a condition, far apart: what is left is what a loop would keep. */
  @Test
  void largeFilesLeaveOutWhatConstraintsForbid() throws Exception {
    store.run("CREATE TABLE k(id BIGINT PRIMARY KEY, v BIGINT, CHECK (v < 1000))");
    store.run("INSERT INTO k VALUES (7, 0), (40000, 0)");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<Long, Long> kept = new TreeMap<>(Map.of(7L, 0L, 40_000L, 0L));
    int count = 60_000;
    try (Writer out = Files.newBufferedWriter(directory.resolve("keys.csv"))) {
      for (int i = 0; i < count; i++) {
        long id = random.nextInt(50_000);
        long v = random.nextInt(1_010);
        out.write(id + "," + v + "\n");
        if (v < 1_000) {
          kept.putIfAbsent(id, v);
        }
      }
    }
    int added = kept.size() - 2;
    assertEquals(
        List.of(added + " | " + (count - added) + " | 1"),
        store.run("COPY k FROM 'keys.csv' ON ERROR SKIP INTO refused"),
        "seed " + seed);
    List<String> wanted =
        kept.entrySet().stream().map(e -> e.getKey() + " | " + e.getValue()).toList();
    assertEquals(wanted, store.run("SELECT id, v FROM k ORDER BY id"), "seed " + seed);
    assertEquals(
        List.of(String.valueOf(count - added)),
        store.run("SELECT COUNT(DISTINCT row_no) FROM refused"));
  }

  @Test
  void limitsEndWhatHasNoEnd() throws Exception {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve("bomb.csv.gz")))) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        out.write(zeros);
      }
    }
    assertTrue(Files.size(directory.resolve("bomb.csv.gz")) < 1 << 20);
    StoreException e =
        fails("line 1: a row of more than", "COPY n FROM 'bomb.csv.gz' ON ERROR SKIP");
    assertEquals(StoreException.Code.LIMIT, e.code());
    Files.writeString(directory.resolve("wide.csv"), ",".repeat(5_000_000) + "\n1,x\n");
    assertEquals(
        List.of("1 | 1 | 1"), store.run("COPY n FROM 'wide.csv' (HEADER FALSE) ON ERROR SKIP"));
    fails("more than 100000 fields", "COPY n FROM 'wide.csv' (HEADER)");
    String deep = "{\"id\": 1, \"text\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}\n";
    Files.writeString(directory.resolve("deep.json"), deep + "{\"id\": 2}\n");
    assertEquals(List.of("1 | 1 | 1"), store.run("COPY n FROM 'deep.json' ON ERROR SKIP"));
  }

  @Test
  void damagedFilesAreErrors() throws Exception {
    Path packed = directory.resolve("cut.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      for (int i = 0; i < 100_000; i++) {
        out.write((i + ",text " + i * 7919L + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] whole = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(whole, whole.length / 2));
    assertEquals(
        StoreException.Code.INVALID_VALUE, fails("cut.csv.gz", "COPY n FROM 'cut.csv.gz'").code());
    Files.writeString(packed, "not packed");
    assertEquals(
        StoreException.Code.INVALID_VALUE, fails("cut.csv.gz", "COPY n FROM 'cut.csv.gz'").code());
    Files.write(directory.resolve("odd.csv"), new byte[] {0, '1', 0, ',', (byte) 0xd8});
    fails("mean nothing in UTF-16", "COPY n FROM 'odd.csv' (ENCODING 'UTF-16BE')");
    Files.write(directory.resolve("empty.csv"), new byte[0]);
    assertEquals(List.of("0 | 0 | 1"), store.run("COPY n FROM 'empty.csv'"));
    Files.write(directory.resolve("empty.json"), new byte[0]);
    assertEquals(List.of("0 | 0 | 1"), store.run("COPY n FROM 'empty.json'"));
    assertEquals(List.of("0"), store.run("SELECT COUNT(*) FROM n"));
  }

  /**
   * Whatever bytes a file has: its rows are copied or rejected, or it is an error that says why.
   */
  @Test
  void anyBytesAreRowsOrErrors() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String csv = "id,text\n1,\"a \"\"b\"\"\"\n2,é\n-3,\r\n\"4\",\"x\ny\"\n";
    String json = "[{\"id\": 1, \"text\": \"a\\u00e9\"},\n {\"id\": 2, \"text\": null}]";
    String lines = "{\"id\": 1, \"text\": \"é\"}\n{\"id\": 2e0, \"text\": \"[\"}\n";
    for (int round = 0; round < 150; round++) {
      String name = round % 3 == 0 ? "any.csv" : "any.json";
      byte[] bytes =
          (round % 3 == 0 ? csv : round % 3 == 1 ? json : lines).getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(3)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes = Arrays.copyOf(bytes, at + 1);
          default -> bytes[at] = (byte) ",\"\n\r{}[]:".charAt(random.nextInt(9));
        }
      }
      Files.write(directory.resolve(name), bytes);
      try {
        store.run("COPY n FROM '" + name + "' ON ERROR SKIP INTO rejects");
      } catch (StoreException e) {
        assertTrue(e.getMessage().contains(name), "seed " + seed + ": " + e);
      } catch (StatementException e) {
        assertTrue(List.of("42703", "42701").contains(e.sqlState()), "seed " + seed + ": " + e);
      }
    }
    store.run("SELECT COUNT(*) FROM rejects");
  }

  @Test
  void aStoppedCopyChangesNothing() throws Exception {
    try (Writer out = Files.newBufferedWriter(directory.resolve("long.csv"))) {
      for (int i = 0; i < 1_000_000; i++) {
        out.write(i + ",text\n");
      }
    }
    Cancellation cancellation = Cancellation.after(0);
    Thread stopper =
        new Thread(
            () -> {
              try {
                Thread.sleep(60); // into the midst of a million rows; any moment has to do
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              cancellation.cancel();
            });
    try (Prepared copy = store.session().prepare("COPY n FROM 'long.csv'")) {
      stopper.start();
      Exception e =
          assertThrows(
              StoreException.class,
              () ->
                  copy.execute(
                      List.of(), new ExecuteOptions(0, cancellation, ReturnedColumns.NONE)));
      assertEquals(StoreException.Code.CANCELLED, assertInstanceOf(StoreException.class, e).code());
    }
    stopper.join();
    assertEquals(List.of("0"), store.run("SELECT COUNT(*) FROM n"));
  }
}
