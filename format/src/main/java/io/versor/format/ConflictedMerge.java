package io.versor.format;

import io.versor.format.record.PendingMerge;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A merge whose conflicts were kept, as one state of a branch has it. The tables hold ours where it
 * conflicts. Thread-safe.
 */
public final class ConflictedMerge {
  private final Core core;
  private final PendingMerge merge;

  ConflictedMerge(Core core, PendingMerge merge) {
    this.core = core;
    this.merge = merge;
  }

  /**
   * Conflicts of one kind in one column, not resolved yet.
   *
   * @param columnId empty: the rows as a whole
   * @param kind {@code modified}, {@code added}, {@code deleted here} or {@code deleted there}
   */
  public record Conflicts(long tableId, Optional<Long> columnId, String kind, long[] rowIds) {}

  public List<Conflicts> conflicts() {
    return merge.conflicts().stream()
        .map(
            group ->
                new Conflicts(
                    group.tableId(),
                    group.columnId() == 0 ? Optional.empty() : Optional.of(group.columnId()),
                    group.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    group.rows().toArray()))
        .toList();
  }

  /** What both sides are compared with. */
  public Snapshot base() throws StoreException {
    return new Snapshot(core, new MergeBases(core).merged(merge.bases()), "the merge base");
  }

  /** What is merged in. */
  public Snapshot theirs() throws StoreException {
    return new Snapshot(
        core,
        merge.theirs().isEmpty() ? MergeBases.empty() : core.history.at(merge.theirs().get()),
        "their side");
  }
}
