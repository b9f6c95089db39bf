package io.versor.format.ref;

import static io.versor.format.ref.RefTestData.PACK;
import static io.versor.format.ref.RefTestData.assertFails;
import static io.versor.format.ref.RefTestData.empty;
import static io.versor.format.ref.RefTestData.location;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.pack.Address;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommitIndexTest {
  private final Map<Address, byte[]> stored = new HashMap<>();
  private Root root = empty();
  private long bytesWritten;

  private CommitIndex index() {
    return new CommitIndex(
        root.commitRuns(),
        ref -> CommitRun.open(stored.get(ref.address()), "run " + ref.address()));
  }

  private void add(CommitLocation... commits) throws StoreException {
    CommitIndex.Addition addition = index().add(List.of(commits));
    Address address = new Address(PACK, stored.size());
    stored.put(address, addition.bytes());
    bytesWritten += addition.bytes().length;
    root = addition.applyTo(root, address);
  }

  @Test
  void everyCommitIsFoundWhereverItWasMergedTo() throws StoreException {
    for (long seed = 0; seed < 300; seed++) {
      add(location(seed));
      assertEquals(Optional.of(location(seed)), index().find(location(seed).id()));
    }
    for (long seed = 0; seed < 300; seed++) {
      CommitLocation commit = location(seed);
      assertEquals(Optional.of(commit), index().find(commit.id()));
      CommitPrefix prefix = new CommitPrefix(commit.id().hex().substring(0, 10));
      assertEquals(List.of(commit), index().findPrefix(prefix, 2));
    }
    assertEquals(Optional.empty(), index().find(location(300).id()));
    assertEquals(300, root.commitRuns().stream().mapToLong(RunRef::count).sum());
  }

  @Test
  void runsStayLogarithmicAndSoDoesWhatIsWrittenForEachCommit() throws StoreException {
    int commits = 4_000;
    for (long seed = 0; seed < commits; seed++) {
      add(location(seed));
      assertTrue(
          root.commitRuns().size() <= 9, () -> root.commitRuns().toString()); // log2.. of 4000
    }
    List<RunRef> runs = root.commitRuns();
    for (int i = 1; i < runs.size(); i++) {
      assertTrue(runs.get(i - 1).count() > 2 * runs.get(i).count(), runs.toString());
    }
    double rewrites = bytesWritten / (double) CommitRun.ENTRY_BYTES / commits;
    assertTrue(rewrites < 21, () -> "each commit was written " + rewrites + " times"); // log1.5
  }

  @Test
  void largeBatchTakesTheSmallRunsBeforeItAlong() {
    assertEquals(1, CommitIndex.keptRuns(runs(1_000, 100, 10), 200));
    assertEquals(3, CommitIndex.keptRuns(runs(1_000, 100, 10), 4));
    assertEquals(2, CommitIndex.keptRuns(runs(1_000, 100, 10), 5));
    assertEquals(0, CommitIndex.keptRuns(runs(1_000, 100, 10), 450));
    assertEquals(0, CommitIndex.keptRuns(List.of(), 1));
  }

  @Test
  void fullRunStaysAsItIs() {
    assertEquals(1, CommitIndex.keptRuns(runs(1_999_999, 10), 2_000));
    assertEquals(0, CommitIndex.keptRuns(runs(1_200_000, 10), 799_990));
    assertEquals(1, CommitIndex.keptRuns(runs(1_200_000, 10), 799_991));
  }

  @Test
  void commitThatIsAddedAgainIsStoredOnce() throws StoreException {
    add(location(1), location(2));
    add(location(1), location(3), location(3));
    assertEquals(3, root.commitRuns().get(0).count());
    assertEquals(1, root.commitRuns().size());
  }

  @Test
  void samePrefixInTwoRunsIsListedOnceAndLimited() throws StoreException {
    List<CommitLocation> alike = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      alike.add(
          new CommitLocation(CommitId.parse(String.format("abcdef%034x", i)), location(i).seal()));
    }
    add(alike.subList(0, 20).toArray(new CommitLocation[0]));
    add(alike.get(20), alike.get(3));
    assertEquals(2, root.commitRuns().size());
    assertEquals(alike.subList(0, 21), index().findPrefix(new CommitPrefix("abcdef"), 100));
    assertEquals(alike.subList(0, 4), index().findPrefix(new CommitPrefix("abcdef"), 4));
  }

  @Test
  void indexThatAnotherWriterHasChangedIsNotOverwritten() throws StoreException {
    add(location(1));
    CommitIndex.Addition mine = index().add(List.of(location(2)));
    add(location(3));
    assertFails(
        Code.REF_MOVED, () -> mine.applyTo(root, new Address(PACK, 99)), "index", "another writer");
  }

  @Test
  void runThatIsNotTheOneTheRootNamesIsAnError() throws StoreException {
    add(location(1), location(2));
    stored.put(root.commitRuns().get(0).address(), CommitRun.encode(List.of(location(1))));
    assertFails(Code.CORRUPT, () -> index().find(location(1).id()), "1 commits, expected 2");
  }

  private static List<RunRef> runs(long... counts) {
    List<RunRef> runs = new ArrayList<>();
    for (long count : counts) {
      runs.add(new RunRef(new Address(PACK, runs.size()), count));
    }
    return runs;
  }
}
