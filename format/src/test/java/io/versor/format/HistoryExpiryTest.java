package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.check.Damage;
import io.versor.format.io.MemoryStore;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootJson;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commits that expire are gone for all who ask; what is needed stays, and is what it was. */
class HistoryExpiryTest {
  private static final ExpiryRequest.Selection ALL = new ExpiryRequest.OlderThan(Duration.ZERO);

  private final MemoryStore objects = new MemoryStore();
  private TestStore opened;
  private Store store;

  @BeforeEach
  void open() throws StoreException {
    opened = new TestStore(objects);
    store = opened.store();
    opened.createTable();
    commits("main", 1, 6);
  }

  @AfterEach
  void close() throws StoreException {
    opened.close();
  }

  /** Commits with one row each, whose messages are their keys. */
  private void commits(String branch, int first, int last) throws StoreException {
    for (int key = first; key <= last; key++) {
      StoreScript.insert(opened, branch, key, 1, "r");
      StoreScript.commit(opened, branch, Integer.toString(key));
    }
  }

  private Map<String, String> expire(ExpiryRequest.Selection selection) throws StoreException {
    Map<String, String> kept = new HashMap<>();
    for (ExpiredCommit commit : StoreScript.expire(opened, selection, Optional.empty())) {
      commit.kept().ifPresent(why -> kept.put(message(commit.id()), why));
    }
    return kept;
  }

  private String message(CommitId id) {
    try {
      return store.commit(id).message().orElse("");
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommitId id(String revision) throws StoreException {
    return store.resolveCommit(revision, "main").id();
  }

  private List<String> log(String branch) throws StoreException {
    List<String> messages = new ArrayList<>();
    CommitCursor log = store.log(store.branch(branch).head().orElseThrow());
    for (Optional<Commit> next = log.next(); next.isPresent(); next = log.next()) {
      messages.add(next.get().message().orElse("") + (next.get().expiredBefore() ? "!" : ""));
    }
    return messages;
  }

  private Root root() throws StoreException {
    return store.core().roots.current();
  }

  private static StoreException refused(
      Code code, org.junit.jupiter.api.function.Executable action) {
    StoreException e = assertThrows(StoreException.class, action);
    assertEquals(code, e.code(), e.getMessage());
    return e;
  }

  private void clean() throws StoreException {
    assertEquals(List.of(), store.check());
  }

  @Test
  void nothingButTheRootIsWritten() throws StoreException {
    store.checkpoint("main");
    List<String> files = objects.list("");
    long number = root().number();
    CommitId gone = id("main~3");
    expire(new ExpiryRequest.Before("main~2"));
    assertEquals(files, objects.list(""));
    assertEquals(number + 1, root().number());
    assertEquals(List.of("6", "5", "4!"), log("main"));
    StoreException e = refused(Code.NO_SUCH_REF, () -> store.at(gone));
    assertTrue(e.getMessage().contains(Revisions.shortened(gone) + " has expired"), e.getMessage());
    assertTrue(e.getMessage().contains("by ann"), e.getMessage());
    opened.reopen();
    store = opened.store();
    refused(Code.NO_SUCH_REF, () -> store.at(gone));
    refused(Code.NO_SUCH_REF, () -> store.resolve(gone.hex().substring(0, 8), "main"));
    assertEquals(List.of("6", "5", "4!"), log("main"));
    clean();
  }

  @Test
  void aStoreFromWhichNothingExpiredIsReadByOlderPrograms() throws StoreException {
    assertTrue(text().startsWith("{\"format\":1,"), text());
    expire(new ExpiryRequest.Before("main"));
    assertTrue(text().startsWith("{\"format\":2,"), text());
    assertTrue(text().contains("\"expired\":\""), text());
  }

  private String text() throws StoreException {
    return new String(RootJson.encode(root()), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsNeededStaysAndIsToldWhy() throws StoreException {
    store.createTag("v2", id("main~4"), Optional.empty(), "ann");
    store.createBranch("side", BranchStart.ofCommit(id("main~2")));
    commits("side", 101, 103);
    Map<String, String> kept = expire(ALL);
    assertEquals("tag v2", kept.get("2"));
    assertEquals("branches or tags are merged over it", kept.get("4"));
    assertEquals("last commit of branch main", kept.get("6"));
    assertEquals("last commit of branch side", kept.get("103"));
    assertEquals(4, kept.size(), kept.toString());
    assertEquals(List.of("6!", "4!", "2!"), log("main"));
    assertEquals(List.of("103!", "4!", "2!"), log("side"));
    StoreScript.merge(opened, "side", "main");
    clean();
    assertEquals(Map.of(), expire(new ExpiryRequest.Before("v2")));
  }

  /** After mutual merges two commits are nearest, and what they are merged over is needed. */
  @Test
  void whatMergeBasesAreMergedOverStays() throws StoreException {
    store.createBranch("side", BranchStart.ofCommit(id("main~1")));
    commits("side", 101, 102);
    commits("main", 7, 8);
    CommitId ours = id("main");
    CommitId theirs = id("side");
    StoreScript.merge(opened, theirs.hex(), "main");
    StoreScript.merge(opened, ours.hex(), "side");
    commits("main", 9, 9);
    commits("side", 103, 103);
    expire(ALL);
    store.at(ours);
    store.at(theirs);
    assertEquals(List.of("9!", "8!", "5!"), log("main"));
    StoreScript.merge(opened, "side", "main");
    clean();
  }

  /** Where a branch parts that is made later may have expired: nobody could know. */
  @Test
  void whatHasNothingLeftInCommonIsNotMerged() throws StoreException {
    store.createBranch("side", BranchStart.ofCommit(id("main~4")));
    commits("side", 101, 101);
    StoreScript.merge(opened, id("main~2").hex(), "side");
    commits("side", 102, 102);
    StoreScript.expire(opened, new ExpiryRequest.Before("main"), Optional.of("main"));
    assertEquals(List.of("6!", "4!"), log("main"));
    store.createBranch("late", BranchStart.ofCommit(id("side~2")));
    commits("late", 103, 103);
    assertEquals(List.of("103", "101!"), log("late"));
    StoreException e = refused(Code.WRONG_STATE, () -> StoreScript.merge(opened, "main", "late"));
    assertTrue(e.getMessage().contains("the last one that both have, has expired"));
    assertEquals(List.of("103", "101!"), log("late"));
    assertTrue(store.isAncestor(id("side~2"), id("late")));
    StoreScript.merge(opened, "late", "side");
    StoreScript.merge(opened, "main", "side");
    clean();
  }

  @Test
  void resetsInTheLogKeepWhatTheyNeed() throws StoreException {
    store.resetBranch("main", "main~3", ResetMode.HARD, "ann");
    commits("main", 10, 12);
    Map<String, String> kept = expire(ALL);
    assertEquals("branch main was reset to it", kept.get("3"));
    opened.reopen();
    store = opened.store();
    assertEquals(List.of("12!", "3!"), log("main"));
    clean();
    store.checkpoint("main");
    commits("main", 13, 13);
    assertEquals(Map.of("13", "last commit of branch main"), expire(ALL));
    opened.reopen();
    store = opened.store();
    store.vacuum(Duration.ZERO, false);
    assertEquals(List.of("13!"), log("main"));
    clean();
  }

  @Test
  void mergesWithConflictsKeepTheirSides() throws StoreException {
    store.createBranch("side", BranchStart.ofCommit(id("main")));
    for (String branch : List.of("main", "side")) {
      long row = TestStore.table(store.head(branch)).rowIdAt(0).orElseThrow();
      opened.update(branch, 0, new long[] {row}, List.of(branch));
      StoreScript.commit(opened, branch, "on " + branch);
    }
    store.merge(
        new MergeRequest(
            "side", "main", MergeRequest.Strategy.CONFLICTS, Optional.empty(), "ann", false));
    commits("side", 101, 101);
    Map<String, String> kept = expire(ALL);
    assertEquals("branch main has a merge with conflicts", kept.get("on side"));
    assertTrue(kept.containsKey("6"), kept.toString());
    opened.reopen();
    store = opened.store();
    store.vacuum(Duration.ZERO, false);
    opened.alter(
        "main",
        (transaction, schema) -> {
          for (ConflictedMerge.Conflicts group :
              store.head("main").pendingMerge().orElseThrow().conflicts()) {
            transaction.takeTheirs(group.tableId(), group.rowIds());
          }
        });
    StoreScript.commit(opened, "main", "merged");
    clean();
  }

  @Test
  void whoHasFoundACommitBeforeItExpiredIsRefused() throws StoreException {
    CommitId gone = id("main~4");
    try (TestStore other = new TestStore(objects)) {
      assertEquals("2", other.store().commit(gone).message().orElseThrow());
      expire(new ExpiryRequest.Before("main"));
      Store late = other.store();
      refused(Code.NO_SUCH_REF, () -> late.createBranch("b", BranchStart.ofCommit(gone)));
      refused(Code.NO_SUCH_REF, () -> late.createTag("t", gone, Optional.empty(), "ann"));
      refused(Code.NO_SUCH_REF, () -> late.resetBranch("main", gone.hex(), ResetMode.HARD, "ann"));
      refused(Code.NO_SUCH_REF, () -> late.restoreTable("main", "t", gone.hex()));
      refused(Code.NO_SUCH_REF, () -> late.log(gone));
    }
    clean();
  }

  /** Commits, branches, tags, resets and merges of others go on meanwhile; nothing is torn off. */
  @Test
  void othersWriteMeanwhile() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (TestStore other = new TestStore(objects)) {
      Future<?> writer =
          threads.submit(
              () -> {
                for (int i = 0; i < 60; i++) {
                  work(other, i);
                }
                ended.set(true);
                return null;
              });
      int times = 0;
      while (!ended.get() && !writer.isDone()) {
        expire(times++ % 2 == 0 ? ALL : new ExpiryRequest.Before("main"));
        store.vacuum(Duration.ZERO, false);
      }
      writer.get();
      assertTrue(times > 1, times + " times");
    } finally {
      threads.shutdownNow();
    }
    clean();
    opened.reopen();
    store = opened.store();
    for (Branch branch : store.branches()) {
      log(branch.name());
      opened.lines(store.head(branch.name()));
    }
    for (Tag tag : store.tags()) {
      opened.lines(store.at(tag.commit()));
    }
    clean();
  }

  /** What may be refused since the other one was quicker, and nothing else. */
  private static void work(TestStore other, int i) throws StoreException {
    try {
      Store late = other.store();
      String branch = i % 3 == 0 ? "main" : "b" + i % 3;
      if (late.findBranch(branch).isEmpty()) {
        late.createBranch(branch, BranchStart.ofCommit(late.branch("main").head().orElseThrow()));
      }
      StoreScript.insert(other, branch, 1_000L + i, 1, "w");
      StoreScript.commit(other, branch, "w" + i);
      switch (i % 5) {
        case 0 -> late.resetBranch(branch, "HEAD~1", ResetMode.HARD, "ann");
        case 1 -> StoreScript.merge(other, branch.equals("main") ? "b1" : branch, "main");
        case 2 ->
            late.createTag(
                "t" + i, late.branch(branch).head().orElseThrow(), Optional.empty(), "ann");
        case 3 -> late.checkpoint(branch);
        default -> late.optimize(branch, TestStore.schema(late.head(branch)).id());
      }
    } catch (StoreException e) {
      boolean known =
          List.of(Code.NO_SUCH_REF, Code.REF_MOVED, Code.WRONG_STATE, Code.MERGE_CONFLICT)
              .contains(e.code());
      if (!known) {
        throw e;
      }
    }
  }

  @Test
  void whatOnlyExpiredCommitsNeededIsFreed() throws StoreException {
    StoreScript.insert(opened, "main", 1_000, 300, "x");
    for (int round = 0; round < 6; round++) {
      TableSnapshot table = TestStore.table(store.head("main"));
      long[] rows = new long[300];
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < rows.length; i++) {
        rows[i] = table.rowIdAt(6 + i).orElseThrow();
        texts.add(noise(1_000 * round + i));
      }
      opened.update("main", 0, rows, texts);
      StoreScript.commit(opened, "main", "round " + round);
      store.checkpoint("main");
      store.optimize("main", table.schema().id());
    }
    String hash = TestStore.table(store.head("main")).hash();
    store.vacuum(Duration.ZERO, false);
    String before = TestStore.table(store.at(id("main~1"))).hash();
    long bytes = packBytes();
    expire(new ExpiryRequest.Before("main"));
    assertEquals(bytes, packBytes());
    store.vacuum(Duration.ZERO, false);
    assertTrue(packBytes() < bytes / 3, packBytes() + " of " + bytes + " bytes");
    assertEquals(hash, TestStore.table(store.at(id("main"))).hash());
    opened.reopen();
    store = opened.store();
    assertEquals(hash, TestStore.table(store.head("main")).hash());
    assertTrue(!before.equals(hash));
    clean();
  }

  /** Text that does not become much smaller when it is encoded. */
  private static String noise(int seed) {
    return new Random(seed)
        .ints(5_000, 'a', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private long packBytes() throws StoreException {
    long bytes = 0;
    for (String name : objects.list("pack/")) {
      bytes += objects.findLength(name).orElse(0);
    }
    return bytes;
  }

  @Test
  void aLostRootHasExpiredCommitsAgainAndSaysSo() throws StoreException {
    expire(ALL);
    objects.swap("root", objects.load("root", RootJson.MAX_BYTES), new byte[] {1});
    opened.close();
    List<Damage> told = Store.repair(objects, StoreOptions.defaults());
    opened = new TestStore(objects);
    store = opened.store();
    assertTrue(told.toString().contains("expired"), told.toString());
  }

  @Test
  void aBackupIsWithoutThemToo() throws StoreException {
    expire(ALL);
    CommitId head = id("main");
    MemoryStore target = new MemoryStore();
    store.backup(target, Optional.empty());
    try (TestStore copy = new TestStore(target)) {
      assertEquals(List.of(), copy.store().check());
      assertTrue(copy.store().commit(head).expiredBefore());
      assertEquals(List.of(), copy.store().commit(head).parents());
      assertEquals("expire", copy.store().expiries().get(0).operation());
    }
  }

  @Test
  void aCloneIsWithoutThemToo() throws StoreException {
    CommitId gone = id("main~3");
    expire(ALL);
    CommitId head = id("main");
    MemoryStore target = new MemoryStore();
    assertEquals(List.of(), store.cloneTo(target).damages());
    try (TestStore clone = new TestStore(target)) {
      assertEquals(List.of(), clone.store().check());
      assertTrue(clone.store().commit(head).expiredBefore());
      assertEquals(
          Code.NO_SUCH_REF,
          assertThrows(StoreException.class, () -> clone.store().at(gone)).code());
      StoreScript.insert(clone, Store.MAIN, 7, 1, "r");
      StoreScript.commit(clone, Store.MAIN, "7");
      assertEquals(
          List.of(head),
          clone.store().commit(clone.store().resolveCommit("main", "main").id()).parents());
      clone.store().vacuum(Duration.ZERO, false);
      assertEquals(List.of(), clone.store().check());
    }
    clean();
  }
}
