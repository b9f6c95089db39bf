package io.versor.format;

import io.versor.format.io.ObjectStore;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store in which branches come, are merged and go, and all that history says of it. */
final class GoneBranches {
  private GoneBranches() {}

  /** A table of a few rows on main. */
  static void begin(TestStore opened) throws StoreException {
    opened.createTable();
    StoreScript.insert(opened, "main", 0, 4, "first");
    StoreScript.commit(opened, "main", "first");
  }

  /** A branch writes over one row and adds another, is merged into main and dropped. */
  static void comeAndGo(TestStore opened, int from, int branches) throws StoreException {
    for (int i = from; i < from + branches; i++) {
      String name = "side" + i;
      start(opened, name);
      for (int k = 0; k < 1 + i % 3; k++) {
        StoreScript.insert(opened, name, 100L * (i + 1) + k, 1, name);
        StoreScript.commit(opened, name, name + " " + k);
      }
      long row = TestStore.table(opened.store().head("main")).rowIdAt(i % 4).orElseThrow();
      opened.update(name, i % 2, new long[] {row}, List.of("of " + name));
      StoreScript.commit(opened, name, name + " over");
      StoreScript.insert(opened, "main", 10_000 + i, 1, "main");
      StoreScript.commit(opened, "main", "main " + i);
      StoreScript.merge(opened, name, "main");
      opened.store().dropBranch(name, DropMode.REFUSE_UNMERGED);
    }
  }

  static void start(TestStore opened, String name) throws StoreException {
    opened
        .store()
        .createBranch(
            name, BranchStart.ofCommit(opened.store().branch("main").head().orElseThrow()));
  }

  static List<VacuumedObject> vacuum(TestStore opened) throws StoreException {
    return opened.store().vacuum(Duration.ZERO, false);
  }

  /** Reads all logs to their ends. */
  static VacuumPlan vacuumPlan(Store store) throws StoreException {
    return VacuumPlan.of(store.core());
  }

  static long files(ObjectStore objects, String prefix) throws StoreException {
    return objects.list(prefix).size();
  }

  /** Branches whose logs lie in packs. */
  static List<BranchEntry> packed(TestStore opened) throws StoreException {
    return opened.store().core().roots.current().branches().stream()
        .filter(branch -> branch.packed().isPresent())
        .toList();
  }

  /** Hashes of all commits, who wrote each cell and row, and over what commits are merged. */
  static Map<String, String> describe(Store store) throws StoreException {
    Map<String, String> seen = new TreeMap<>();
    CommitId head = store.branch("main").head().orElseThrow();
    List<CommitId> ids = new ArrayList<>();
    CommitCursor all = store.allCommits();
    for (Optional<Commit> c = all.next(); c.isPresent(); c = all.next()) {
      CommitId id = c.get().id();
      ids.add(id);
      seen.put(id.hex(), c.get().message() + " " + TestStore.table(store.at(id)).hash());
      seen.put(
          "base of " + id.hex(), store.mergeBase(id, head).map(b -> b.id().hex()).orElse("none"));
      seen.put("ancestor " + id.hex(), "" + store.isAncestor(id, head));
    }
    TableSnapshot table = TestStore.table(store.at(head));
    long[] rows = new long[(int) table.rowCount()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = table.rowIdAt(i).orElseThrow();
      for (int column = 0; column < 3; column++) {
        seen.put(
            "blame " + i + " " + column,
            store
                .blame(
                    store.at(head),
                    table.schema().id(),
                    table.schema().columns().get(column).id(),
                    rows[i])
                .map(c -> c.message() + c.id().hex())
                .orElse("none"));
      }
    }
    for (RowVersion version : store.versions(store.at(head), table.schema().id(), rows)) {
      seen.merge("versions", version.toString(), (a, b) -> a + "\n" + b);
    }
    for (CommitId id : ids) {
      seen.put("diff " + id.hex(), "" + store.diff(store.at(id), store.at(head)).tables().size());
    }
    return seen;
  }
}
