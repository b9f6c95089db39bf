package io.versor.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COPY between tables and folders with a file for each row. */
class CopyFolderTest {
  @TempDir Path directory;
  private Path files;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    files = Files.createDirectory(directory.resolve("files"));
    store = new TestStore(directory.resolve("store"));
    store.session().setReadFileBase(files);
    store.run("CREATE TABLE animals(images IMAGE, labels CLASS_LABEL('cat'), path VARCHAR)");
    picture("pets/cat/1.png", "png", 3);
    picture("pets/cat/2.jpg", "jpg", 4);
    picture("pets/dog/deep/3.PNG", "png", 5);
    picture("pets/4.png", "png", 6);
    picture("pets/.hidden/5.png", "png", 7);
    Files.writeString(files.resolve("pets/cat/notes.md"), "no picture");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private byte[] picture(String name, String format, int width) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, 2, BufferedImage.TYPE_INT_RGB), format, out);
    Path file = files.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.readAllBytes(Files.write(file, out.toByteArray()));
  }

  private static String state(Throwable e) {
    return e instanceof StatementException statement
        ? statement.sqlState()
        : ((StoreException) e).code().name();
  }

  private void fails(String state, String part, String sql) {
    Exception e = assertThrows(Exception.class, () -> store.run(sql), sql);
    assertEquals(state, state(e), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void foldersAreLabels() throws Exception {
    fails("INVALID_VALUE", "class label 'dog'", "COPY animals FROM 'pets' (FORMAT images)");
    assertEquals(List.of("4 | 0 | 4"), store.run("COPY animals FROM 'pets' (LABELS ADD)"));
    assertEquals(
        List.of(
            "4.png | NULL | [2, 6, 3]",
            "cat/1.png | cat | [2, 3, 3]",
            "cat/2.jpg | cat | [2, 4, 3]",
            "dog/deep/3.PNG | dog | [2, 5, 3]"),
        store.run("SELECT path, labels, SHAPE(images) FROM animals"));
  }

  @Test
  void columnsSayWhatTheyTake() throws Exception {
    store.run("CREATE TABLE t(a VARCHAR, b VARBINARY, c INTEGER DEFAULT 3, name TEXT, d VARCHAR)");
    store.run(
        "COPY t(a FROM 'label', b FROM 'content', name FROM 'filename') FROM 'pets' (FORMAT"
            + " files)");
    assertEquals(
        List.of("cat | 10 | 3 | notes.md | NULL"),
        store.run("SELECT a, OCTET_LENGTH(b), c, name, d FROM t WHERE name LIKE '%.md'"));
    fails("42703", "a file gives content, label", "COPY t(b, d) FROM 'pets' (FORMAT files)");
    fails("42703", "no column of t", "COPY t FROM 'pets' (FORMAT images)");
    fails("42703", "no 'size'", "COPY t(c FROM 'size') FROM 'pets' (FORMAT files)");
    store.run("CREATE TABLE two(x IMAGE, y IMAGE)");
    fails("42703", "x, y could all", "COPY two FROM 'pets' (FORMAT images)");
    store.run("COPY two(y) FROM 'pets/4.png'");
  }

  @Test
  void damagedPicturesAreRejected() throws Exception {
    byte[] whole = picture("pets/cat/0.png", "png", 9);
    Files.write(files.resolve("pets/cat/0.png"), Arrays.copyOf(whole, whole.length - 20));
    Files.writeString(files.resolve("pets/cat/00.gif"), "GIF89a");
    fails("INVALID_VALUE", "pets/cat/0.png, row 2, column images", "COPY animals FROM 'pets'");
    assertEquals(List.of("0"), store.run("SELECT COUNT(*) FROM animals"));
    assertEquals(
        List.of("4 | 2 | 6"),
        store.run("COPY animals FROM 'pets' (LABELS ADD) ON ERROR SKIP INTO bad"));
    assertEquals(
        List.of("pets/cat/0.png | images", "pets/cat/00.gif | images"),
        store.run("SELECT file, column_name FROM bad"));
  }

  @Test
  void soundsAndFilmsGoTheSameWay() throws Exception {
    Path media = Path.of("../../shared/data/media").toAbsolutePath().normalize();
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(media), "shared files");
    store.run("CREATE TABLE sounds(s AUDIO, name VARCHAR)");
    store.run("CREATE TABLE films(f VIDEO)");
    store.run("COPY sounds FROM '" + media + "' (FORMAT audio)");
    store.run("COPY films FROM '" + media + "' (FORMAT video)");
    assertEquals(List.of("sampleflac.flac", "samplewav.wav"), store.run("SELECT name FROM sounds"));
    assertEquals(List.of("1"), store.run("SELECT COUNT(*) FROM films"));
  }

  @Test
  void filesComeOutAsTheyWentIn() throws Exception {
    store.run("COPY animals FROM 'pets' (LABELS ADD)");
    assertEquals(
        List.of("4 | 4"),
        store.run("COPY (SELECT images, path FROM animals) TO 'out' (FORMAT files, NAME path)"));
    assertArrayEquals(
        Files.readAllBytes(files.resolve("pets/dog/deep/3.PNG")),
        Files.readAllBytes(files.resolve("out/dog/deep/3.PNG")));
    store.run("CREATE TABLE again(images IMAGE, labels CLASS_LABEL('cat', 'dog'), path VARCHAR)");
    store.run("COPY again FROM 'out'");
    assertEquals(List.of("true"), store.run("SELECT TABLE_HASH('again') = TABLE_HASH('animals')"));
    store.run("COPY (SELECT images, labels FROM animals) TO 'numbered' (FORMAT files)");
    try (Stream<Path> all = Files.walk(files.resolve("numbered"))) {
      assertEquals(
          List.of("00000001.png", "cat/00000002.png", "cat/00000003.jpg", "dog/00000004.png"),
          all.filter(Files::isRegularFile)
              .map(file -> files.resolve("numbered").relativize(file).toString())
              .sorted()
              .toList());
    }
  }

  @Test
  void filesThatAreThereStay() throws Exception {
    store.run("COPY animals FROM 'pets' (LABELS ADD)");
    Files.createDirectories(files.resolve("out/cat"));
    Files.writeString(files.resolve("out/cat/2.jpg"), "mine");
    String copy = "COPY (SELECT images, path FROM animals) TO 'out' (FORMAT files, NAME path";
    fails("58P02", "cat/2.jpg is there already", copy + ")");
    try (Stream<Path> all = Files.walk(files.resolve("out"))) {
      assertEquals(1, all.filter(Files::isRegularFile).count());
    }
    store.run(copy + ", OVERWRITE)");
    assertFalse(
        Files.readString(
                files.resolve("out/cat/1.png"), java.nio.charset.StandardCharsets.ISO_8859_1)
            .isEmpty());
    fails(
        "58P02",
        "a row before it",
        "COPY (SELECT images, 'same' AS n FROM animals) TO 'same' (FORMAT files, NAME n)");
    assertFalse(Files.exists(files.resolve("same")));
    for (String name : List.of("../x", "/x", "a/../../x", "a//b", ".", "a\\b", "c:x")) {
      fails(
          "22023",
          "is no name of a file",
          "COPY (SELECT images, '"
              + name
              + "' AS n FROM animals LIMIT 1) TO 'same' (FORMAT files, NAME n)");
    }
    fails(
        "22004",
        "is NULL",
        "COPY (SELECT images, CAST(NULL AS VARCHAR) AS n FROM animals) TO 'same' (FORMAT files,"
            + " NAME n)");
    fails(
        "42703", "0 columns of bytes", "COPY (SELECT path FROM animals) TO 'same' (FORMAT files)");
  }

  @Test
  void accessIsConfined() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret.csv"), "1\n");
    Files.createSymbolicLink(files.resolve("link.csv"), outside.resolve("secret.csv"));
    Files.createSymbolicLink(files.resolve("pets/link.png"), outside.resolve("secret.csv"));
    Files.createSymbolicLink(files.resolve("folder"), outside);
    store.run("CREATE TABLE n(id INTEGER)");
    store.run("COPY n FROM 'link.csv'"); // nothing confines this session
    SessionOptions options = SessionOptions.defaults("ann");
    for (String access : List.of(files.toString(), "none")) {
      SessionOptions confined =
          new SessionOptions(
              options.branch(),
              options.commit(),
              options.tag(),
              options.asOf(),
              false,
              "ann",
              false,
              Optional.of(access));
      try (Session session = store.engine().openSession(confined)) {
        session.setReadFileBase(files);
        for (String sql :
            List.of(
                "COPY n FROM '../outside/secret.csv'",
                "COPY n FROM '" + outside.resolve("secret.csv") + "'",
                "COPY n FROM 'link.csv'",
                "COPY n FROM 'folder' (FORMAT csv)",
                "COPY animals FROM 'pets'",
                "COPY n TO '../outside/new.csv'",
                "COPY n TO 'folder/new.csv'",
                "COPY n TO 'link.csv'",
                "COPY (SELECT images FROM animals) TO 'folder' (FORMAT files)")) {
          StatementException e =
              assertThrows(StatementException.class, () -> TestStore.run(session, sql), sql);
          assertEquals("42501", e.sqlState(), sql + ": " + e.getMessage());
        }
        if (!access.equals("none")) {
          TestStore.run(session, "COPY n TO 'inside.csv'");
          TestStore.run(session, "COPY n FROM 'inside.csv'");
        }
      }
    }
    try (Stream<Path> all = Files.list(outside)) {
      assertEquals(1, all.count());
    }
  }

  /** Every file and folder under one, and what is in the files. */
  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        content.put(
            folder.relativize(path).toString(),
            Files.isDirectory(path) ? "folder" : Files.readString(path, ISO_8859_1));
      }
    }
    return content;
  }

  @Test
  void whereSomethingIsInTheWayNoFileIsReplaced() throws Exception {
    store.run("COPY animals FROM 'pets' (LABELS ADD)");
    Path out = files.resolve("out");
    Files.createDirectories(out.resolve("cat"));
    Files.createDirectories(out.resolve("dog/deep/3.PNG"));
    for (String old : List.of("4.png", "cat/1.png", "cat/2.jpg")) {
      Files.writeString(out.resolve(old), "mine: " + old);
    }
    String copy =
        "COPY (SELECT images, path FROM animals) TO 'out' (FORMAT files, NAME path, OVERWRITE)";
    Map<String, String> before = content(out);
    fails("58P02", "3.PNG is a folder, expected a file", copy);
    assertEquals(before, content(out));
    Files.delete(out.resolve("dog/deep/3.PNG"));
    Files.delete(out.resolve("dog/deep"));
    Files.delete(out.resolve("dog"));
    Files.writeString(out.resolve("dog"), "no folder");
    before = content(out);
    fails("58P02", "dog is a file, expected a folder", copy);
    assertEquals(before, content(out));
    Files.delete(out.resolve("dog"));
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.createSymbolicLink(out.resolve("dog"), outside);
    before = content(out);
    fails("42501", "dog is a link that leads out of", copy);
    assertEquals(before, content(out));
    assertEquals(Map.of("", "folder"), content(outside));
    Files.delete(out.resolve("dog"));
    assertEquals(List.of("4 | 4"), store.run(copy));
    assertEquals(content(files.resolve("pets")).get("cat/1.png"), content(out).get("cat/1.png"));
  }

  @Test
  void aFileOfAQueryThatFailsStaysAsItWas() throws Exception {
    for (String name : List.of("out.csv", "out.json", "out.csv.gz", "out.json.zst")) {
      Files.writeString(files.resolve(name), "mine");
      Map<String, String> before = content(files);
      fails(
          "22012",
          "division by zero",
          "COPY (SELECT 1 / (3 - x) AS q FROM (VALUES (1), (2), (3)) v(x)) TO '" + name + "'");
      assertEquals(before, content(files));
    }
  }
}
