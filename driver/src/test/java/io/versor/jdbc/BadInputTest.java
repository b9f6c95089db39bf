package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work says so: a SQLState, the name, the value; and nothing has changed. */
class BadInputTest {
  private static final String STATE = "SELECT id, name, COALESCE(label, '-') FROM t ORDER BY id";

  @TempDir Path temp;

  private Path store;
  private Sql sql;

  @BeforeEach
  void open() throws SQLException {
    store = temp.resolve("store");
    sql = Sql.open(store);
    sql.run(
        "CREATE TABLE t (id INTEGER NOT NULL, name VARCHAR(5), label CLASS_LABEL('cat', 'dog'),"
            + " tiny TINYINT, e EMBEDDING(3), picture IMAGE('jpeg'), m TENSOR(UINT8, 2, 2))",
        "INSERT INTO t (id, name, label) VALUES (1, 'one', 'cat'), (2, 'two', 'dog')",
        "COMMIT VERSION MESSAGE 'first'",
        "CREATE TAG v1",
        "CREATE BRANCH other");
  }

  @AfterEach
  void nothingHasChanged() throws SQLException {
    try {
      if (!sql.connection.isClosed()) {
        assertEquals("1|one|cat; 2|two|dog", sql.text(STATE));
        assertEquals("main; other", sql.text("SELECT name FROM versor.branches ORDER BY name"));
        assertEquals("first", sql.text("SELECT message FROM versor.log"));
        assertEquals("", sql.text("SELECT * FROM versor.status"));
      }
    } finally {
      sql.close();
    }
  }

  /** Their text is short, but written out they have 100 million digits. */
  @ParameterizedTest
  @Timeout(30)
  @ValueSource(strings = {"1e100000000", "1e-100000000", "1e2147483647", "1e-2147483647"})
  void numbersThatAreTooLongAreNotWrittenOut(String text) throws SQLException {
    BigDecimal number = new BigDecimal(text);
    for (String query :
        List.of(
            "SELECT * FROM t WHERE id = ?",
            "SELECT CAST(? AS DOUBLE) FROM t",
            "SELECT name || CAST(? AS VARCHAR) FROM t",
            "UPDATE t SET id = ?")) {
      try (PreparedStatement statement = sql.connection.prepareStatement(query)) {
        SQLException e = assertThrows(SQLException.class, () -> statement.setObject(1, number));
        assertEquals("22003", e.getSQLState(), query + ": " + e.getMessage());
        assertThrows(SQLException.class, () -> statement.setBigDecimal(1, number), query);
      }
    }
    try (ResultSet result =
        sql.connection.createStatement().executeQuery("VALUES '" + text + "'")) {
      result.next();
      assertThrows(SQLException.class, () -> result.getLong(1));
      assertThrows(SQLException.class, () -> result.getBigDecimal(1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "USE BRANCH othr                               | 3F000 | othr     | other",
        "SELECT * FROM t AS OF BRANCH 'mian'           | 3F000 | mian     | main",
        "SELECT * FROM t AS OF COMMIT 'deadbeef01'     | 3F000 | deadbeef01 | ",
        "SELECT * FROM t AS OF TAG 'v2'                | 3F000 | v2       | v1",
        "SELECT * FROM t AS OF COMMIT 'main~7'         | 3F000 | main~7   | ",
        "DROP BRANCH othr                              | 3F000 | othr     | other",
        "DROP TAG v9                                   | 3F000 | v9       | ",
        "MERGE BRANCH othr                             | 3F000 | othr     | other",
        "CREATE BRANCH other                           | 42710 | other    | ",
        "CREATE BRANCH OTHER                           | 42710 | other    | ",
        "CREATE TAG v1                                 | 42710 | v1       | ",
        "CREATE BRANCH versor                          | 42602 | versor   | ",
        "CREATE BRANCH information_schema              | 42602 | information_schema | ",
        "CREATE BRANCH \"abcdef12\"                    | 42602 | abcdef12 | ",
        "CREATE BRANCH \"a..b\"                        | 42602 | a..b     | ",
        "SELECT * FROM nothing                         | 42P01 | nothing  | ",
        "SELECT nme FROM t                             | 42703 | nme      | ",
        "CREATE TABLE t (x INTEGER)                    | 42P07 | t        | ",
        "ALTER TABLE t ADD COLUMN name TEXT            | 42701 | name     | ",
        "SELECT * FORM t                               | 42601 | t        | ",
        "COMMIT VERSION MESSAGE 'nothing new'          | VS003 | main     | ",
      })
  void namesThatAreNotThereOrAlreadyAre(String text, String state, String name, String near) {
    if (near == null) {
      sql.fails(state, text, name);
    } else {
      sql.fails(state, text, name, near);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INSERT INTO t (id) VALUES (NULL)                          | 23502 | id",
        "INSERT INTO t (name) VALUES ('x')                         | 23502 | id",
        "UPDATE t SET id = NULL                                    | 23502 | id",
        "INSERT INTO t (id) VALUES (1.5)                           | 22    | 1.5",
        "INSERT INTO t (id) VALUES (3000000000)                    | 22003 | 3000000000",
        "INSERT INTO t (id, tiny) VALUES (3, 300)                  | 22003 | 300",
        "INSERT INTO t (id, name) VALUES (3, 'too long')           | 22001 | name",
        "INSERT INTO t (id, label) VALUES (3, 'cow')               | 22    | cow",
        "INSERT INTO t (id, e) VALUES (3, ARRAY[1, 2])             | 22    | 3",
        "INSERT INTO t (id, m) VALUES (3, ARRAY[ARRAY[1, 2, 3]])   | 22    | m",
        "INSERT INTO t (id, m) VALUES (3, ARRAY[ARRAY[1, 256], ARRAY[1, 1]]) | 22 | 256",
        "INSERT INTO t (id, m) VALUES (3, ARRAY[ARRAY[1, 0.5], ARRAY[1, 1]]) | 22 | 0.5",
        "INSERT INTO t (id, picture) VALUES (3, X'FFD8FFE0')       | 22    | picture",
        "INSERT INTO t (id, picture) VALUES (3, X'89504E470D0A1A0A') | 22  | jpeg",
        "INSERT INTO \"v1\".t (id) VALUES (3)                      | 25006 | v1",
        "DELETE FROM \"main~0\".t                                  | 25006 | main~0",
        "INSERT INTO t (id, picture) VALUES (3, READ_FILE('no/such.jpg')) | 58P01 | such.jpg",
      })
  void valuesThatDoNotFit(String text, String state, String part) {
    SQLException e = assertThrows(SQLException.class, () -> sql.run(text), text);
    assertTrue(e.getSQLState().startsWith(state), e.getSQLState() + ": " + e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }

  @Test
  void picturesThatAreNone() throws Exception {
    Optional<Path> corrupt = SharedFiles.data("media/corrupt_jpeg.jpeg");
    assumeTrue(corrupt.isPresent(), "the damaged picture is not here");
    byte[] bytes = Files.readAllBytes(corrupt.get());
    SQLException e =
        assertThrows(
            SQLException.class,
            () -> sql.update("INSERT INTO t (id, picture) VALUES (3, ?)", (Object) bytes));
    assertTrue(e.getSQLState().startsWith("22"), e.getSQLState() + ": " + e.getMessage());
    assertTrue(e.getMessage().contains("picture"), e.getMessage());
  }

  @Test
  void parametersAreCheckedLikeLiterals() {
    for (Object[] wrong :
        new Object[][] {
          {3, new float[] {1, 2}}, {3, new double[] {1e300, 1, 1}}, {3, "text"}, {null, null}
        }) {
      SQLException e =
          assertThrows(
              SQLException.class, () -> sql.update("INSERT INTO t (id, e) VALUES (?, ?)", wrong));
      assertTrue(e.getSQLState().startsWith("2"), e.getSQLState() + ": " + e.getMessage());
    }
  }

  @Test
  void failingStatementOfManyRowsChangesNothing() {
    sql.fails("23502", "INSERT INTO t (id) VALUES (3), (4), (NULL)", "id");
    sql.fails("22012", "UPDATE t SET id = 1 / (2 - id)");
  }

  @Test
  void writesToACommitAreRefusedWithTheWayOut() throws SQLException {
    sql.run("USE COMMIT 'main'");
    sql.fails("25006", "INSERT INTO t (id) VALUES (3)", "CREATE BRANCH");
    sql.run("USE BRANCH main");
  }

  @Test
  void conflictsOfAMergeAreListedAndNothingIsMerged() throws SQLException {
    sql.run(
        "UPDATE other.t SET name = 'theirs' WHERE id = 1".replace("theirs", "their"),
        "USE BRANCH other",
        "COMMIT VERSION MESSAGE 'theirs'",
        "CREATE BRANCH third AS OF COMMIT 'v1'",
        "USE BRANCH third",
        "UPDATE t SET name = 'ours' WHERE id = 1",
        "COMMIT VERSION MESSAGE 'ours'");
    SQLException e = sql.fails("VS002", "MERGE BRANCH other", "t", "name");
    assertTrue(e.getMessage().matches("(?s).*\\d.*"), "a row id in: " + e.getMessage());
    assertEquals("ours; two", sql.text("SELECT name FROM t ORDER BY id"));
    sql.run("USE BRANCH main", "DROP BRANCH third FORCE", "DROP BRANCH other FORCE");
    sql.run("CREATE BRANCH other");
  }

  /** The shortest prefix has 24 bits, so some thousands of commits have two that share one. */
  @Test
  @Tag("long")
  void prefixOfTwoCommitsIsAmbiguous() throws SQLException {
    Path many = temp.resolve("many");
    try (Sql other = Sql.open(many)) {
      Map<String, String> known = new HashMap<>();
      String shared = "";
      while (shared.isEmpty()) {
        String id = other.first("COMMIT VERSION MESSAGE 'again' ALLOW EMPTY");
        String twin = known.put(id.substring(0, 6), id);
        if (twin != null) {
          shared = id.substring(0, 6);
          other.fails("3F000", "USE COMMIT '" + shared + "'", shared, id, twin);
          other.run("USE COMMIT '" + id + "'");
        }
      }
    }
  }

  @Test
  void directoryThatIsNoStore() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("full"));
    Files.writeString(folder.resolve("notes.txt"), "mine");
    SQLException e = assertThrows(SQLException.class, () -> Sql.open(folder));
    assertEquals("08001", e.getSQLState(), e.getMessage());
    assertTrue(e.getMessage().contains("full"), e.getMessage());
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertEquals("08001", assertThrows(SQLException.class, () -> Sql.open(file)).getSQLState());
  }

  @Test
  void readOnlyDirectoryIsReadAndNotWritten() throws Exception {
    sql.close();
    List<Path> folders;
    try (var files = Files.walk(store)) {
      folders = files.filter(Files::isDirectory).toList();
    }
    try {
      for (Path folder : folders) {
        assumeTrue(folder.toFile().setWritable(false), "permissions do not work here");
      }
      assumeTrue(!Files.isWritable(store), "the user of this test may write everywhere");
      try (Sql reader = Sql.open(store)) {
        assertEquals("1|one|cat; 2|two|dog", reader.text(STATE));
        SQLException e = assertThrows(SQLException.class, () -> reader.run("CREATE BRANCH fresh"));
        assertTrue(
            List.of("25006", "58030").contains(e.getSQLState()),
            e.getSQLState() + ": " + e.getMessage());
      }
    } finally {
      folders.forEach(folder -> folder.toFile().setWritable(true));
    }
  }

  @Test
  void storeOfANewerVersion() throws Exception {
    sql.close();
    Path root = store.resolve("root");
    String text = Files.readString(root, StandardCharsets.ISO_8859_1);
    int trailer = text.lastIndexOf(",\"crc");
    String content = text.substring(0, trailer).replaceFirst("\"format\":\\d+", "\"format\":99");
    CRC32C crc = new CRC32C();
    crc.update(content.getBytes(StandardCharsets.ISO_8859_1));
    String end =
        text.substring(trailer)
            .replaceFirst(
                "\"[0-9a-f]{8}\"", '"' + HexFormat.of().toHexDigits((int) crc.getValue()) + '"');
    Files.writeString(root, content + end, StandardCharsets.ISO_8859_1);
    SQLException e = assertThrows(SQLException.class, () -> Sql.open(store));
    assertEquals("0A000", e.getSQLState(), e.getMessage());
    assertTrue(e.getMessage().contains("99"), e.getMessage());
  }

  @Test
  void bitFlipsAndTruncationInRootAndLog() throws Exception {
    sql.close();
    Path log;
    try (var files = Files.walk(store.resolve("log"))) {
      log = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
    for (Path file : new Path[] {store.resolve("root"), log}) {
      byte[] whole = Files.readAllBytes(file);
      byte[] flipped = whole.clone();
      flipped[file.equals(log) ? 160 : whole.length / 2] ^= 4;
      Files.write(file, flipped);
      SQLException e = assertThrows(SQLException.class, this::readAll, file.toString());
      assertEquals("VS001", e.getSQLState(), e.getMessage());
      Files.write(file, whole);
    }
    readAll();
    byte[] root = Files.readAllBytes(store.resolve("root"));
    Files.write(store.resolve("root"), Arrays.copyOf(root, root.length / 2));
    assertEquals("VS001", assertThrows(SQLException.class, this::readAll).getSQLState());
    Files.write(store.resolve("root"), root);
    readAll();
  }

  @Test
  void bitFlipsAndTruncationInAPack() throws Exception {
    sql.run("CREATE TABLE big (id INTEGER, v VARBINARY)");
    byte[] noise = new byte[3 << 20];
    new Random(5).nextBytes(noise);
    sql.update("INSERT INTO big VALUES (1, ?)", (Object) noise);
    sql.close();
    Path pack;
    try (var files = Files.walk(store.resolve("pack"))) {
      pack = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(pack);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 16;
    for (byte[] damaged : List.of(flipped, Arrays.copyOf(whole, whole.length - 100_000))) {
      Files.write(pack, damaged);
      try (Sql reader = Sql.open(Sql.url(store) + "?readOnly=true")) {
        SQLException e = assertThrows(SQLException.class, () -> reader.bytes("SELECT v FROM big"));
        assertEquals("VS001", e.getSQLState(), e.getMessage());
        assertTrue(e.getMessage().contains(".pack"), e.getMessage());
        assertEquals("1|one|cat; 2|two|dog", reader.text(STATE)); // the rest is readable
      }
    }
    Files.write(pack, whole);
    try (Sql reader = Sql.open(store)) {
      assertArrayEquals(noise, reader.bytes("SELECT v FROM big"));
    }
  }

  private void readAll() throws SQLException {
    try (Sql reader = Sql.open(Sql.url(store) + "?readOnly=true")) {
      assertEquals("1|one|cat; 2|two|dog", reader.text(STATE));
      assertEquals("first", reader.text("SELECT message FROM versor.log"));
    }
  }

  @Test
  void temporaryFolderThatCannotBeUsed() throws Exception {
    Path nowhere = temp.resolve("no such folder");
    List<String> options = List.of("-Djava.io.tmpdir=" + nowhere);
    SecondJvm.Outcome reads =
        SecondJvm.start(
            options, SecondJvm.class.getName(), List.of(Sql.url(store), "SELECT COUNT(*) FROM t"));
    // Nothing of this store is compressed, so nothing of it needs the library in that folder.
    assertEquals("2", reads.out().strip(), reads.err());
    sql.run("CREATE TABLE big (x TEXT)");
    SecondJvm.Outcome writes =
        SecondJvm.start(
            options,
            SecondJvm.class.getName(),
            List.of(
                Sql.url(store),
                "!INSERT INTO big SELECT REPEAT('text ' || CAST(v AS VARCHAR), 300000)"
                    + " FROM (VALUES (1), (2), (3)) AS x(v)"));
    assertEquals(1, writes.code(), writes.out());
    assertTrue(writes.err().contains("java.sql.SQL"), writes.err());
    assertTrue(writes.err().contains(nowhere.toString()), writes.err());
    assertEquals("0", sql.text("SELECT COUNT(*) FROM big"));
    sql.run("DROP TABLE big");
  }
}
