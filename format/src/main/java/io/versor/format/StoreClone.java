package io.versor.format;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.Guard;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.StopSignal;
import io.versor.format.log.FrameAddress;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.Clones;
import io.versor.format.ref.IdRange;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootJson;
import io.versor.format.ref.Start;
import io.versor.format.ref.StoreId;
import io.versor.format.table.BranchState;
import io.versor.format.table.LastSeal;
import io.versor.format.table.LiveBranch;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Makes a store of its own that goes on from what another one is: see {@link Clones}. */
final class StoreClone {
  private static final String LOCK = "clone";
  private static final String LOCK_FILE = "lock";
  private static final long LOCK_TIMEOUT_MILLIS = 1_000;

  private final Core core;

  StoreClone(Core core) {
    this.core = core;
  }

  /**
   * @param directory missing or empty
   */
  CopyResult to(Path directory) throws StoreException {
    Backups.refuseWithin(core, directory);
    refuseFiles(directory); // before anything is made there
    try (ObjectStore place = DirectoryStore.open(directory, OpenMode.CREATE)) {
      Guard lock = place.lock(LOCK, LOCK_TIMEOUT_MILLIS);
      try {
        refuseFiles(directory);
        return to(place);
      } finally {
        lock.close();
      }
    }
  }

  /** Directories alone do no harm: another clone may have failed here. */
  private static void refuseFiles(Path directory) throws StoreException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Path lock = directory.resolve(LOCK_FILE);
    try (Stream<Path> all = Files.walk(directory)) {
      Optional<Path> file =
          all.filter(each -> !Files.isDirectory(each) && !each.equals(lock)).findFirst();
      if (file.isPresent()) {
        throw new StoreException(
            Code.WRONG_STATE,
            directory
                + ": is not empty, it has "
                + directory.relativize(file.get())
                + "; name an empty or new folder for the clone");
      }
    } catch (IOException | UncheckedIOException e) {
      throw new StoreException(Code.IO, directory + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  CopyResult to(ObjectStore target) throws StoreException {
    StoreId store = StoreId.random();
    StoreCopy copy = new StoreCopy(core, target, Optional.empty(), Optional.of(store));
    try {
      return copy.run(moment -> root(moment, store));
    } catch (StoreException | RuntimeException | Error e) {
      if (!(e instanceof StoreException told) || told.code() != Code.OUTCOME_UNKNOWN) {
        StopSignal.during(StopSignal.NEVER, () -> remove(target, copy.made(), e));
      }
      throw e;
    }
  }

  /** Takes away what was made, what makes it a store first. */
  private static boolean remove(ObjectStore target, List<String> names, Throwable cause) {
    try {
      for (int i = names.size() - 1; i >= 0; i--) {
        target.delete(names.get(i));
      }
      return true;
    } catch (StoreException | RuntimeException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  private byte[] root(StoreCopy.Moment moment, StoreId store) throws StoreException {
    Map<Long, Start> ends = new HashMap<>();
    for (Map.Entry<Long, FrameAddress> end : moment.ends().entrySet()) {
      Optional<Start> start = end(moment.root(), end.getValue());
      if (start.isPresent()) {
        ends.put(end.getKey(), start.get());
      }
    }
    AtomicReference<IdRange.Block> block = new AtomicReference<>();
    core.roots.update(
        now -> {
          block.set(Clones.block(now)); // of the last attempt, which is the one that counts
          return Clones.without(now, block.get());
        });
    Root root = Clones.clone(moment.root(), store, core.nowMicros(), block.get(), ends);
    return RootJson.encode(root);
  }

  /**
   * Where a branch was; it cannot have been less afterwards, since the clone goes on from there and
   * no two frames may have one number.
   */
  private Optional<Start> end(Root root, FrameAddress end) throws StoreException {
    if (end.frame() == 0) {
      return Optional.empty();
    }
    BranchEntry entry = root.findBranch(end.branchId()).orElseThrow();
    if (entry.name().isPresent()) {
      LiveBranch live = core.live(entry.id());
      live.refresh(); // what others wrote, too
      live.force(end.frame() - 1);
    }
    // A state is looked up by its number alone.
    BranchState state =
        core.history.at(new FrameAddress(end.branchId(), end.frame() - 1, 0, end.offset()));
    return Optional.of(new Start(state.last().orElseThrow(), state.lastSeal().map(LastSeal::id)));
  }
}
