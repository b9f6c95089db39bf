package io.versor.clients.logictest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.clients.VersorJar;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries of the public corpus, with the answers that other databases gave. Scripts are cut after a
 * number of queries: those of a script are much alike.
 */
class SqlLogicTestIT {
  /** Of the databases the corpus knows, the one whose dialect is closest. */
  private static final String ENGINE = "postgresql";

  private static final long SEED = 20260101;

  @TempDir private Path directory;

  @Test
  void aHandfulOfScripts() throws IOException, SQLException {
    run(
        40,
        List.of(
            "select1.test",
            "select3.test",
            "evidence/in1.test",
            "evidence/slt_lang_update.test",
            "index/between/10/slt_good_0.test",
            "index/delete/10/slt_good_0.test",
            "index/view/10/slt_good_1.test",
            "random/aggregates/slt_good_0.test",
            "random/expr/slt_good_0.test",
            "random/groupby/slt_good_0.test",
            "random/select/slt_good_0.test"));
  }

  @Test
  @Tag("long")
  void someScriptsOfEveryFolder() throws IOException, SQLException {
    run(40, LogicCorpus.sample(SEED, 3));
  }

  private void run(int queries, List<String> scripts) throws IOException, SQLException {
    LogicRun run = new LogicRun();
    for (String name : scripts) {
      Path store = directory.resolve(name.replace('/', '_'));
      try (Connection connection = VersorJar.open(store)) {
        run.run(connection, LogicScript.read(name, ENGINE, queries));
      }
    }
    System.out.println(
        "sqllogictest, seed " + SEED + ": " + scripts.size() + " scripts, " + run.summary());
    assertEquals("", String.join("\n", run.mismatches()), run.summary());
    assertTrue(run.queries() > 0 && run.statements() > 0, run.summary());
  }
}
