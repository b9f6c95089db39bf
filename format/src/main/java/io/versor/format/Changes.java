package io.versor.format;

import io.versor.format.change.TableDelta;
import io.versor.format.record.Seal;
import io.versor.format.table.BranchState;
import io.versor.format.table.TableState;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a state has on top of its last commit, net. */
final class Changes {
  private final List<Seal.TableChange> summary;
  private final boolean viewsDiffer;

  private Changes(List<Seal.TableChange> summary, boolean viewsDiffer) {
    this.summary = summary;
    this.viewsDiffer = viewsDiffer;
  }

  /** Whether a branch has anything to commit. */
  static boolean any(Core core, BranchState state) throws StoreException {
    return state.pending().isPresent() || (state.changed() && !of(core, state).isEmpty());
  }

  static Changes of(Core core, BranchState state) throws StoreException {
    Optional<BranchState> sealed =
        state.lastSeal().isEmpty()
            ? Optional.empty()
            : Optional.of(core.history.at(state.lastSeal().get().address()));
    List<Seal.TableChange> summary = new ArrayList<>();
    Set<Long> ids = new LinkedHashSet<>(state.tables().keySet());
    sealed.ifPresent(before -> ids.addAll(before.tables().keySet()));
    for (long id : ids) {
      Optional<TableState> now = Optional.ofNullable(state.tables().get(id));
      if (now.isPresent() && !now.get().changed()) {
        continue;
      }
      Optional<TableState> before =
          sealed.flatMap(last -> Optional.ofNullable(last.tables().get(id)));
      TableDelta delta = TableDelta.of(before, now, core.chunks, core.allocator);
      if (!delta.isEmpty() || delta.schemaDiffers()) {
        summary.add(
            new Seal.TableChange(
                id,
                delta.added().getLongCardinality(),
                delta.updated().getLongCardinality(),
                delta.removed().getLongCardinality(),
                now.or(() -> before).flatMap(TableState::touchedBy)));
      }
    }
    return new Changes(
        summary, !state.views().equals(sealed.map(BranchState::views).orElse(Map.of())));
  }

  boolean isEmpty() {
    return summary.isEmpty() && !viewsDiffer;
  }

  List<Seal.TableChange> summary() {
    return summary;
  }
}
