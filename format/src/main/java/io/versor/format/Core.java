package io.versor.format;

import io.versor.format.io.ObjectStore;
import io.versor.format.pack.FreedPacks;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackMap;
import io.versor.format.pack.Packs;
import io.versor.format.pack.ServedPack;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootStore;
import io.versor.format.table.Checkpointer;
import io.versor.format.table.Checkpoints;
import io.versor.format.table.History;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.PackedLogs;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.NodeCache;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** The parts of an open store, put together; shared by everything handed out. Thread-safe. */
final class Core {
  /** Packs kept open; each costs a file descriptor and a mapping. */
  private static final int OPEN_PACKS = 256;

  /** Branches whose logs are kept open; each costs up to two file descriptors. */
  private static final int OPEN_BRANCHES = 64;

  /**
   * A writer this many intervals past the last checkpoint writes one itself, unless it was not due
   * before: one large transaction does not make its writer wait.
   */
  private static final double OVERDUE = 2;

  private static final long CLOSE_TIMEOUT_SECONDS = 60;

  final ObjectStore objects;
  final StoreOptions options;
  final RootStore roots;
  final Packs packs;
  final BufferAllocator allocator;
  final ChunkCache chunks;
  final NodeCache nodes;
  final History history;
  final Checkpoints checkpoints;
  final Checkpointer checkpointer;
  final NumberPool numbers = new NumberPool();

  /** Tells whether rows of a merge meet the conditions of their table. */
  volatile RowCheck rowCheck = RowCheck.NONE;

  /** Other names of commits, which revisions may use. */
  volatile CommitNames commitNames = CommitNames.NONE;

  private final Map<Long, LiveBranch> live = new HashMap<>();
  private final Map<Long, LiveBranch> lastUsed = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, AtomicBoolean> checkpointing = new HashMap<>();

  /** Branches whose last append left a checkpoint to be written. */
  private final Set<Long> dueBranches = new HashSet<>();

  private @Nullable ExecutorService background;
  private boolean closed;

  Core(ObjectStore objects, StoreOptions options, RootStore roots) throws StoreException {
    this.objects = objects;
    this.options = options;
    this.roots = roots;
    Root root = roots.current();
    UUID storeId = root.store().uuid();
    packs = new Packs(objects, storeId, OPEN_PACKS, packMap());
    allocator = new RootAllocator(Long.MAX_VALUE);
    chunks = new ChunkCache(packs, options.foreign(), allocator, options.memory());
    nodes = new NodeCache(packs);
    checkpoints = new Checkpoints(packs, nodes, chunks, allocator);
    history = new History(objects, roots, PackedLogs.of(roots, packs), storeId, checkpoints, nodes);
    checkpointer = new Checkpointer(roots, packs, checkpoints);
  }

  private PackMap packMap() {
    return new PackMap() {
      @Override
      public Optional<ServedPack> find(PackId pack) throws StoreException {
        return roots.servedBy(pack);
      }

      @Override
      public boolean wasFreed(PackId pack) throws StoreException {
        return FreedPacks.has(objects, pack);
      }
    };
  }

  /** The commits that can be asked for now. */
  KeptCommits kept() throws StoreException {
    return new KeptCommits(history, roots.current());
  }

  /** What somebody wants to know of a branch. */
  @FunctionalInterface
  interface BranchQuestion<T> {
    T ask(LiveBranch branch) throws StoreException;
  }

  /**
   * For whoever goes from branch to branch of a root: the answer of one of them, or empty if it was
   * removed from the store since the root was read. Then nothing needs what it had.
   */
  <T> Optional<T> unlessRemoved(long branchId, BranchQuestion<T> question) throws StoreException {
    try {
      return Optional.of(question.ask(live(branchId)));
    } catch (StoreException e) {
      if (roots.current().findBranch(branchId).isPresent()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** The newest state of a branch, dropped ones too. */
  LiveBranch live(long branchId) throws StoreException {
    LiveBranch branch;
    Optional<LiveBranch> idle = Optional.empty();
    synchronized (this) {
      if (closed) {
        throw new StoreException(Code.WRONG_STATE, objects.display() + ": the store is closed");
      }
      branch = live.computeIfAbsent(branchId, id -> new LiveBranch(objects, roots, history, id));
      lastUsed.put(branchId, branch);
      if (lastUsed.size() > OPEN_BRANCHES) {
        long eldest = lastUsed.keySet().iterator().next();
        idle = Optional.ofNullable(lastUsed.remove(eldest));
      }
    }
    if (idle.isPresent()) {
      idle.get().park();
    }
    return branch;
  }

  /** Gives back what is kept of a branch that is gone for good. */
  void forget(long branchId) throws StoreException {
    LiveBranch gone;
    synchronized (this) {
      gone = live.remove(branchId);
      lastUsed.remove(branchId);
      dueBranches.remove(branchId);
      checkpointing.remove(branchId);
    }
    if (gone != null) {
      gone.close();
    }
    history.forget(branchId);
  }

  /** Gives back what is kept of all branches, after something has been done to their logs. */
  void forgetAll() throws StoreException {
    for (BranchEntry branch : roots.current().branches()) {
      forget(branch.id());
    }
  }

  void checkWritable() throws StoreException {
    if (options.readOnly() || objects.readOnly()) {
      throw new StoreException(
          Code.READ_ONLY, objects.display() + " was opened read-only; nothing can be changed");
    }
  }

  long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, options.clock().instant());
  }

  /**
   * To be called after an append: writes a checkpoint when it is time, elsewhere if it can wait.
   */
  void appended(LiveBranch branch, double due) {
    AtomicBoolean running;
    boolean dueBefore;
    synchronized (this) {
      if (due < 1) {
        dueBranches.remove(branch.branchId());
        return;
      }
      dueBefore = !dueBranches.add(branch.branchId());
      running = checkpointing.computeIfAbsent(branch.branchId(), id -> new AtomicBoolean());
    }
    if (!running.compareAndSet(false, true)) {
      return;
    }
    Runnable task =
        () -> {
          try {
            checkpointer.run(branch);
          } catch (StoreException e) {
            // The data is in the log; the next append tries again, and fails itself if it must.
          } finally {
            running.set(false);
          }
        };
    if (due >= OVERDUE && dueBefore) {
      task.run();
      return;
    }
    try {
      background().execute(task);
    } catch (RejectedExecutionException e) {
      running.set(false); // closing
    }
  }

  private synchronized ExecutorService background() {
    if (background == null) {
      background =
          Executors.newSingleThreadExecutor(
              work -> {
                Thread thread = new Thread(work, "versor-checkpoints");
                thread.setDaemon(true);
                return thread;
              });
      if (closed) {
        background.shutdown();
      }
    }
    return background;
  }

  void close() throws StoreException {
    ExecutorService workers;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      workers = background;
    }
    if (workers != null) {
      workers.shutdown();
      try {
        workers.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    List<AutoCloseable> parts = new ArrayList<>(live.values());
    parts.addAll(List.of(history, chunks, packs, allocator, objects));
    closeAll(parts);
  }

  /** Whatever one part says, the others are closed, the locks above all. */
  private static void closeAll(List<AutoCloseable> parts) throws StoreException {
    Exception first = null;
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) { // thrown below
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first instanceof StoreException e) {
      throw e;
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
    if (first != null) {
      throw new IllegalStateException(first);
    }
  }
}
