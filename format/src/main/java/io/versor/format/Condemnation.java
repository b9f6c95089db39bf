package io.versor.format;

import io.versor.format.pack.PackId;
import io.versor.format.ref.CondemnedPack;
import io.versor.format.ref.Ordinals;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The list of what is condemned, while it is made. Used by one thread. */
final class Condemnation {
  /** The root names what is condemned, and everybody reads the root. */
  private static final int MOST = 2_000;

  private static final int MOST_CHARS = 200_000;

  private final VacuumPlan plan;
  private final List<CondemnedPack> list = new ArrayList<>();
  private final Set<PackId> whole = new HashSet<>();
  private final Map<PackId, BitSet> parts = new HashMap<>();
  private int chars;
  private boolean full;
  private boolean grown;

  Condemnation(VacuumPlan plan) {
    this.plan = plan;
  }

  /** Keeps what was condemned before, as far as it still is not needed. */
  void keep(CondemnedPack before) {
    PackId pack = before.pack();
    if (before.isWhole()) {
      if (plan.dead().contains(pack) && whole.add(pack)) {
        list.add(before);
      }
      return;
    }
    VacuumPlan.Thin thin = plan.thin().get(pack);
    if (thin != null) {
      BitSet still = before.objects().get().bits();
      still.and(thin.dead());
      addPart(pack, before.atMicros(), Ordinals.firstOf(still));
    }
  }

  /**
   * Adds what is not needed now.
   *
   * @param until in microseconds since 1970 UTC; what came after may be named by a transaction that
   *     goes on
   */
  void add(long now, long until) throws StoreException {
    for (PackId pack : plan.dead()) {
      if (isOld(pack, until) && !whole.contains(pack) && hasRoom()) {
        list.add(new CondemnedPack(pack, now));
        grown = true;
      }
    }
    for (Map.Entry<PackId, VacuumPlan.Thin> each : plan.thin().entrySet()) {
      PackId pack = each.getKey();
      BitSet rest = (BitSet) each.getValue().dead().clone();
      rest.andNot(parts.getOrDefault(pack, new BitSet()));
      if (!rest.isEmpty() && isOld(pack, until) && each.getValue().isWorth() && hasRoom()) {
        addPart(pack, now, Ordinals.firstOf(rest));
        grown = true;
      }
    }
  }

  private static boolean isOld(PackId pack, long until) {
    return pack.createdMillis() * 1_000 <= until;
  }

  private boolean hasRoom() {
    full |= list.size() >= MOST || chars >= MOST_CHARS;
    return !full;
  }

  private void addPart(PackId pack, long at, Ordinals objects) {
    if (!objects.isEmpty()) {
      parts.computeIfAbsent(pack, id -> new BitSet()).or(objects.bits());
      list.add(new CondemnedPack(pack, at, objects));
      chars += objects.toString().length();
    }
  }

  List<CondemnedPack> list() {
    return list;
  }

  /** Whether more could be condemned when some of this is gone. */
  boolean isFull() {
    return full;
  }

  /** Whether something is condemned that was not before. */
  boolean isGrown() {
    return grown;
  }

  /**
   * Objects that were condemned long enough ago, and are not needed.
   *
   * @return of each pack some; all where the pack is condemned as a whole
   */
  static Map<PackId, Optional<BitSet>> due(List<CondemnedPack> all, VacuumPlan plan, long until) {
    Map<PackId, Optional<BitSet>> due = new HashMap<>();
    for (CondemnedPack each : all) {
      PackId pack = each.pack();
      if (each.atMicros() > until) {
        continue;
      }
      if (each.isWhole()) {
        if (plan.dead().contains(pack)) {
          due.put(pack, Optional.empty());
        }
      } else if (plan.thin().containsKey(pack)) {
        BitSet objects = each.objects().get().bits();
        objects.and(plan.thin().get(pack).dead());
        due.computeIfAbsent(pack, id -> Optional.of(new BitSet())).ifPresent(b -> b.or(objects));
      }
    }
    return due;
  }
}
