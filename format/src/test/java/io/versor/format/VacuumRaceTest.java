package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Garbage is collected without any grace while others, with stores of their own as processes have
 * them, write packs, checkpoint, merge and drop. They may be told to try again; nothing that they
 * were told is kept is lost.
 */
class VacuumRaceTest {
  private static final int ROUNDS = 12;
  private static final int ROWS = 250;
  private static final String TEXT = "x".repeat(5_000);

  @TempDir private Path directory;

  /** As a program would: again and again while somebody else was faster. */
  private static void insist(StoreScript.Work work) throws StoreException {
    StoreScript.insist(200, work);
  }

  private TestStore open() throws StoreException {
    return new TestStore(DirectoryStore.open(directory, OpenMode.CREATE));
  }

  @Test
  void nothingThatIsNeededGoesWhileOthersWrite() throws Exception {
    try (TestStore first = open()) {
      first.createTable();
      StoreScript.insert(first, "main", 0, ROWS, TEXT);
      StoreScript.commit(first, "main", "first");
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CountDownLatch writing = new CountDownLatch(2);
    try {
      List<Future<CommitId>> writers = new ArrayList<>();
      for (int writer = 1; writer <= 2; writer++) {
        int number = writer;
        writers.add(
            threads.submit(
                () -> {
                  try {
                    return write(number);
                  } finally {
                    writing.countDown();
                  }
                }));
      }
      Future<Integer> reader = threads.submit(() -> read(writing));
      int deleted = 0;
      try (TestStore collector = open()) {
        do {
          for (VacuumedObject object : collector.store().vacuum(Duration.ZERO, false)) {
            deleted += object.deleted() ? 1 : 0;
          }
        } while (writing.getCount() > 0);
      }
      for (Future<CommitId> writer : writers) {
        CommitId last = writer.get();
        try (TestStore opened = open()) {
          assertEquals(ROWS * (1 + ROUNDS), opened.lines(opened.store().at(last)).size());
        }
      }
      assertTrue(reader.get() > 0);
      assertTrue(deleted > 0, "there was something to delete");
      try (TestStore opened = open()) {
        opened.store().vacuum(Duration.ZERO, false);
        assertEquals(List.of(), opened.store().vacuum(Duration.ZERO, false));
        assertEquals(3, opened.store().branches().size());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Each round is merged in or thrown away with its branch; answers the last commit. */
  private CommitId write(int number) throws StoreException {
    String own = "w" + number;
    try (TestStore opened = open()) {
      Store store = opened.store();
      CommitId start = store.branch("main").head().orElseThrow();
      insist(() -> store.createBranch(own, BranchStart.ofCommit(start)));
      for (int round = 0; round < ROUNDS; round++) {
        String side = own + "s" + round;
        insist(
            () ->
                store.createBranch(
                    side, BranchStart.ofCommit(store.branch(own).head().orElseThrow())));
        long key = number * 1_000_000L + round * 1_000L;
        insist(() -> StoreScript.insert(opened, side, key, ROWS, TEXT));
        StoreScript.commit(opened, side, "side");
        insist(() -> store.checkpoint(side));
        insist(
            () ->
                store.merge(
                    new MergeRequest(
                        side, own, MergeRequest.Strategy.FAIL, Optional.empty(), "ann", true)));
        insist(() -> store.checkpoint(own));
        store.dropBranch(side, DropMode.FORCE); // squashed: nobody reaches its commits
      }
      return store.branch(own).head().orElseThrow();
    }
  }

  private int read(CountDownLatch writing) throws StoreException {
    int reads = 0;
    do {
      try (TestStore opened = open()) {
        for (String branch : opened.store().branches().stream().map(Branch::name).toList()) {
          if (!branch.contains("s")) {
            assertEquals(0, opened.lines(opened.store().head(branch)).size() % ROWS);
            reads++;
          }
        }
      }
    } while (writing.getCount() > 0);
    return reads;
  }
}
