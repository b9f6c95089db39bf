package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.ref.BranchEntry;
import io.versor.format.tree.ObjectVisitor;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the versions of a store refer to is all there is in it, but for what nobody needs. */
class ReferencesTest {
  private static final class Found implements ObjectVisitor {
    final Set<PackId> packs = new TreeSet<>();
    final Map<ObjectKind, Set<Address>> objects = new EnumMap<>(ObjectKind.class);

    @Override
    public boolean visit(Address address, ObjectKind kind) {
      packs.add(address.pack());
      return objects.computeIfAbsent(kind, each -> new HashSet<>()).add(address);
    }

    @Override
    public void named(PackId pack) {
      packs.add(pack);
    }
  }

  private static Found found(Store store) throws StoreException {
    Found found = new Found();
    References references = new References(store.core(), store.core().roots.current());
    for (BranchEntry branch : store.core().roots.current().branches()) {
      references.visit(branch, found);
    }
    references.visitIndex(store.core().roots.current(), found);
    return found;
  }

  /** So many that they go to a pack. */
  private static void insertMany(TestStore store) throws StoreException {
    List<Long> keys = new ArrayList<>();
    List<String[]> texts = new ArrayList<>();
    long next = store.lines(store.store().head(Store.MAIN)).size();
    for (long i = next; i < next + 2_000; i++) {
      keys.add(i);
      texts.add(new String[] {TestStore.LONG + i, "b" + i});
    }
    store.insert(Store.MAIN, keys, texts);
  }

  @Test
  void everyPackIsReferredTo() throws StoreException {
    try (TestStore store = new TestStore()) {
      store.createTable();
      store.addKeys();
      for (int i = 0; i < 3; i++) {
        insertMany(store);
        store.store().commitVersion(Store.MAIN, CommitRequest.of("c" + i, "ada"));
        store.store().checkpoint(Store.MAIN);
      }
      insertMany(store); // only in the log, which names a pack
      Found found = found(store.store());
      assertEquals(store.store().core().packs.list(), List.copyOf(found.packs));
      assertEquals(3, found.objects.get(ObjectKind.CHECKPOINT).size());
      for (ObjectKind kind : ObjectKind.values()) {
        boolean absent = kind == ObjectKind.OVERLAY || kind == ObjectKind.LOG;
        assertTrue(absent || found.objects.containsKey(kind), () -> "some " + kind);
      }
    }
  }
}
