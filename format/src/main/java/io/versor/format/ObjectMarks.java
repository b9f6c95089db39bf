package io.versor.format;

import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.Packs;
import io.versor.format.ref.Root;
import io.versor.format.ref.RunRef;
import io.versor.format.tree.ObjectVisitor;
import io.versor.format.type.StoreException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which objects of which packs are needed: a bit for each. Used by one thread. */
final class ObjectMarks implements ObjectVisitor {
  private final Map<PackId, BitSet> marked = new HashMap<>();
  private final Set<PackId> whole = new HashSet<>();

  /** Most chunks of a node lie in one pack. */
  private @Nullable PackId last;

  private BitSet lastMarks = new BitSet();

  @Override
  public boolean visit(Address address, ObjectKind kind) {
    PackId pack = address.pack();
    if (!pack.equals(last)) {
      lastMarks = marked.computeIfAbsent(pack, id -> new BitSet());
      last = pack;
    }
    boolean known = lastMarks.get(address.ordinal());
    lastMarks.set(address.ordinal());
    return !known && kind != ObjectKind.CHUNK;
  }

  @Override
  public void named(PackId pack) {
    whole.add(pack);
  }

  /**
   * Marks the runs of the commit index, but for those that would keep a pack in which nothing else
   * is needed.
   *
   * @return whether there are such runs
   */
  boolean addIndex(Packs packs, Root root) throws StoreException {
    Map<PackId, Integer> runs = new HashMap<>();
    for (RunRef run : root.commitRuns()) {
      runs.merge(run.address().pack(), 1, Integer::sum);
    }
    boolean toMove = false;
    Set<PackId> kept = new HashSet<>();
    for (Map.Entry<PackId, Integer> each : runs.entrySet()) {
      PackId pack = each.getKey();
      boolean needed = marked.containsKey(pack) || whole.contains(pack);
      if (needed || packs.count(pack) == each.getValue()) {
        kept.add(pack);
      } else {
        toMove = true;
      }
    }
    for (RunRef run : root.commitRuns()) {
      if (kept.contains(run.address().pack())) {
        visit(run.address(), ObjectKind.COMMIT_RUN);
      }
    }
    return toMove;
  }

  /** Those of the packs of which nothing is needed. */
  Set<PackId> unmarked(Set<PackId> packs) {
    Set<PackId> dead = new TreeSet<>(packs);
    dead.removeAll(marked.keySet());
    dead.removeAll(whole);
    return dead;
  }

  /** Those of the packs of which something is needed, and something not. */
  Map<PackId, VacuumPlan.Thin> partly(Packs packs, Set<PackId> all) throws StoreException {
    Map<PackId, VacuumPlan.Thin> thin = new TreeMap<>();
    for (Map.Entry<PackId, BitSet> each : marked.entrySet()) {
      PackId pack = each.getKey();
      if (all.contains(pack) && !whole.contains(pack)) {
        int count = packs.count(pack);
        if (each.getValue().cardinality() < count) {
          VacuumPlan.Thin found = thin(packs, pack, count, each.getValue());
          if (!found.dead().isEmpty()) {
            thin.put(pack, found);
          }
        }
      }
    }
    return thin;
  }

  private static VacuumPlan.Thin thin(Packs packs, PackId pack, int count, BitSet needed)
      throws StoreException {
    BitSet dead = new BitSet(count);
    long deadBytes = 0;
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      long taken = packs.object(new Address(pack, i)).stored();
      bytes += taken;
      if (taken > 0 && !needed.get(i)) { // else it went before
        dead.set(i);
        deadBytes += taken;
      }
    }
    return new VacuumPlan.Thin(dead, deadBytes, bytes);
  }
}
