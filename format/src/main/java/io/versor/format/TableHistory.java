package io.versor.format;

import io.versor.format.change.TableDelta;
import io.versor.format.log.FrameAddress;
import io.versor.format.table.TableState;
import io.versor.format.type.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Every version of every row of a table, from the newest commit back along first parents. Commits
 * that left the table alone are passed over. Remembers when each row that was met was replaced.
 * Used by one thread.
 */
final class TableHistory implements TableVersions.Cursor {
  private final Core core;
  private final Revisions revisions;
  private final Lineage lineage;
  private final Map<Long, Instant> replaced = new HashMap<>();
  private Optional<FrameAddress> at;

  TableHistory(Core core, Revisions revisions, long tableId, Optional<FrameAddress> newest)
      throws StoreException {
    this.core = core;
    this.revisions = revisions;
    this.lineage = new Lineage(core, tableId);
    this.at = newest;
  }

  @Override
  public Optional<TableVersions> next() throws StoreException {
    for (Optional<FrameAddress> seal = touch(); seal.isPresent(); seal = touch()) {
      Optional<TableVersions> found = versions(seal.get());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The next commit that touched the table, and the one it was made on. */
  Optional<TableStep> step() throws StoreException {
    Optional<FrameAddress> seal = touch();
    if (seal.isEmpty()) {
      return Optional.empty();
    }
    Commit to = revisions.commit(seal.get());
    Snapshot after = revisions.snapshot(seal.get(), to.id());
    if (at.isEmpty()) {
      return Optional.of(new TableStep(Optional.empty(), to, after.beforeEverything(), after));
    }
    Commit from = revisions.commit(at.get());
    return Optional.of(
        new TableStep(Optional.of(from), to, revisions.snapshot(at.get(), from.id()), after));
  }

  private Optional<FrameAddress> touch() throws StoreException {
    if (at.isEmpty()) {
      return Optional.empty();
    }
    Optional<FrameAddress> touch = lineage.lastTouch(at.get());
    at = touch.isEmpty() ? Optional.empty() : lineage.parent(touch.get());
    return touch;
  }

  private Optional<TableVersions> versions(FrameAddress seal) throws StoreException {
    Optional<TableState> now = lineage.table(seal);
    Optional<FrameAddress> parent = lineage.parent(seal);
    Optional<TableState> before = parent.isEmpty() ? Optional.empty() : lineage.table(parent.get());
    if (now.isEmpty() && before.isEmpty()) {
      return Optional.empty();
    }
    TableDelta delta = TableDelta.of(before, now, core.chunks, core.allocator);
    Commit commit = revisions.commit(seal);
    List<Long> rowIds = new ArrayList<>();
    List<Optional<Instant>> until = new ArrayList<>();
    Roaring64Bitmap changed = delta.updated();
    changed.or(delta.added());
    LongIterator slots = changed.getLongIterator();
    while (slots.hasNext()) {
      long rowId = now.orElseThrow().rows().rowIdAt(slots.next());
      rowIds.add(rowId);
      until.add(Optional.ofNullable(replaced.put(rowId, commit.committedAt())));
    }
    LongIterator removed = delta.removed().getLongIterator();
    while (removed.hasNext()) {
      replaced.put(before.orElseThrow().rows().rowIdAt(removed.next()), commit.committedAt());
    }
    return rowIds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TableVersions(
                commit,
                revisions.snapshot(seal, commit.id()),
                rowIds.stream().mapToLong(Long::longValue).toArray(),
                until));
  }
}
