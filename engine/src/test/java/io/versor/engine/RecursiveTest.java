package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recursive queries that have no end of their own. */
class RecursiveTest {
  @TempDir Path directory;

  @Test
  void aLimitEndsThem() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () ->
              assertEquals(
                  List.of("1", "2", "3"),
                  store.run(
                      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)"
                          + " SELECT n FROM r LIMIT 3")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT COUNT(*) FROM r", "SELECT n FROM r WHERE n < 0"})
  void aTimeoutEndsThem(String query) throws Exception {
    try (TestStore store = new TestStore(directory);
        Prepared prepared =
            store
                .session()
                .prepare(
                    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 0 FROM r) " + query)) {
      StoreException e =
          assertTimeoutPreemptively(
              Duration.ofSeconds(30),
              () ->
                  assertThrows(
                      StoreException.class,
                      () -> {
                        try (Result result =
                            prepared.execute(List.of(), new ExecuteOptions(0, 200))) {
                          result.next();
                        }
                      }));
      assertEquals(StoreException.Code.CANCELLED, e.code());
    }
  }
}
