package io.versor.format;

import io.versor.format.pack.PackId;
import io.versor.format.pack.PackMover;
import io.versor.format.pack.Packs;
import io.versor.format.pack.ServedPack;
import io.versor.format.ref.PackRedirect;
import io.versor.format.ref.Root;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Moves packs of which only a part is needed, and small ones, into new ones. Addresses stay what
 * they are: the pack map says where a pack went, so neither trees nor logs change. A process that
 * dies leaves new packs that nothing refers to, or old ones that are not read any more.
 */
final class VacuumRepack {
  /** The root names what was moved, and everybody reads the root. */
  private static final int MOST_MOVED = 1_000;

  /** So many small files are left as they are. */
  static final int MOST_SMALL = 8;

  static final long SMALL_BYTES = 1 << 20;

  private static final BitSet NONE = new BitSet();

  private final Core core;
  private final VacuumPlan plan;

  VacuumRepack(Core core, VacuumPlan plan) {
    this.core = core;
    this.plan = plan;
  }

  /**
   * Moves what is worth it.
   *
   * @param gone packs that go
   * @param due objects that may go, by their packs
   * @return where packs are now: to be said in the root before old files are deleted
   */
  Map<PackId, ServedPack> run(Root root, Set<PackId> gone, Map<PackId, BitSet> due)
      throws StoreException {
    Map<PackId, BitSet> todo = new TreeMap<>();
    for (Map.Entry<PackId, BitSet> each : due.entrySet()) {
      long bytes = PackMover.bytes(core.packs, each.getKey(), Optional.of(each.getValue()));
      if (VacuumPlan.Thin.isWorth(bytes, plan.thin().get(each.getKey()).bytes())) {
        todo.put(each.getKey(), each.getValue());
      }
    }
    addSmall(root, due, todo);
    addWasted(root, gone, due, todo);
    long room =
        MOST_MOVED - root.packMap().stream().filter(each -> !todo.containsKey(each.from())).count();
    Map<PackId, ServedPack> moved = new LinkedHashMap<>();
    try (PackMover mover = new PackMover(core.packs)) {
      for (Map.Entry<PackId, BitSet> each : todo.entrySet()) {
        if (moved.size() == room) {
          break;
        }
        try {
          moved.put(each.getKey(), mover.move(each.getKey(), each.getValue()));
        } catch (StoreException e) {
          if (e.code() != Code.CORRUPT) {
            throw e;
          }
          // Damaged: CHECK STORE tells of it, and it stays as it is.
        }
      }
      mover.finish();
    }
    return moved;
  }

  /** All packs in small files, if there are many of those. */
  private void addSmall(Root root, Map<PackId, BitSet> due, Map<PackId, BitSet> todo)
      throws StoreException {
    Map<PackId, PackId> files = new TreeMap<>();
    plan.needed().forEach(pack -> files.put(pack, pack));
    root.packMap().forEach(each -> files.replace(each.from(), each.to()));
    Set<PackId> small = new TreeSet<>();
    for (PackId file : new TreeSet<>(files.values())) {
      if (core.objects.findLength(Packs.name(file)).orElse(SMALL_BYTES) < SMALL_BYTES) {
        small.add(file);
      }
    }
    if (small.size() > MOST_SMALL) {
      files.keySet().removeIf(pack -> !small.contains(files.get(pack)));
      files.keySet().forEach(pack -> todo.putIfAbsent(pack, due.getOrDefault(pack, NONE)));
    }
  }

  /** Packs in files that hold much of packs that are gone. */
  private void addWasted(
      Root root, Set<PackId> gone, Map<PackId, BitSet> due, Map<PackId, BitSet> todo)
      throws StoreException {
    Map<PackId, Set<PackId>> served = new TreeMap<>();
    for (PackRedirect each : root.packMap()) {
      Set<PackId> packs = served.computeIfAbsent(each.to(), id -> new TreeSet<>());
      if (!gone.contains(each.from())) {
        packs.add(each.from());
      }
    }
    for (Map.Entry<PackId, Set<PackId>> file : served.entrySet()) {
      long all = PackMover.bytes(core.packs, file.getKey(), Optional.empty());
      long needed = 0;
      for (PackId pack : file.getValue()) {
        needed += PackMover.bytes(core.packs, pack, Optional.empty());
      }
      if (VacuumPlan.Thin.isWorth(all - needed, all)) {
        file.getValue().forEach(pack -> todo.putIfAbsent(pack, due.getOrDefault(pack, NONE)));
      }
    }
  }
}
