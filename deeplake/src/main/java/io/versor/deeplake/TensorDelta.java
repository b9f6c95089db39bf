package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the samples of one tensor from a node to the next. Samples that lie at the same
 * place are the same. Where a chunk was written anew, which is done whole, Deep Lake's notes tell
 * which of its samples are meant; where they do not say enough, the samples are compared. Used by
 * one thread.
 */
final class TensorDelta {
  private final Places before;
  private final Places after;
  private final TensorChanges changes;
  private final Optional<long[]> idsBefore;
  private final Optional<long[]> idsAfter;
  private final boolean merged;
  private final Positions deleted;
  private final TensorReader readBefore;
  private final TensorReader readAfter;

  private TensorDelta(
      Places before,
      Places after,
      TensorChanges changes,
      Optional<long[]> idsBefore,
      Optional<long[]> idsAfter,
      boolean merged) {
    this.before = before;
    this.after = after;
    this.changes = changes;
    this.idsBefore = idsBefore;
    this.idsAfter = idsAfter;
    this.merged = merged;
    this.deleted = findDeleted();
    this.readBefore = before.tensor().read();
    this.readAfter = after.tensor().read();
  }

  static TensorDelta between(
      Tensor before, DatasetVersion at, Tensor after, DatasetVersion next, boolean merged)
      throws StoreException {
    TensorChanges changes = next.changes(after);
    boolean moved =
        merged
            || changes.cleared()
            || !changes.deleted().isEmpty()
            || after.length() < before.length();
    // Ids say which samples are left; where none went, positions do.
    Optional<long[]> idsBefore = moved ? at.ids(before.name()) : Optional.empty();
    Optional<long[]> idsAfter = moved ? next.ids(after.name()) : Optional.empty();
    boolean known =
        idsBefore.isPresent()
            && idsAfter.isPresent()
            && idsBefore.get().length == before.length()
            && idsAfter.get().length == after.length();
    return new TensorDelta(
        new Places(before),
        new Places(after),
        changes,
        known ? idsBefore : Optional.empty(),
        known ? idsAfter : Optional.empty(),
        merged);
  }

  /** Positions before whose samples are gone, if those that are left kept their order. */
  Positions deleted() {
    return deleted;
  }

  private Positions findDeleted() {
    Positions gone = new Positions();
    if (idsBefore.isEmpty() || idsAfter.isEmpty()) {
      if (changes.cleared()) {
        gone.add(0, before.length());
      }
      return gone;
    }
    Set<Long> left = new HashSet<>();
    for (long id : idsAfter.get()) {
      left.add(id);
    }
    long[] ids = idsBefore.get();
    long[] kept = new long[ids.length];
    int count = 0;
    for (int i = 0; i < ids.length; i++) {
      if (left.contains(ids[i])) {
        kept[count++] = ids[i];
      } else {
        gone.add(i, i + 1L);
      }
    }
    long[] first = Arrays.copyOf(idsAfter.get(), Math.min(count, idsAfter.get().length));
    return Arrays.equals(first, Arrays.copyOf(kept, count)) ? gone : new Positions();
  }

  /**
   * Of rows that stay, the positions after the change whose sample is another one.
   *
   * @param rows that stay, by their positions before; they are the first ones after
   */
  Positions changed(Positions rows) throws StoreException {
    Positions changed = new Positions();
    Set<Long> updated = new HashSet<>(changes.updated());
    long to = 0;
    for (Positions.Run run : rows.runs()) {
      long end = to + run.to() - run.from();
      long shift = run.from() - to;
      // Where one of both is too short there is nothing to compare.
      long both = Math.min(Math.min(end, after.length()), before.length() - shift);
      for (long at = to; at < both; ) {
        long next =
            Math.min(after.sameSpan(at, both), before.sameSpan(at + shift, both + shift) - shift);
        compare(at, next, shift, updated, changed);
        at = next;
      }
      to = end;
    }
    return changed;
  }

  /** Samples of one span each. */
  private void compare(long from, long to, long shift, Set<Long> updated, Positions changed)
      throws StoreException {
    boolean samePlace = after.same(from, before, from + shift);
    boolean pads = after.tensor().hasPads() || before.tensor().hasPads();
    if (samePlace && !pads) {
      return;
    }
    for (long at = from; at < to; at++) {
      if (samePlace) {
        if (isSkipped(at, after) != isSkipped(at + shift, before)) {
          changed.add(at, at + 1);
        }
      } else if (isNoted(at, at + shift) ? updated.contains(at) : differs(at, at + shift)) {
        changed.add(at, at + 1);
      }
    }
  }

  /** Never given, only skipped by one behind it. Deep Lake forgets that with the next commit. */
  private static boolean isSkipped(long at, Places places) {
    return places.tensor().hasPads() && places.tensor().isPadded(at);
  }

  /** Whether Deep Lake's notes tell for sure if a sample was set. */
  private boolean isNoted(long at, long was) {
    if (merged || changes.transformed() || changes.cleared()) {
      return false;
    }
    return idsBefore.isPresent() && idsAfter.isPresent()
        ? idsAfter.get()[(int) at] == idsBefore.get()[(int) was]
        : changes.deleted().isEmpty() && at == was && after.length() >= before.length();
  }

  private boolean differs(long at, long was) throws StoreException {
    int items = after.tensor().itemCount(at);
    if (items != before.tensor().itemCount(was) || isSkipped(at, after) != isSkipped(was, before)) {
      return true;
    }
    long first = after.tensor().firstItem(at);
    long firstBefore = before.tensor().firstItem(was);
    for (int i = 0; i < items; i++) {
      Sample now = readAfter.sample(first + i);
      Sample then = readBefore.sample(firstBefore + i);
      if (!Arrays.equals(now.shape(), then.shape()) || !Arrays.equals(now.bytes(), then.bytes())) {
        return true;
      }
    }
    return false;
  }

  Places after() {
    return after;
  }

  long lengthBefore() {
    return before.length();
  }
}
