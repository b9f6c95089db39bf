package io.versor.engine.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of work, shared by threads. */
@Timeout(60)
class HelpersTest {

  private static StoreException failure(int part) {
    return new StoreException(Code.INVALID_VALUE, "part " + part);
  }

  @Test
  void everyPartIsDoneOnceAndByAllThreadsAtTheSameTime() throws Exception {
    try (Helpers helpers = new Helpers(3)) {
      AtomicIntegerArray done = new AtomicIntegerArray(100);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      CyclicBarrier all = new CyclicBarrier(3);
      helpers.run(
          100,
          (part, wanted) -> {
            threads.add(Thread.currentThread());
            if (part < 3) {
              await(all);
            }
            done.incrementAndGet(part);
          });
      assertTrue(threads.contains(Thread.currentThread()));
      assertEquals(3, threads.size());
      for (int i = 0; i < 100; i++) {
        assertEquals(1, done.get(i));
      }
    }
  }

  private static void await(CyclicBarrier barrier) throws StoreException {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new StoreException(Code.IO, "interrupted", e);
    }
  }

  @Test
  void theFirstPartThatFailsIsToldEvenIfALaterOneFailedSooner() throws Exception {
    try (Helpers helpers = new Helpers(2)) {
      CountDownLatch later = new CountDownLatch(1);
      StoreException told =
          assertThrows(
              StoreException.class,
              () ->
                  helpers.run(
                      50,
                      (part, wanted) -> {
                        if (part == 1) {
                          later.countDown();
                          throw failure(part);
                        }
                        try {
                          later.await();
                        } catch (InterruptedException e) {
                          throw new StoreException(Code.IO, "interrupted", e);
                        }
                        wanted.check(); // what comes before a failure is done to its end
                        throw failure(part);
                      }));
      assertEquals("part 0", told.getMessage());
    }
  }

  @Test
  void whatComesBehindAFailureIsGivenUp() throws Exception {
    try (Helpers helpers = new Helpers(2)) {
      CountDownLatch began = new CountDownLatch(1);
      StoreException told =
          assertThrows(
              StoreException.class,
              () ->
                  helpers.run(
                      2,
                      (part, wanted) -> {
                        if (part == 0) {
                          try {
                            began.await();
                          } catch (InterruptedException e) {
                            throw new StoreException(Code.IO, "interrupted", e);
                          }
                          throw failure(part);
                        }
                        began.countDown();
                        while (true) {
                          wanted.check();
                          Thread.onSpinWait();
                        }
                      }));
      assertEquals("part 0", told.getMessage());
    }
  }

  @Test
  void theCallersStopSignalHoldsOnAllThreads() throws Exception {
    try (Helpers helpers = new Helpers(2)) {
      StopSignal.Check check = () -> {};
      CyclicBarrier both = new CyclicBarrier(2);
      StopSignal.during(
          check,
          () -> {
            helpers.run(
                2,
                (part, wanted) -> {
                  await(both);
                  assertSame(check, StopSignal.present());
                });
            return true;
          });
    }
  }

  @Test
  void errorsOfTheMachineReachTheCaller() {
    try (Helpers helpers = new Helpers(2)) {
      assertThrows(
          StackOverflowError.class,
          () ->
              helpers.run(
                  4,
                  (part, wanted) -> {
                    throw new StackOverflowError();
                  }));
    }
  }

  @Test
  void withoutHelpersTheCallerDoesItAll() throws Exception {
    Helpers closed = new Helpers(4);
    closed.close();
    for (Helpers helpers : new Helpers[] {Helpers.NONE, closed}) {
      AtomicIntegerArray done = new AtomicIntegerArray(5);
      Thread caller = Thread.currentThread();
      helpers.run(
          5,
          (part, wanted) -> {
            assertSame(caller, Thread.currentThread());
            done.incrementAndGet(part);
          });
      assertEquals("[1, 1, 1, 1, 1]", done.toString());
    }
  }

  @Test
  void workWithinWorkEndsThoughAllThreadsAreTaken() throws Exception {
    try (Helpers helpers = new Helpers(2)) {
      AtomicIntegerArray done = new AtomicIntegerArray(4);
      helpers.run(
          4, (part, wanted) -> helpers.run(3, (inner, needed) -> done.incrementAndGet(part)));
      assertEquals("[3, 3, 3, 3]", done.toString());
    }
  }
}
