package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the scripts of {@code src/test/resources/sql}. Behind a statement stand the rows it gives
 * ({@code > 1 | cat}), the count ({@code = 2}), or the SQLState or code of its error and a part of
 * the message ({@code ! 42P01 no table}). A statement without any of these need only not fail. A
 * line that begins with {@code #} says why. Files are read from, and written to, a copy of the
 * folder {@code files} beside the scripts.
 */
class SqlScriptTest {
  @TempDir Path directory;

  /** Names of the scripts: whatever lies there, so that none is forgotten. */
  static List<String> scripts() throws IOException, URISyntaxException {
    Path folder = Path.of(SqlScriptTest.class.getResource("/sql").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sql"))
          .map(name -> name.substring(0, name.length() - ".sql".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void scriptGivesWhatItSays(String name) throws Exception {
    List<Step> steps = steps(name);
    assertFalse(steps.isEmpty(), name);
    Path files = copyFiles();
    try (TestStore store = new TestStore(directory.resolve("store"))) {
      store.session().setReadFileBase(files);
      for (Step step : steps) {
        check(store, step);
      }
    }
  }

  private Path copyFiles() throws IOException, URISyntaxException {
    Path from = Path.of(SqlScriptTest.class.getResource("/sql/files").toURI());
    Path to = directory.resolve("files");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
    return to;
  }

  private record Step(String sql, List<String> expected, int line) {}

  private static List<Step> steps(String name) throws IOException {
    String text;
    try (InputStream in = SqlScriptTest.class.getResourceAsStream("/sql/" + name + ".sql")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
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
    return steps;
  }

  private static void check(TestStore store, Step step) throws Exception {
    String place = "line " + step.line() + ": " + step.sql();
    List<String> found = new ArrayList<>();
    try {
      for (String row : store.run(step.sql())) {
        found.add(row.startsWith("= ") ? row : "> " + row);
      }
    } catch (StatementException e) {
      found.add("! " + e.sqlState() + " " + e.getMessage());
    } catch (StoreException e) {
      // The two executors find it at different depths; the driver gives both the same SQLState.
      boolean range = e.code() == StoreException.Code.OUT_OF_RANGE;
      found.add("! " + (range ? "22003" : e.code()) + " " + e.getMessage());
    }
    boolean wantsError = !step.expected().isEmpty() && step.expected().get(0).startsWith("! ");
    if (wantsError) {
      String wanted = step.expected().get(0);
      String state = wanted.split(" ")[1];
      String part = wanted.substring(2 + state.length()).strip();
      assertEquals(1, found.size(), place + " gave " + found);
      assertTrue(found.get(0).startsWith("! " + state + " "), place + " gave " + found);
      assertTrue(found.get(0).contains(part), place + " gave " + found);
      return;
    }
    if (step.expected().isEmpty()) {
      assertFalse(!found.isEmpty() && found.get(0).startsWith("! "), place + " gave " + found);
      return;
    }
    boolean none = step.expected().equals(List.of("> (none)"));
    assertEquals(none ? List.of() : step.expected(), found, place);
  }
}
