package io.versor.format;

import io.versor.format.io.Guard;
import io.versor.format.ref.LockKeys;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the versions of foreign datasets again: on branches under names of their own, which take
 * the names of the dataset's branches all at once when everything is there. Thread-safe.
 */
final class Imports {
  /** What branches are called that an import has not finished. Others should not be called so. */
  private static final String PREFIX = "versor.import/";

  private static final long LOCK_TIMEOUT_MILLIS = 100;

  private final Core core;
  private final Branches branches;

  Imports(Core core, Branches branches) {
    this.core = core;
    this.branches = branches;
  }

  /** {@link Store#importFrom}. */
  List<Branch> run(
      Store store,
      ForeignFormat format,
      Path dataset,
      String table,
      Set<String> chosen,
      ImportProgress progress)
      throws StoreException {
    core.checkWritable();
    Guard lock = lock();
    try {
      dropUnfinished();
      List<String> there = format.branches(dataset);
      List<String> wanted = wanted(there, chosen);
      BranchStart start = start(store, there.get(0), wanted, table);
      try {
        format.replay(
            dataset,
            store,
            new ImportRequest(table, new LinkedHashSet<>(wanted), PREFIX, start, progress));
        Map<String, String> names = new LinkedHashMap<>();
        wanted.forEach(name -> names.put(PREFIX + name, name));
        List<Branch> made = branches.publish(names);
        dropUnfinished(); // those that only others needed
        return made;
      } catch (StoreException | RuntimeException | Error e) {
        try {
          dropUnfinished();
        } catch (StoreException | RuntimeException dropping) {
          e.addSuppressed(dropping);
        }
        throw e;
      }
    } finally {
      lock.close();
    }
  }

  private Guard lock() throws StoreException {
    try {
      return core.objects.lock(LockKeys.IMPORT, LOCK_TIMEOUT_MILLIS);
    } catch (StoreException e) {
      throw new StoreException(
          e.code(),
          core.objects.display()
              + ": another import is under way; wait for its end ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  /** Drops what an import has left whose process died; nothing if one is under way. */
  void sweep() throws StoreException {
    if (core.roots.current().branchNames().stream().noneMatch(name -> name.startsWith(PREFIX))) {
      return;
    }
    Guard lock;
    try {
      lock = lock();
    } catch (StoreException e) {
      return; // whoever has it is at it, or sweeps
    }
    try {
      dropUnfinished();
    } finally {
      lock.close();
    }
  }

  /** Whoever made them is gone, since we have the lock. */
  private void dropUnfinished() throws StoreException {
    for (String name : core.roots.current().branchNames()) {
      if (name.startsWith(PREFIX)) {
        branches.drop(name, DropMode.FORCE);
      }
    }
  }

  private static List<String> wanted(List<String> there, Set<String> chosen) throws StoreException {
    for (String name : chosen) {
      if (!there.contains(name)) {
        throw new StoreException(
            Code.NO_SUCH_REF,
            "the dataset has no branch '" + name + "'; it has " + String.join(", ", there));
      }
    }
    List<String> wanted = new ArrayList<>(there);
    if (!chosen.isEmpty()) {
      wanted.retainAll(chosen);
    }
    return wanted;
  }

  /**
   * Where the first version begins: behind what a branch of the same name has committed.
   *
   * @param root the dataset's branch with the first version
   */
  private BranchStart start(Store store, String root, List<String> wanted, String table)
      throws StoreException {
    BranchStart start = BranchStart.empty();
    for (String name : wanted) {
      Optional<Branch> existing = store.findBranch(name);
      if (existing.isEmpty()) {
        continue;
      }
      String display = "branch " + existing.get().name();
      if (!name.equals(root)) {
        throw new StoreException(
            Code.REF_EXISTS,
            display
                + " exists, and the dataset has one of that name; rename it, or import without it");
      }
      if (store.hasChanges(name)) {
        throw new StoreException(
            Code.PENDING_CHANGES,
            display
                + " has uncommitted changes; commit them, or reset the branch, and import then");
      }
      if (store.head(name).findTable(table).isPresent()
          || store.head(name).findView(table).isPresent()) {
        throw new StoreException(
            Code.TABLE_EXISTS,
            display + " has a table or view '" + table + "'; import into another name");
      }
      if (existing.get().head().isPresent()) {
        start = BranchStart.ofCommit(existing.get().head().get());
      }
    }
    return start;
  }
}
