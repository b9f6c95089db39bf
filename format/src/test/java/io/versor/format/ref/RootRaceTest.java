package io.versor.format.ref;

import static io.versor.format.ref.RefTestData.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many writers, one root: every change goes in, exactly once. */
class RootRaceTest {
  private static final int WRITERS = 4;

  @Test
  void noUpdateIsLostInMemory() throws Exception {
    try (MemoryStore objects = new MemoryStore()) {
      List<ObjectStore> same = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        same.add(objects);
      }
      race(same, 50);
    }
  }

  @Test
  void noUpdateIsLostInADirectory(@TempDir Path directory) throws Exception {
    List<ObjectStore> opened = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      opened.add(DirectoryStore.open(directory, OpenMode.CREATE));
    }
    race(opened, 15);
    for (ObjectStore objects : opened) {
      objects.close();
    }
  }

  /** Each writer adds its own branches; a reader watches meanwhile. */
  private static void race(List<ObjectStore> opened, int changes) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    try {
      CountDownLatch begin = new CountDownLatch(1);
      List<Future<Void>> writers = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        writers.add(threads.submit(writer(opened.get(w), "w" + w, changes, begin)));
      }
      RootStore watching = new RootStore(opened.get(0));
      watching.create(empty()); // a fifth that creates; all must meet in one store
      begin.countDown();
      Future<Void> reader = threads.submit(reader(watching, 1 + WRITERS * changes));
      for (Future<Void> writer : writers) {
        writer.get();
      }
      reader.get();
      Root last = watching.current();
      assertEquals(1 + WRITERS * changes, last.number());
      assertEquals(WRITERS * changes, last.branchNames().size());
      Set<Long> origins = new HashSet<>();
      last.branches().forEach(b -> assertTrue(origins.add(b.origin()), "an origin twice"));
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Void> writer(
      ObjectStore objects, String prefix, int changes, CountDownLatch begin) {
    return () -> {
      RootStore store = new RootStore(objects);
      begin.await();
      store.create(empty());
      for (int i = 0; i < changes; i++) {
        BranchName name = BranchName.parse(prefix + "-" + i);
        Root changed = store.update(root -> Refs.createBranch(root, name, Optional.empty()));
        assertTrue(changed.findBranch(name.value()).isPresent());
        // What was acknowledged is never unseen again, by this store or a fresh one.
        assertTrue(store.current().findBranch(name.value()).isPresent());
        assertTrue(new RootStore(objects).current().findBranch(name.value()).isPresent());
      }
      return null;
    };
  }

  /** Numbers only rise, and each root is whole. */
  private static Callable<Void> reader(RootStore store, long lastNumber) {
    return () -> {
      long number = 0;
      while (number < lastNumber && !Thread.currentThread().isInterrupted()) {
        Root root = store.current();
        assertTrue(root.number() >= number, "went back from " + number + " to " + root.number());
        assertEquals(root.number() - 1, root.branches().size());
        number = root.number();
      }
      return null;
    };
  }
}
