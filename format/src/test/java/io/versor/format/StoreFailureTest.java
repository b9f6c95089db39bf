package io.versor.format;

import static io.versor.format.io.StoreErrors.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.StoreScript.Step;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors of storage under a store: what the caller is told is true, and life goes on. */
class StoreFailureTest {
  /** Each operation of each step fails once: the step is told, and can be repeated. */
  @ParameterizedTest
  @EnumSource(names = {"DISK_FULL", "OUTCOME_UNKNOWN"})
  void anyOperationMayFailOnce(Code code) throws Exception {
    CrashTrial trial = new CrashTrial("life", StoreScript.STEPS, 16);
    int failures = 0;
    for (Operation operation : Operation.values()) {
      for (int skip = 0; ; skip++) {
        FaultStore objects = new FaultStore();
        int failed;
        try (TestStore opened = new TestStore(objects)) {
          objects.failWith(operation, skip, 1, code);
          failed = trial.liveWithFaults(opened, objects, operation + " " + skip);
        }
        failures += failed;
        if (failed == 0) {
          break;
        }
      }
    }
    assertTrue(failures > 40, failures + " failures");
  }

  @Test
  void errorsOfOneWriterDoNotStopTheNext() throws Exception {
    FaultStore objects = new FaultStore();
    try (TestStore opened = new TestStore(objects)) {
      objects.failWith(Operation.CREATE_SEGMENT, 0, 1, Code.DISK_FULL);
      expect(Code.DISK_FULL, opened::createTable);
      opened.createTable();
      StoreScript.insert(opened, "main", 1, 2, "x");
      assertEquals(2, opened.lines(opened.store().head("main")).size());
    }
  }

  /** What others build on a frame whose sync failed must not outlive it alone. */
  @Test
  void whatNamesAFrameOfAnotherProcessMakesItDurable() throws Exception {
    List<Step> builds =
        List.of(
            new Step("checkpoint", s -> s.store().checkpoint("main")),
            new Step("branch", StoreFailureTest::branchAtHead),
            new Step(
                "branch with changes",
                s -> s.store().createBranch("b", BranchStart.withChanges("main"))),
            new Step("tag", StoreFailureTest::tagHead),
            new Step("merge", StoreFailureTest::mergeIntoOther),
            new Step("insert", s -> StoreScript.insert(s, "main", 50, 1, "z")),
            new Step("reset", s -> s.store().resetBranch("main")),
            new Step("drop", s -> s.store().dropBranch("main", DropMode.FORCE)));
    for (Step build : builds) {
      for (boolean committed : new boolean[] {true, false}) {
        if (!committed || !build.name().equals("reset")) {
          buildOnAFailedSync(build, committed);
        }
      }
    }
  }

  private static void buildOnAFailedSync(Step build, boolean committed) throws Exception {
    FaultStore objects = new FaultStore();
    try (TestStore one = new TestStore(objects);
        TestStore two = new TestStore(objects)) {
      one.createTable();
      StoreScript.insert(one, "main", 1, 2, "x");
      StoreScript.commit(one, "main", "first");
      one.store()
          .createBranch("other", BranchStart.ofCommit(one.store().branch("main").head().get()));
      StoreScript.insert(one, "other", 20, 2, "o");
      StoreScript.commit(one, "other", "other");
      StoreScript.describe(two);
      if (committed) {
        StoreScript.insert(one, "main", 10, 2, "y");
      }
      objects.failWith(Operation.SYNC, 0, 1, Code.IO);
      StoreException e =
          assertThrows(
              StoreException.class,
              () -> {
                if (committed) {
                  StoreScript.commit(one, "main", "second");
                } else {
                  StoreScript.insert(one, "main", 10, 2, "y");
                }
              });
      assertEquals(Code.OUTCOME_UNKNOWN, e.code());
      build.deed().on(two);
      Map<String, String> built = StoreScript.describe(two);
      for (int i = 0; i < 20; i++) {
        try (TestStore survivor = new TestStore(objects.survivor(new Random(i)))) {
          assertEquals(built, StoreScript.describe(survivor), build.name() + " " + i);
        }
      }
    }
  }

  private static void branchAtHead(TestStore opened) throws StoreException {
    opened
        .store()
        .createBranch("b", BranchStart.ofCommit(opened.store().branch("main").head().get()));
  }

  private static void tagHead(TestStore opened) throws StoreException {
    opened
        .store()
        .createTag(
            "t", opened.store().branch("main").head().get(), java.util.Optional.empty(), "ann");
  }

  private static void mergeIntoOther(TestStore opened) throws StoreException {
    opened
        .store()
        .merge(
            new MergeRequest(
                "main",
                "other",
                MergeRequest.Strategy.FAIL,
                java.util.Optional.empty(),
                "ann",
                false));
  }

  /** A frame was read, built upon in memory, and then lost by the system. */
  @Test
  void frameThatTheSystemDroppedIsMissedBeforeAnythingIsBuiltOnIt() throws Exception {
    FaultStore objects = new FaultStore();
    try (TestStore one = new TestStore(objects);
        TestStore two = new TestStore(objects)) {
      one.createTable();
      StoreScript.insert(one, "main", 1, 2, "x");
      StoreScript.insert(one, "main", 3, 2, "x");
      StoreScript.describe(two);
      objects.failWith(Operation.SYNC, 0, 1, Code.IO);
      expect(Code.OUTCOME_UNKNOWN, () -> StoreScript.insert(one, "main", 10, 1, "lost"));
      StoreScript.describe(one);
      StoreScript.describe(two);
      objects.dropUnsyncedPages();
      for (TestStore writer : List.of(one, two)) {
        int attempts = 0;
        for (boolean done = false; !done; ) {
          try {
            StoreScript.insert(writer, "main", writer == one ? 20 : 30, 1, "next");
            done = true;
          } catch (StoreException e) {
            assertTrue(e.code() != Code.CORRUPT, e::getMessage);
            assertTrue(++attempts < 3, e::getMessage);
          }
        }
      }
      Map<String, String> seen = StoreScript.describe(one);
      assertEquals(seen, StoreScript.describe(two));
      try (TestStore fresh = new TestStore(objects)) {
        assertEquals(seen, StoreScript.describe(fresh));
      }
      assertEquals(6, one.lines(one.store().head("main")).size(), seen::toString);
    }
  }
}
