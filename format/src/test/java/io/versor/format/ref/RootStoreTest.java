package io.versor.format.ref;

import static io.versor.format.ref.RefTestData.STORE;
import static io.versor.format.ref.RefTestData.assertFails;
import static io.versor.format.ref.RefTestData.empty;
import static io.versor.format.ref.RefTestData.tag;
import static io.versor.format.ref.RefTestData.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RootStoreTest {
  private final MemoryStore objects = new MemoryStore();
  private final RootStore store = new RootStore(objects);

  @AfterEach
  void close() throws StoreException {
    objects.close();
  }

  private static RootChange addBranch(String name) {
    return root -> Refs.createBranch(root, BranchName.parse(name), Optional.empty());
  }

  @Test
  void whatIsCreatedIsThere() throws StoreException {
    assertFalse(store.exists());
    assertEquals(with("main"), store.create(with("main")));
    assertTrue(store.exists());
    assertEquals(with("main"), store.current());
    assertEquals(with("main"), new RootStore(objects).current());
  }

  @Test
  void whoeverCreatesSecondGetsTheFirstOnesStore() throws StoreException {
    store.create(with("main"));
    Root mine = Root.empty(new StoreId(1, 1), 1);
    assertEquals(STORE, new RootStore(objects).create(mine).store());
  }

  @Test
  void withoutARootItIsNoStore() {
    assertFails(Code.NOT_A_STORE, store::current, "not a Versor store", objects.display());
    assertFails(Code.NOT_A_STORE, () -> store.update(addBranch("b")));
  }

  @Test
  void changeGetsTheNextNumberAndIsSeenByEveryone() throws StoreException {
    RootStore other = new RootStore(objects);
    store.create(empty());
    assertEquals(1, other.current().number());
    Root changed = store.update(addBranch("main"));
    assertEquals(2, changed.number());
    assertEquals(changed, other.current());
    assertEquals(changed, store.current());
  }

  @Test
  void rootIsReadAgainOnlyWhenItsStampHasMoved() throws StoreException {
    store.create(empty());
    Root first = store.current();
    assertSame(first, store.current());
    new RootStore(objects).update(addBranch("main"));
    assertEquals(2, store.current().number());
    assertSame(store.current(), store.current());
  }

  @Test
  void changeThatChangesNothingWritesNothing() throws StoreException {
    store.create(empty());
    long stamp = objects.stamp(RootStore.NAME);
    assertEquals(1, store.update(root -> root).number());
    assertEquals(1, store.update(root -> root.withCommitRuns(root.commitRuns())).number());
    assertEquals(stamp, objects.stamp(RootStore.NAME));
  }

  @Test
  void changeThatFailsWritesNothing() throws StoreException {
    store.create(with("main"));
    long stamp = objects.stamp(RootStore.NAME);
    assertFails(Code.REF_EXISTS, () -> store.update(addBranch("main")), "main");
    assertEquals(stamp, objects.stamp(RootStore.NAME));
  }

  @Test
  void lostRaceComputesTheChangeAgainFromTheNewerRoot() throws StoreException {
    store.create(empty());
    RootStore rival = new RootStore(objects);
    AtomicInteger calls = new AtomicInteger();
    Root changed =
        store.update(
            root -> {
              if (calls.incrementAndGet() <= 3) {
                rival.update(addBranch("rival" + calls.get()));
              }
              return Refs.createBranch(root, BranchName.parse("mine"), Optional.empty());
            });
    assertEquals(4, calls.get());
    assertEquals(5, changed.number());
    assertEquals(4, changed.branch("mine").id());
    assertEquals(4, changed.branches().size());
  }

  @Test
  void raceThatIsLostEveryTimeEndsWithAnError() throws StoreException {
    store.create(empty());
    RootStore rival = new RootStore(objects);
    AtomicInteger calls = new AtomicInteger();
    assertFails(
        Code.REF_MOVED,
        () ->
            store.update(
                root -> {
                  rival.update(r -> Refs.leaseOrigin(branchOf(r, "rival"), branchId(r, "rival")));
                  calls.incrementAndGet();
                  return branchOf(root, "mine");
                }),
        "100 times",
        "try again");
    assertEquals(100, calls.get());
    assertFalse(store.current().findBranch("mine").isPresent());
  }

  private static Root branchOf(Root root, String name) throws StoreException {
    return root.findBranch(name).isPresent() ? root : addBranch(name).apply(root);
  }

  private static long branchId(Root root, String name) {
    return root.findBranch(name).map(BranchEntry::id).orElse(root.nextBranchId());
  }

  @Test
  void damagedRootIsAnErrorThatNamesIt() throws StoreException {
    store.create(with("main"));
    byte[] bytes = objects.load(RootStore.NAME, RootJson.MAX_BYTES).orElseThrow();
    byte[] damaged = bytes.clone();
    damaged[20] ^= 1;
    assertTrue(objects.swap(RootStore.NAME, Optional.of(bytes), damaged));
    assertFails(Code.CORRUPT, store::current, "root of " + objects.display(), "checksum");
    assertFails(Code.CORRUPT, () -> store.update(addBranch("b")), "checksum");
  }

  @Test
  void storeThatWasReplacedUnderneathIsNoticed() throws StoreException {
    store.create(with("main"));
    byte[] bytes = objects.load(RootStore.NAME, RootJson.MAX_BYTES).orElseThrow();
    Root other = Root.empty(new StoreId(5, 5), 1);
    assertTrue(objects.swap(RootStore.NAME, Optional.of(bytes), RootJson.encode(other)));
    assertFails(Code.WRONG_STATE, store::current, "replaced", other.store().text());
  }

  @Test
  void tooLargeARootIsRefusedBeforeAnythingIsWritten() throws StoreException {
    store.create(with("main"));
    Root before = store.current();
    assertFails(
        Code.LIMIT,
        () ->
            store.update(
                root -> {
                  List<TagEntry> tags = new ArrayList<>();
                  for (int i = 0; i < 10_000; i++) {
                    tags.add(tag("t" + i));
                  }
                  return root.withTags(tags);
                }),
        "10000 tags");
    assertEquals(before, store.current());
  }
}
