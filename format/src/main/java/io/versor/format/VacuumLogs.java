package io.versor.format;

import io.versor.format.io.Guard;
import io.versor.format.log.BranchLog;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogCursor;
import io.versor.format.log.PackedLog;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.LockKeys;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootJson;
import io.versor.format.table.PackSink;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Puts the logs of branches that are gone, and still needed, into packs: branches that come, are
 * merged and go do not leave a file each. The root says where a log lies before its file is
 * deleted, so a process that dies leaves a pack that nothing refers to, or a file that nobody reads
 * any more.
 */
final class VacuumLogs {
  private static final long TIMEOUT_MILLIS = 60_000;

  /** About what the root takes to say where a log lies. */
  private static final int PLACE_BYTES = 128;

  private final Core core;
  private final VacuumPlan plan;

  VacuumLogs(Core core, VacuumPlan plan) {
    this.core = core;
    this.plan = plan;
  }

  /**
   * Puts small logs into a pack, if there are many, and deletes files of those that lie in one.
   *
   * @return what was deleted
   */
  List<VacuumedObject> run() throws StoreException {
    List<Long> small = small();
    int room = room();
    List<Long> some = room < small.size() ? small.subList(0, Math.max(0, room)) : small;
    if (some.size() > VacuumRepack.MOST_SMALL) {
      pack(some);
    }
    List<VacuumedObject> deleted = new ArrayList<>();
    for (BranchEntry branch : core.roots.current().branches()) {
      if (branch.packed().isPresent() && plan.logs().contains(branch.id())) {
        delete(branch.id(), deleted);
      }
    }
    return deleted;
  }

  /** For how many places of logs the root has room; a quarter of it is left to what comes. */
  private int room() throws StoreException {
    int bytes = RootJson.encode(core.roots.current()).length;
    return (RootJson.MAX_BYTES / 4 * 3 - bytes) / PLACE_BYTES;
  }

  private List<Long> small() throws StoreException {
    List<Long> small = new ArrayList<>();
    for (BranchEntry branch : core.roots.current().branches()) {
      boolean left =
          branch.name().isEmpty()
              && branch.hasLog()
              && branch.packed().isEmpty()
              && branch.end().isEmpty() // who reads it to there may still make something of it
              && branch.condemnedAt().isEmpty()
              && !plan.deadBranches().contains(branch.id());
      if (left && isSmall(branch.id())) {
        small.add(branch.id());
      }
    }
    return small;
  }

  private boolean isSmall(long branchId) throws StoreException {
    List<String> names = BranchLog.names(core.objects, branchId);
    if (names.size() != 1) {
      return false;
    }
    OptionalLong length = core.objects.findLength(names.get(0));
    return length.isPresent() && length.getAsLong() < VacuumRepack.SMALL_BYTES;
  }

  private void pack(List<Long> branches) throws StoreException {
    Map<Long, Address> packed = new TreeMap<>();
    try (PackSink sink = new PackSink(core.packs)) {
      for (long branch : branches) {
        try {
          Optional<byte[]> log = read(branch);
          if (log.isPresent()) {
            packed.put(branch, sink.store(ObjectKind.LOG, log.get()));
          }
        } catch (StoreException e) {
          if (e.code() != Code.CORRUPT) {
            throw e;
          }
          // Damaged: CHECK STORE tells of it, and it stays where it is.
        }
      }
      sink.finish();
    }
    if (!packed.isEmpty()) {
      core.roots.update(root -> root.withPacked(packed));
    }
  }

  /**
   * The whole log, all frames of which have been looked at; empty if somebody may write to it yet:
   * it was not closed, nor is it one that a clone came with.
   */
  private Optional<byte[]> read(long branchId) throws StoreException {
    Guard lock = core.objects.lock(LockKeys.branch(branchId), TIMEOUT_MILLIS);
    try {
      Root root = core.roots.current();
      boolean cloned =
          root.branches().stream()
              .anyMatch(each -> each.continues().equals(OptionalLong.of(branchId)));
      if (!cloned && !core.live(branchId).refresh().closed()) {
        return Optional.empty();
      }
      BranchLog log = core.history.log(branchId);
      FrameAddress end;
      try (LogCursor cursor = log.readFrom(log.start())) {
        while (cursor.next().isPresent()) {
          // to the end
        }
        end = cursor.position();
      }
      return Optional.of(PackedLog.of(core.objects, root.store().uuid(), end));
    } finally {
      lock.close();
    }
  }

  /** Under the branch's lock, by which others make sure that frames are on the disk. */
  private void delete(long branchId, List<VacuumedObject> deleted) throws StoreException {
    Guard lock = core.objects.lock(LockKeys.branch(branchId), TIMEOUT_MILLIS);
    try {
      core.forget(branchId);
      for (String name : BranchLog.names(core.objects, branchId)) {
        long bytes = core.objects.findLength(name).orElse(0);
        deleted.add(new VacuumedObject(name, bytes, "log of a gone branch, put into a pack", true));
      }
      BranchLog.remove(core.objects, branchId);
    } finally {
      lock.close();
    }
  }
}
