package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial of the dataset library that Versor follows, in SQL over JDBC: every claim that it
 * makes about history is asked of the store, also after reopening and from a second process.
 */
class TutorialTest {
  private static final String FLIP =
      "UPDATE animals SET images ="
          + " ENCODE_IMAGE(TRANSPOSE(DECODE_IMAGE(images), 1, 0, 2), 'jpeg') WHERE _index = 1";
  private static final String COUNT = "SELECT COUNT(*) FROM animals";
  private static final String LOG = "SELECT message FROM versor.log";
  private static final String SHAPE_OF_1 =
      "SELECT SHAPE(images)[1], SHAPE(images)[2] FROM %s.animals WHERE _index = 1";
  private static final String PICTURE_OF_1 = "SELECT images FROM %s.animals WHERE _index = 1";

  @TempDir Path temp;

  @Test
  void onThePicturesOfTheExamples() throws Exception {
    Path pictures = SharedFiles.examples().resolve("pictures");
    runOn(
        pictures.resolve("cat_1.jpg"),
        pictures.resolve("dog_1.jpg"),
        pictures.resolve("dog_2.jpg"));
  }

  @Test
  void onThePhotosOfTheTutorial() throws Exception {
    Optional<Path> animals = SharedFiles.data("animals");
    assumeTrue(animals.isPresent(), "the photos are not here");
    Path folder = animals.get();
    runOn(
        folder.resolve("cats/image_1.jpg"),
        folder.resolve("dogs/image_3.jpg"),
        folder.resolve("dogs/image_4.jpg"));
  }

  private void runOn(Path cat, Path dog, Path thirdDog) throws Exception {
    Path store = temp.resolve("animals store");
    Instant start = Instant.now().minusSeconds(1);
    String first;
    String second;
    String flip;
    String merge;
    try (Sql main = Sql.open(Sql.url(store).replace(" ", "%20") + "?author=Ann")) {
      first = addCat(main, cat);
      second = addDog(main, dog, first);
      logShowsBothCommits(main, first, second, start);
      flip = flipOnABranch(main, store, dog);
      diffsTellWhatChanged(main, first, second);
      uncommittedRowIsSeenByAllOfItsBranch(main, store, thirdDog);
      merge = mergeTheBranch(main, flip);
      assertFinalState(main, first, second, flip, merge, cat);
    }
    try (Sql again = Sql.open(Sql.url(store).replace(" ", "%20"))) {
      assertFinalState(again, first, second, flip, merge, cat);
    }
    assertFinalStateInSecondJvm(store, first, second, flip, merge);
  }

  private static String addCat(Sql main, Path cat) throws Exception {
    main.run("CREATE TABLE animals (images IMAGE('jpeg'), labels CLASS_LABEL('cat', 'dog'))");
    assertEquals(
        1, main.update("INSERT INTO animals VALUES (?, 'cat')", (Object) Files.readAllBytes(cat)));
    String commit = main.first("COMMIT VERSION MESSAGE 'Added image of a cat'");
    assertTrue(commit.matches("[0-9a-f]{40}"), commit);
    assertEquals("1", main.text(COUNT));
    assertArrayEquals(Files.readAllBytes(cat), main.bytes("SELECT images FROM animals"));
    assertEquals("cat", main.text("SELECT labels FROM animals"));
    return commit;
  }

  private static String addDog(Sql main, Path dog, String first) throws Exception {
    assertEquals(
        1, main.update("INSERT INTO animals VALUES (READ_FILE(?), 'dog')", dog.toString()));
    String commit = main.first("COMMIT VERSION MESSAGE 'Added image of a dog'");
    assertEquals("2", main.text(COUNT));
    assertEquals("1", main.text("SELECT COUNT(*) FROM animals AS OF COMMIT '" + first + "'"));
    assertEquals("1", main.text("SELECT COUNT(*) FROM animals AS OF COMMIT ?", first));
    assertEquals("1", main.text("SELECT COUNT(*) FROM animals AS OF COMMIT 'HEAD~1'"));
    assertEquals("1", main.text("SELECT COUNT(*) FROM \"" + first.substring(0, 12) + "\".animals"));
    assertArrayEquals(
        Files.readAllBytes(dog), main.bytes("SELECT images FROM animals WHERE _index = 1"));
    return commit;
  }

  private static void logShowsBothCommits(Sql main, String first, String second, Instant start)
      throws SQLException {
    assertEquals(
        second + "|main|Ann|Added image of a dog; " + first + "|main|Ann|Added image of a cat",
        main.text("SELECT commit_id, branch, author, message FROM versor.log"));
    List<LocalDateTime> instants =
        main.rows("SELECT committed_at FROM versor.log").stream()
            .map(row -> ((java.sql.Timestamp) row.get(0)).toLocalDateTime())
            .toList();
    assertTrue(instants.get(0).isAfter(instants.get(1)), instants.toString());
    for (LocalDateTime instant : instants) {
      Duration since = Duration.between(start, instant.toInstant(ZoneOffset.UTC));
      assertTrue(!since.isNegative() && since.toMinutes() < 10, "UTC instant " + instant);
    }
  }

  private static String flipOnABranch(Sql main, Path store, Path dog) throws Exception {
    main.run("CREATE BRANCH dog_flipped", "USE BRANCH dog_flipped");
    assertEquals("dog_flipped", main.connection.getSchema());
    assertEquals("199|187", main.text(String.format(SHAPE_OF_1, "dog_flipped")));
    assertEquals(1, main.update(FLIP));
    String flip = main.first("COMMIT VERSION MESSAGE 'Flipped the dog'");
    assertEquals("187|199", main.text(String.format(SHAPE_OF_1, "dog_flipped")));
    assertEquals("199|187", main.text(String.format(SHAPE_OF_1, "main")));
    assertArrayEquals(Files.readAllBytes(dog), main.bytes(String.format(PICTURE_OF_1, "main")));
    assertEquals("Flipped the dog; Added image of a dog; Added image of a cat", main.text(LOG));
    assertEquals(
        "1",
        main.text(
            "SELECT m._index FROM main.animals m JOIN dog_flipped.animals d"
                + " ON m._rowid = d._rowid WHERE m.images <> d.images"));
    main.connection.setSchema("main");
    assertEquals("Added image of a dog; Added image of a cat", main.text(LOG));
    return flip;
  }

  private static void diffsTellWhatChanged(Sql main, String first, String second)
      throws SQLException {
    String columns = "SELECT table_name, tensor_name, rows_added, rows_updated, rows_deleted FROM ";
    // The state of HEAD: nothing is uncommitted.
    assertEquals("", main.text(columns + "versor.status"));
    // HEAD against a commit.
    assertEquals(
        "animals|images|1|0|0; animals|labels|1|0|0",
        main.text(
            columns
                + "TABLE(versor.diff_summary('"
                + first
                + "', 'HEAD')) WHERE tensor_name IS NOT NULL ORDER BY tensor_name"));
    // Two commits, the other way round, too.
    assertEquals(
        "animals|images|0|1|0",
        main.text(
            columns
                + "TABLE(versor.diff_summary('"
                + second
                + "', 'dog_flipped')) WHERE tensor_name IS NOT NULL AND rows_updated > 0"));
    assertEquals(
        "animals|images|0|0|1; animals|labels|0|0|1",
        main.text(
            columns
                + "TABLE(versor.diff_summary('"
                + second
                + "', '"
                + first
                + "')) WHERE tensor_name IS NOT NULL ORDER BY tensor_name"));
    assertEquals(
        "modified",
        main.text("SELECT diff_type FROM TABLE(versor.diff('animals', 'main', 'dog_flipped'))"));
  }

  private static void uncommittedRowIsSeenByAllOfItsBranch(Sql main, Path store, Path picture)
      throws Exception {
    assertEquals(
        1,
        main.update(
            "INSERT INTO animals (images, labels) VALUES (?, ?)",
            Files.readAllBytes(picture),
            "dog"));
    assertEquals(
        "animals|images|1; animals|labels|1",
        main.text(
            "SELECT table_name, tensor_name, rows_added FROM versor.status"
                + " WHERE tensor_name IS NOT NULL ORDER BY tensor_name"));
    assertEquals(
        "dog_flipped|false; main|true",
        main.text("SELECT name, has_changes FROM versor.branches ORDER BY name"));
    assertEquals("3", main.text(COUNT));
    try (Sql other = Sql.open(store)) {
      assertEquals("3", other.text(COUNT));
    }
    assertEquals(List.of("3", "2"), counts(store));
    main.run("USE BRANCH dog_flipped");
    assertEquals("2", main.text(COUNT));
    main.run("CHECKOUT BRANCH main");
    assertEquals("3", main.text(COUNT));
    String log = main.text(LOG);
    main.run("RESET BRANCH");
    assertEquals("2", main.text(COUNT));
    assertEquals(log, main.text(LOG));
    assertEquals("", main.text("SELECT * FROM versor.status"));
    assertEquals(List.of("2", "2"), counts(store));
  }

  private static List<String> counts(Path store) throws Exception {
    return SecondJvm.run(Sql.url(store), COUNT, "SELECT COUNT(*) FROM dog_flipped.animals");
  }

  private static String mergeTheBranch(Sql main, String flip) throws SQLException {
    String before = main.text("SELECT commit_id FROM versor.log LIMIT 1");
    String merge = main.first("MERGE BRANCH dog_flipped");
    assertNotEquals(before, merge);
    assertEquals(
        before + "|0; " + flip + "|1",
        main.text(
            "SELECT parent_id, ordinal FROM versor.commit_parents WHERE commit_id = ?"
                + " ORDER BY ordinal",
            merge));
    assertTrue(
        main.text("SELECT message FROM versor.log LIMIT 1").contains("dog_flipped"),
        "the entry names the branch");
    assertEquals("3", main.text("SELECT COUNT(*) FROM versor.log"));
    // Merging again: nothing to merge, and nothing new in the log.
    main.run("MERGE BRANCH dog_flipped");
    assertEquals("3", main.text("SELECT COUNT(*) FROM versor.log"));
    assertEquals(merge, main.text("SELECT commit_id FROM versor.log LIMIT 1"));
    return merge;
  }

  private static void assertFinalState(
      Sql sql, String first, String second, String flip, String merge, Path cat) throws Exception {
    assertEquals("main", sql.connection.getSchema());
    assertEquals("2", sql.text(COUNT));
    assertEquals("cat; dog", sql.text("SELECT labels FROM animals"));
    assertEquals("187|199", sql.text(String.format(SHAPE_OF_1, "main")));
    assertArrayEquals(
        sql.bytes(String.format(PICTURE_OF_1, "dog_flipped")),
        sql.bytes(String.format(PICTURE_OF_1, "main")));
    assertArrayEquals(
        Files.readAllBytes(cat), sql.bytes("SELECT images FROM animals WHERE _index = 0"));
    assertEquals(
        merge + "; " + second + "; " + first, sql.text("SELECT commit_id FROM versor.log"));
    assertEquals("199|187", sql.text(String.format(SHAPE_OF_1, "\"" + second + "\"")));
    assertEquals("1", sql.text("SELECT COUNT(*) FROM animals AS OF COMMIT '" + first + "'"));
    assertEquals("4", sql.text("SELECT COUNT(*) FROM versor.commits"), "four commits in all");
    assertFalse(sql.text("SELECT name FROM versor.branches").isEmpty());
    assertEquals(
        flip, sql.text("SELECT head_commit FROM versor.branches WHERE name = 'dog_flipped'"));
  }

  private static void assertFinalStateInSecondJvm(
      Path store, String first, String second, String flip, String merge) throws Exception {
    assertEquals(
        List.of("2", "187|199", "199|187", merge + "; " + second + "; " + first, flip, "0", "1"),
        SecondJvm.run(
            Sql.url(store).replace(" ", "%20"),
            COUNT,
            String.format(SHAPE_OF_1, "main"),
            String.format(SHAPE_OF_1, "\"main~1\""),
            "SELECT commit_id FROM versor.log",
            "SELECT head_commit FROM versor.branches WHERE name = 'dog_flipped'",
            "SELECT COUNT(*) FROM main.animals m JOIN dog_flipped.animals d"
                + " ON m._rowid = d._rowid WHERE m.images <> d.images",
            "SELECT COUNT(*) FROM animals AS OF COMMIT '" + first + "'"));
  }
}
