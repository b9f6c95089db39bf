package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.StoreScript.Step;
import io.versor.format.io.Guard;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.StopSignal;
import io.versor.format.ref.LockKeys;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Long work that is stopped: it has happened whole or not at all, and the caller knows which. */
class StoreStopTest {
  /** Says no at the n-th question, and at each one after it. */
  private static final class Nth implements StopSignal.Check {
    private final int last;
    private int asked;

    Nth(int last) {
      this.last = last;
    }

    @Override
    public void check() throws StoreException {
      if (++asked > last) {
        throw new StoreException(Code.CANCELLED, "stopped at question " + asked);
      }
    }
  }

  /** Each step is stopped at each question that it asks. */
  @Test
  void aStoppedStepHasChangedNothing() throws Exception {
    List<Map<String, String>> reference = StoreScript.reference(new MemoryStore());
    int stopped = 0;
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      for (int done = 0; done < StoreScript.STEPS.size(); done++) {
        Step step = StoreScript.STEPS.get(done);
        for (int questions = 0; ; questions++) {
          TreeSet<String> files = new TreeSet<>(objects.list(""));
          if (happens(step, opened, new Nth(questions))) {
            break;
          }
          stopped++;
          String where = "step " + step.name() + " after " + questions + " questions";
          assertEquals(reference.get(done), StoreScript.describe(opened), where);
          assertEquals(files, new TreeSet<>(objects.list("")), where);
        }
        assertEquals(reference.get(done + 1), StoreScript.describe(opened), step.name());
      }
      try (TestStore other = new TestStore(objects)) {
        assertEquals(StoreScript.describe(opened), StoreScript.describe(other));
      }
    }
    assertTrue(stopped > 50, stopped + " times");
  }

  private static boolean happens(Step step, TestStore opened, StopSignal.Check check)
      throws StoreException {
    try {
      StopSignal.during(
          check,
          () -> {
            step.deed().on(opened);
            return step;
          });
      return true;
    } catch (StoreException e) {
      assertEquals(Code.CANCELLED, e.code(), step.name());
      return false;
    }
  }

  @Test
  void optimizingIsStoppedAndBegunAgain() throws Exception {
    try (TestStore opened = new TestStore()) {
      opened.createTable();
      for (int i = 0; i < 50; i++) {
        long first =
            opened.insert(
                "main", List.of(2L * i, 2L * i + 1), List.of(cells("a" + i), cells("b" + i)));
        opened.update("main", 1, new long[] {first}, List.of("u" + i));
        opened.store().checkpoint("main");
      }
      long table =
          opened.store().head("main").findTable(TestStore.TABLE).orElseThrow().schema().id();
      List<String> before = opened.lines(opened.store().head("main"));
      Step optimize = new Step("optimize", s -> s.store().optimize("main", table));
      long chunks = chunks(opened);
      int questions = 0;
      while (!happens(optimize, opened, new Nth(questions))) {
        assertEquals(before, opened.lines(opened.store().head("main")));
        assertEquals(chunks, chunks(opened));
        questions++;
      }
      assertTrue(questions > 0, "it asks");
      assertTrue(chunks(opened) < chunks);
      assertEquals(before, opened.lines(opened.store().head("main")));
    }
  }

  private static String[] cells(String text) {
    return new String[] {text, TestStore.LONG + text};
  }

  private static long chunks(TestStore opened) throws StoreException {
    TableSnapshot table = opened.store().head("main").findTable(TestStore.TABLE).orElseThrow();
    return table.info(table.schema().columns().get(1).id()).chunks();
  }

  /** Who appends for others asks for each of them whether that one is to go on. */
  @Test
  void oneThatIsStoppedStopsNoOther() throws Exception {
    try (TestStore opened = new TestStore()) {
      opened.createTable();
      StoreScript.insert(opened, "main", 1, 50, "x");
      StoreScript.commit(opened, "main", "first");
      ExecutorService threads = Executors.newFixedThreadPool(8);
      CountDownLatch start = new CountDownLatch(1);
      try {
        List<Future<Boolean>> outcomes = new java.util.ArrayList<>();
        for (int i = 0; i < 80; i++) {
          int key = 1000 + i;
          StopSignal.Check check = i % 2 == 0 ? StopSignal.NEVER : new Nth(0);
          Step insert =
              new Step("insert " + i, s -> StoreScript.insert(s, "main", key, 1, "threads"));
          outcomes.add(
              threads.submit(
                  () -> {
                    start.await();
                    for (int tries = 0; ; tries++) {
                      try {
                        return happens(insert, opened, check);
                      } catch (AssertionError e) {
                        if (tries > 1_000) {
                          throw e; // overtaken, as any writer may be
                        }
                      }
                    }
                  }));
        }
        start.countDown();
        for (int i = 0; i < outcomes.size(); i += 2) {
          assertTrue(outcomes.get(i).get(60, TimeUnit.SECONDS), "insert " + i);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  /** The first waits for the lock, the second for the first; both can be stopped, in any order. */
  @Test
  void whoWaitsForTheLockOfABranchIsStopped() throws Exception {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      opened.createTable();
      String branch = LockKeys.branch(opened.store().branch("main").id());
      List<String> before = opened.lines(opened.store().head("main"));
      for (boolean firstIsStoppedFirst : new boolean[] {true, false}) {
        AtomicBoolean[] stops = {new AtomicBoolean(), new AtomicBoolean()};
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Guard held = objects.lock(branch, 1_000);
        try {
          List<Future<Boolean>> outcomes = new java.util.ArrayList<>();
          for (AtomicBoolean stop : stops) {
            CountDownLatch waits = new CountDownLatch(3);
            Step insert = new Step("insert", s -> StoreScript.insert(s, "main", 1, 1, "waits"));
            StopSignal.Check check =
                () -> {
                  waits.countDown();
                  if (stop.get()) {
                    throw new StoreException(Code.CANCELLED, "stopped");
                  }
                };
            outcomes.add(threads.submit(() -> happens(insert, opened, check)));
            assertTrue(waits.await(10, TimeUnit.SECONDS), "it asks while it waits");
          }
          for (int i : firstIsStoppedFirst ? new int[] {0, 1} : new int[] {1, 0}) {
            stops[i].set(true);
            assertFalse(outcomes.get(i).get(10, TimeUnit.SECONDS));
          }
        } finally {
          held.close();
          threads.shutdownNow();
        }
        assertEquals(before, opened.lines(opened.store().head("main")));
      }
      assertTrue(
          happens(
              new Step("insert", s -> StoreScript.insert(s, "main", 1, 1, "goes on")),
              opened,
              StopSignal.NEVER));
    }
  }
}
