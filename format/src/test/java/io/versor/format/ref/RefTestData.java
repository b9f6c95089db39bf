package io.versor.format.ref;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.log.FrameAddress;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.function.Executable;

/** Roots, ids and addresses for the tests of this package. */
final class RefTestData {
  static final StoreId STORE = new StoreId(0x0192_1234_5678_9ABCL, 42);
  static final PackId PACK = new PackId(0x0192_FFFF_0000_1111L, 7);

  private RefTestData() {}

  static CommitId commit(long seed) {
    byte[] bytes = new byte[CommitId.BYTES];
    new Random(seed).nextBytes(bytes);
    return CommitId.of(bytes);
  }

  static CommitLocation location(long seed) {
    return new CommitLocation(commit(seed), new FrameAddress(1, seed, seed / 7, 64 + 8 * seed));
  }

  static Root empty() {
    return Root.empty(STORE, 1_764_000_000_000_000L);
  }

  static Root with(String... branches) throws StoreException {
    Root root = empty();
    for (String branch : branches) {
      root = Refs.createBranch(root, BranchName.parse(branch), Optional.empty());
    }
    return root;
  }

  static TagEntry tag(String name) throws StoreException {
    return new TagEntry(
        TagName.parse(name),
        commit(9),
        new FrameAddress(1, 12, 0, 4_096),
        Optional.of("first release, \"quoted\" and übersetzt"),
        "jo",
        1_764_000_000_000_001L);
  }

  /** One of everything a root can hold. */
  static Root full() throws StoreException {
    Root root = with("main");
    root =
        Refs.createBranch(
            root,
            BranchName.parse("feature/ünicode"),
            Optional.of(new Start(new FrameAddress(1, 12, 0, 4_096), Optional.of(commit(9)))));
    root = Refs.createBranch(root, BranchName.parse("gone"), Optional.empty());
    root = Refs.dropBranch(root, "gone");
    root = Refs.createTag(root, tag("v1.0"));
    root =
        root.withBranch(
            root.branch("main")
                .withCheckpoint(new CheckpointRef(new Address(PACK, 3), 1, 11))
                .withIndexedFrame(13));
    return root.withCommitRuns(
            List.of(new RunRef(new Address(PACK, 4), 900), new RunRef(new Address(PACK, 5), 4)))
        .withPacks(
            List.of(new PackRedirect(new PackId(1, 2), PACK)),
            List.of(new CondemnedPack(new PackId(1, 3), 1_764_000_000_000_002L)));
  }

  /** Runs what must fail, checks the code, and that the message tells each of the facts. */
  static void assertFails(StoreException.Code code, Executable call, String... facts) {
    StoreException e = assertThrows(StoreException.class, call);
    assertEquals(code, e.code(), e.getMessage());
    for (String fact : facts) {
      assertTrue(e.getMessage().contains(fact), () -> e.getMessage() + " does not tell " + fact);
    }
  }
}
