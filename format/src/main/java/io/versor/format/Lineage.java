package io.versor.format;

import io.versor.format.log.FrameAddress;
import io.versor.format.log.Position;
import io.versor.format.record.Seal;
import io.versor.format.table.TableState;
import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * The commits behind one, along first parents, as one table saw them. Finds the commit that a write
 * came with in a few leaps; what an expired commit wrote came with the next one that is kept. Used
 * by one thread.
 */
final class Lineage {
  private final Core core;
  private final KeptCommits kept;
  private final long tableId;

  Lineage(Core core, long tableId) throws StoreException {
    this.core = core;
    this.kept = core.kept();
    this.tableId = tableId;
  }

  Seal seal(FrameAddress commit) throws StoreException {
    return core.history.seal(commit);
  }

  /** The table at a commit, if it was there. */
  Optional<TableState> table(FrameAddress commit) throws StoreException {
    return Optional.ofNullable(core.history.at(commit).tables().get(tableId));
  }

  Optional<FrameAddress> parent(FrameAddress commit) throws StoreException {
    return kept.parent(commit);
  }

  /** The other parent of a merge. */
  Optional<FrameAddress> second(FrameAddress commit) throws StoreException {
    return kept.parent(commit, 1);
  }

  /**
   * The newest commit from here back that changed the table, itself included, or that may have done
   * so with what expired before it.
   */
  Optional<FrameAddress> lastTouch(FrameAddress commit) throws StoreException {
    Optional<TableState> table = table(commit);
    if (table.isPresent()) {
      Optional<FrameAddress> touch = table.get().touchedBy();
      return touch.isEmpty() || kept.has(touch.get())
          ? touch
          : Optional.of(firstAbove(commit, seal(touch.get()).depth() - 1, older -> true));
    }
    Optional<FrameAddress> at = Optional.of(commit);
    while (at.isPresent()
        && seal(at.get()).tables().stream().noneMatch(each -> each.tableId() == tableId)
        && !kept.isBoundary(at.get())) {
      at = parent(at.get());
    }
    return at;
  }

  /** Tells of a commit further back whether something holds there. */
  @FunctionalInterface
  interface Test {
    boolean holds(FrameAddress commit) throws StoreException;
  }

  /**
   * The oldest commit that has a write.
   *
   * @param newest a commit that has it
   * @param has whether another one has it, where that cannot be told by the numbers of frames
   */
  FrameAddress first(FrameAddress newest, Position write, Test has) throws StoreException {
    FrameAddress at = newest;
    while (true) {
      FrameAddress here = at;
      Optional<FrameAddress> next = step(at, older -> includes(here, older, write, has));
      if (next.isEmpty()) {
        return at;
      }
      at = next.get();
    }
  }

  /** Within one log, whatever comes behind a write has it. */
  private static boolean includes(FrameAddress newer, FrameAddress older, Position write, Test has)
      throws StoreException {
    boolean oneLog = newer.branchId() == write.branchId() && older.branchId() == write.branchId();
    return oneLog ? older.frame() >= write.frame() : has.holds(older);
  }

  /**
   * The oldest commit in which something holds that holds in {@code newest} and in everything
   * between.
   *
   * @param depth of a commit in which it does not hold any more
   */
  FrameAddress firstAbove(FrameAddress newest, long depth, Test test) throws StoreException {
    FrameAddress at = newest;
    while (true) {
      Optional<FrameAddress> next =
          step(at, older -> seal(older).depth() > depth && test.holds(older));
      if (next.isEmpty()) {
        return at;
      }
      at = next.get();
    }
  }

  /** As far back as one leap goes. */
  private Optional<FrameAddress> step(FrameAddress at, Test test) throws StoreException {
    Optional<FrameAddress> jump = kept.jump(at).map(Seal.Jump::seal);
    if (jump.isPresent() && test.holds(jump.get())) {
      return jump;
    }
    Optional<FrameAddress> parent = parent(at);
    return parent.isPresent() && test.holds(parent.get()) ? parent : Optional.empty();
  }
}
