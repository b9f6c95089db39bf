package io.versor.format.ref;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.Guard;
import io.versor.format.io.OpenMode;
import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits to change the root can be stopped: the one in front, and those behind it. */
class RootWaitTest {
  @TempDir Path directory;

  @Test
  void whoIsStoppedWaitsNeitherForOtherProcessesNorBehindOtherThreads() throws Exception {
    DirectoryStore objects = DirectoryStore.open(directory, OpenMode.CREATE);
    try {
      RootStore roots = new RootStore(objects);
      roots.create(RefTestData.with("main"));
      AtomicBoolean stopped = new AtomicBoolean();
      Guard held = objects.lock("swap/" + RootStore.NAME, 1_000);
      CompletableFuture<Root> patient;
      try {
        patient = waiting(() -> roots.update(adding("patient")));
        for (RootStore asked : List.of(roots, new RootStore(objects))) {
          CompletableFuture<StoreException> waits = waiting(() -> failure(asked, stopped));
          Thread.sleep(100); // for it to begin; if it has not, it ends all the same
          stopped.set(true);
          assertEquals(Code.CANCELLED, waits.get(10, TimeUnit.SECONDS).code());
          stopped.set(false);
        }
        assertFalse(patient.isDone());
      } finally {
        held.close();
      }
      assertEquals(2, patient.get(10, TimeUnit.SECONDS).branchNames().size());
      assertEquals(patient.get(), roots.current());
    } finally {
      objects.close();
    }
  }

  private static <T> CompletableFuture<T> waiting(Callable<T> task) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete(task.call());
              } catch (Throwable e) { // whatever it is, the test sees it
                outcome.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  private static RootChange adding(String name) {
    return root -> Refs.createBranch(root, BranchName.parse(name), Optional.empty());
  }

  private static StoreException failure(RootStore roots, AtomicBoolean stopped) {
    StopSignal.Check check =
        () -> {
          if (stopped.get()) {
            throw new StoreException(Code.CANCELLED, "stopped");
          }
        };
    return assertThrows(
        StoreException.class,
        () -> StopSignal.during(check, () -> roots.update(adding("stopped"))));
  }
}
