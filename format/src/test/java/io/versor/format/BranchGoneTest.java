package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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

  /** Runs something before one of the looks at the root. */
  private static final class Moment {
    private final MemoryStore objects = new MemoryStore();
    private int looksLeft = -1;
    private Runnable then = () -> {};

    private ObjectStore objects() {
      return (ObjectStore)
          Proxy.newProxyInstance(
              ObjectStore.class.getClassLoader(),
              new Class<?>[] {ObjectStore.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("stamp") && looksLeft >= 0 && looksLeft-- == 0) {
                  then.run();
                }
                try {
                  return method.invoke(objects, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
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
      int look = 0;
      while (goneAt(look, call.getKey(), call.getValue())) {
        look++;
      }
      assertTrue(look > 0, call.getKey());
    }
  }

  private static String hex(CommitId id) {
    return id.hex().substring(0, 20);
  }

  /** Answers whether the call looked at the root so often. */
  private static boolean goneAt(int look, String name, Call call) throws Exception {
    Moment moment = new Moment();
    try (TestStore other = new TestStore(moment.objects);
        TestStore opened = new TestStore(moment.objects())) {
      other.createTable();
      StoreScript.insert(other, "main", 1, 2, "x");
      StoreScript.commit(other, "main", "first");
      CommitId main = other.store().branch("main").head().orElseThrow();
      other.store().createBranch("merged", BranchStart.ofCommit(main));
      other.store().createBranch("gone", BranchStart.ofCommit(main));
      StoreScript.insert(other, "gone", 10, 2, "x");
      StoreScript.commit(other, "gone", "gone");
      moment.then =
          () -> {
            try {
              other.store().dropBranch("gone", DropMode.FORCE);
              other.store().vacuum(Duration.ZERO, false);
            } catch (StoreException e) {
              throw new IllegalStateException(e);
            }
          };
      moment.looksLeft = look;
      try {
        call.on(opened, main);
      } catch (StoreException e) {
        throw new AssertionError(name + ", look " + look + ": " + e, e);
      }
      return moment.looksLeft < 0;
    }
  }
}
