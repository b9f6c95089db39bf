package io.versor.format.ref;

import static io.versor.format.ref.RefTestData.assertFails;
import static io.versor.format.ref.RefTestData.full;
import static io.versor.format.ref.RefTestData.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.log.FrameAddress;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who may give which numbers. */
class ClonesTest {
  private static final StoreId OTHER = new StoreId(5, 6);

  /** A store and its clone, after one was made of it. */
  private record Pair(Root source, Root cloned) {}

  private static Pair clone(Root root) throws StoreException {
    IdRange.Block block = Clones.block(root);
    return new Pair(Clones.without(root, block), Clones.clone(root, OTHER, 7, block, Map.of()));
  }

  /** Whoever is cloned, and how often: what a store may give no other may. */
  @Test
  void noNumberIsTwoStores() throws StoreException {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Root> stores = new ArrayList<>(List.of(with("main")));
      for (int i = 0; i < 300; i++) {
        int which = random.nextInt(1 + random.nextInt(stores.size()));
        try {
          Pair made = clone(stores.get(which));
          stores.set(which, made.source());
          stores.add(made.cloned());
        } catch (StoreException e) {
          assertEquals(Code.LIMIT, e.code());
        }
      }
      stores.sort((a, b) -> Long.compare(a.ids().end(), b.ids().end()));
      long end = 0;
      for (Root store : stores) {
        long first = store.branch("main").id();
        assertTrue(first >= end, "seed " + seed + ": " + first + " is below " + end);
        assertEquals(store.branch("main").origin(), first);
        assertTrue(store.nextOrigin() <= store.ids().end());
        end = store.ids().end();
      }
      assertTrue(end <= Root.MAX_ORIGIN + 1);
    }
  }

  @Test
  void oneStoreHasHundredsOfThousandsOfClones() throws StoreException {
    Root root = with("main");
    for (int i = 0; i < 200_000; i++) {
      IdRange.Block block = Clones.block(root);
      assertTrue(block.end() - block.from() >= 4_096, i + " clones");
      root = Clones.without(root, block);
    }
  }

  @Test
  void aLineOfClonesIsADozenLong() throws StoreException {
    Root root = with("main");
    for (int i = 0; i < 12; i++) {
      root = clone(root).cloned();
    }
    Root last = root;
    assertFails(
        Code.LIMIT,
        () -> {
          Root next = last;
          while (true) {
            next = clone(next).cloned();
          }
        },
        "use BACKUP");
  }

  @Test
  void rootOfACloneComesBackFromItsBytes() throws StoreException {
    Root root = full();
    IdRange.Block block = Clones.block(root);
    Start end = new Start(new FrameAddress(1, 20, 0, 9_000), Optional.empty());
    Root clone = Clones.clone(root, OTHER, 7, block, Map.of(1L, end));
    byte[] bytes = RootJson.encode(clone);
    assertEquals(clone, RootJson.decode(bytes, "clone"));
    String text = new String(bytes, UTF_8);
    assertTrue(text.contains("\"continues\":1"), text);
    assertEquals(List.of("main", "feature/ünicode"), clone.branchNames());
    assertEquals(
        Optional.of("main"), clone.heir(1).flatMap(BranchEntry::name).map(BranchName::value));
    assertEquals(Optional.empty(), clone.heir(3), "was dropped");
    assertEquals(1, clone.line(clone.branch("main")).get(0).id());
    assertEquals(root.tags(), clone.tags());
    Root source = Clones.without(root, block);
    assertEquals(source, RootJson.decode(RootJson.encode(source), "source"));
    assertEquals(1, source.ids().clones());
  }
}
