package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A script of {@code src/test/resources/sql}. Behind a statement stand the rows it gives ({@code >
 * 1 | cat}), the count ({@code = 2}), or the SQLState or code of its error and a part of the
 * message ({@code ! 42P01 no table}). A statement without any of these need only not fail. A line
 * that begins with {@code #} says why.
 *
 * <p>Knows nothing of the engine, so that the finished jar can be held to the same scripts.
 */
public final class SqlScript {
  private static final String ENDING = ".sql";

  private SqlScript() {}

  /**
   * A statement and what it must give.
   *
   * @param line its last, counted from 1
   */
  public record Step(String sql, List<String> expected, int line) {
    /** Whether an error is wanted. */
    public boolean fails() {
      return !expected.isEmpty() && expected.get(0).startsWith("! ");
    }

    /** The SQLState or code that is wanted, of one that fails. */
    public String state() {
      return expected.get(0).split(" ")[1];
    }

    /**
     * Holds what came out against what is wanted.
     *
     * @param found the lines a script would hold for it; an error as its state and whole message
     */
    public void check(List<String> found) {
      String place = "line " + line + ": " + sql;
      if (fails()) {
        String part = expected.get(0).substring(2 + state().length()).strip();
        assertEquals(1, found.size(), place + " gave " + found);
        assertTrue(found.get(0).startsWith("! " + state() + " "), place + " gave " + found);
        assertTrue(found.get(0).contains(part), place + " gave " + found);
      } else if (expected.isEmpty()) {
        assertFalse(!found.isEmpty() && found.get(0).startsWith("! "), place + " gave " + found);
      } else {
        boolean none = expected.equals(List.of("> (none)"));
        assertEquals(none ? List.of() : expected, found, place);
      }
    }
  }

  /** Names of the scripts of a folder: whatever lies there, so that none is forgotten. */
  public static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    }
  }

  /**
   * Copies the files that scripts read.
   *
   * @param folder of the scripts
   * @param to does not exist yet
   */
  public static void copyFiles(Path folder, Path to) throws IOException {
    Path from = folder.resolve("files");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  /** The steps of a script, by its name; never none. */
  public static List<Step> read(Path folder, String name) throws IOException {
    String text = Files.readString(folder.resolve(name + ENDING));
    List<Step> steps = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      boolean expectation = line.startsWith("> ") || line.startsWith("! ") || line.startsWith("= ");
      if (sql.isEmpty() && expectation) {
        steps.get(steps.size() - 1).expected().add(line);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        sql.append(line).append('\n');
        if (line.endsWith(";")) {
          String statement = sql.toString().strip();
          steps.add(
              new Step(statement.substring(0, statement.length() - 1), new ArrayList<>(), number));
          sql.setLength(0);
        }
      }
    }
    assertTrue(sql.isEmpty(), "the last statement of " + name + " has no semicolon");
    assertFalse(steps.isEmpty(), name);
    return steps;
  }
}
