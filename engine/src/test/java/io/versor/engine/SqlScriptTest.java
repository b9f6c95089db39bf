package io.versor.engine;

import io.versor.format.type.StoreException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the scripts of {@code src/test/resources/sql} ({@link SqlScript}). Files are read from, and
 * written to, a copy of the folder {@code files} beside them.
 */
class SqlScriptTest {
  @TempDir Path directory;

  private static Path folder() throws URISyntaxException {
    return Path.of(SqlScriptTest.class.getResource("/sql").toURI());
  }

  static List<String> scripts() throws IOException, URISyntaxException {
    return SqlScript.names(folder());
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void scriptGivesWhatItSays(String name) throws Exception {
    Path files = directory.resolve("files");
    SqlScript.copyFiles(folder(), files);
    try (TestStore store = new TestStore(directory.resolve("store"))) {
      store.session().setReadFileBase(files);
      for (SqlScript.Step step : SqlScript.read(folder(), name)) {
        step.check(run(store, step.sql()));
      }
    }
  }

  private static List<String> run(TestStore store, String sql) {
    try {
      List<String> found = new ArrayList<>();
      for (String row : store.run(sql)) {
        found.add(row.startsWith("= ") ? row : "> " + row);
      }
      return found;
    } catch (StatementException e) {
      if (e.getCause() instanceof StoreException inner) { // the same, told with its place
        return List.of("! " + stateOf(inner.code()) + " " + e.getMessage());
      }
      return List.of("! " + e.sqlState() + " " + e.getMessage());
    } catch (StoreException e) {
      return List.of("! " + stateOf(e.code()) + " " + e.getMessage());
    }
  }

  /** Of what is told with a place or without, at different depths: the driver's SQLState. */
  private static String stateOf(StoreException.Code code) {
    return switch (code) {
      case OUT_OF_RANGE -> "22003";
      case NO_SUCH_REF, AMBIGUOUS_REF -> "3F000";
      case REF_EXISTS -> "42710";
      case INVALID_NAME -> "42602";
      default -> code.name();
    };
  }
}
