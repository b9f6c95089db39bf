package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Somebody else drops a branch, and VACUUM removes what it had, at each moment of a call that goes
 * from branch to branch but is not about this one.
 */
class BranchGoneTest {
  private interface Call {
    void on(TestStore opened, CommitId main) throws StoreException;
  }

  @Test
  void callsAboutOthersDoNotMind() throws Exception {
    Map<String, Call> calls = new TreeMap<>();
    calls.put("list", (s, main) -> assertTrue(s.store().branches().size() >= 2));
    calls.put(
        "find", (s, main) -> assertEquals(main, s.store().resolveCommit(hex(main), "main").id()));
    calls.put("branch", (s, main) -> s.store().createBranch("new", BranchStart.ofCommit(main)));
    calls.put("all", (s, main) -> assertTrue(s.store().allCommits().next().isPresent()));
    for (Map.Entry<String, Call> call : calls.entrySet()) {
      int at = 0;
      while (goneAt(at, call.getKey(), call.getValue())) {
        at++;
      }
      assertTrue(at > 0, call.getKey());
    }
  }

  private static String hex(CommitId id) {
    return id.hex().substring(0, 20);
  }

  /** Answers whether the call went to the storage so often. */
  private static boolean goneAt(int at, String name, Call call) throws Exception {
    MeddledStore meddled = new MeddledStore(new MemoryStore(), 0);
    try (TestStore other = new TestStore(meddled.plain());
        TestStore opened = new TestStore(meddled.objects())) {
      other.createTable();
      StoreScript.insert(other, "main", 1, 2, "x");
      StoreScript.commit(other, "main", "first");
      CommitId main = other.store().branch("main").head().orElseThrow();
      other.store().createBranch("merged", BranchStart.ofCommit(main));
      other.store().createBranch("gone", BranchStart.ofCommit(main));
      StoreScript.insert(other, "gone", 10, 2, "x");
      StoreScript.commit(other, "gone", "gone");
      meddled.before(
          at,
          () -> {
            other.store().dropBranch("gone", DropMode.FORCE);
            other.store().vacuum(Duration.ZERO, false);
          });
      try {
        call.on(opened, main);
      } catch (StoreException e) {
        throw new AssertionError(name + ", call " + at + ": " + e, e);
      }
      return meddled.stop();
    }
  }
}
