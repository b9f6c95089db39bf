package io.versor.format.ref;

import io.versor.format.io.ObjectStore;
import io.versor.format.io.StopSignal;
import io.versor.format.pack.PackId;
import io.versor.format.pack.ServedPack;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The root of one store as it is now, and the only way to change it.
 *
 * <p>Any number of these, in any number of processes, may stand over one store: a change is
 * computed from what is there, put in its place only if that still is there, and computed again if
 * not. Thread safe.
 */
public final class RootStore implements RootSource {
  /** The name of the object that holds the root. */
  public static final String NAME = "root";

  /**
   * Every lost race means that somebody else's change went in, so this bound is only reached by a
   * storm of writers, or by storage that refuses each swap without saying why.
   */
  private static final int MAX_ATTEMPTS = 100;

  /** Longest pause after a lost race; about the time a swap takes on a busy disk. */
  private static final long MAX_PAUSE_NANOS = 10_000_000;

  /** How soon a thread that waits notices that nobody waits for it any more. */
  private static final long LOOK_MILLIS = 20;

  private final ObjectStore objects;
  private final String display;

  /** Keeps threads of this store from racing each other; other processes are met by the swap. */
  private final ReentrantLock updating = new ReentrantLock();

  private volatile @Nullable Seen latest;

  /** A root, the bytes it was read from, and the stamp taken before they were read. */
  private record Seen(long stamp, byte[] bytes, Root root) {}

  public RootStore(ObjectStore objects) {
    this.objects = objects;
    this.display = NAME + " of " + objects.display();
  }

  /** Whether there is a store at all. */
  public boolean exists() throws StoreException {
    return objects.stamp(NAME) != 0;
  }

  /**
   * Makes {@code first} the root of a new store. If another was there or came first, that one is
   * answered: of two that create a store at once, both get the same.
   */
  public Root create(Root first) throws StoreException {
    objects.swap(NAME, Optional.empty(), RootJson.encode(first));
    return current();
  }

  /**
   * The root as it is now. Costs one look at its stamp while nothing changes.
   *
   * @throws StoreException {@code NOT_A_STORE} when there is none; {@code CORRUPT}, {@code
   *     VERSION_TOO_NEW}
   */
  @Override
  public Root current() throws StoreException {
    return see().root();
  }

  /** Which pack has the objects of this one now, if they were moved: a {@code PackMap}. */
  public Optional<ServedPack> servedBy(PackId pack) throws StoreException {
    return current()
        .findRedirect(pack)
        .map(each -> new ServedPack(each.to(), each.first(), each.count()));
  }

  /**
   * Changes the root: reads it, applies {@code change}, gives it the next number and swaps it in;
   * from the start again if another change came between. Answers the root that is now in place, or
   * the one read when the change left it as it was.
   *
   * @throws StoreException what the change throws; {@code LIMIT} when the result is too large;
   *     {@code REF_MOVED} when every one of 100 attempts lost its race; {@code OUTCOME_UNKNOWN}
   *     when storage failed after the change may have been seen
   */
  public Root update(RootChange change) throws StoreException {
    awaitTurn();
    try {
      for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        Seen before = see();
        Root changed = change.apply(before.root());
        if (changed.equals(before.root())) {
          return before.root();
        }
        Root next = numbered(before.root(), changed);
        if (objects.swap(NAME, Optional.of(before.bytes()), RootJson.encode(next))) {
          return next; // not kept: a stamp taken now might be that of a still later root
        }
        latest = null; // a lost race is proof of a change, whatever the stamp says
        pause(attempt);
        StopSignal.check();
      }
    } finally {
      updating.unlock();
    }
    throw new StoreException(
        Code.REF_MOVED,
        display
            + ": lost the race against other writers "
            + MAX_ATTEMPTS
            + " times in a row; try again");
  }

  /**
   * The one whose turn it is may wait for another process; who can be stopped looks up meanwhile.
   */
  private void awaitTurn() throws StoreException {
    try {
      while (StopSignal.present() != StopSignal.NEVER) {
        if (updating.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
        StopSignal.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // kept for the caller; it stops nothing here
    }
    updating.lock();
  }

  private static Root numbered(Root before, Root changed) {
    Checks.that(
        changed.number() == before.number() && changed.store().equals(before.store()),
        "a change of the root must start from the root it is given");
    return changed.withNumber(before.number() + 1);
  }

  private Seen see() throws StoreException {
    // The stamp comes first: if a swap falls between the two, the next call reads again.
    long stamp = objects.stamp(NAME);
    Seen known = latest;
    if (known != null && known.stamp() == stamp && stamp != 0) {
      return known;
    }
    Optional<byte[]> bytes = objects.load(NAME, RootJson.MAX_BYTES);
    if (bytes.isEmpty()) {
      throw new StoreException(
          Code.NOT_A_STORE,
          objects.display() + " is not a Versor store: it has no object named " + NAME);
    }
    Seen seen =
        known != null && Arrays.equals(known.bytes(), bytes.get())
            ? new Seen(stamp, known.bytes(), known.root())
            : new Seen(stamp, bytes.get(), RootJson.decode(bytes.get(), display));
    if (known != null && !known.root().store().equals(seen.root().store())) {
      throw new StoreException(
          Code.WRONG_STATE,
          display
              + ": the store was replaced while it was open, it was "
              + known.root().store()
              + " and is "
              + seen.root().store()
              + "; close it and open it again");
    }
    latest = seen;
    return seen;
  }

  /** Waits a random time that grows with each lost race, so that the losers do not meet again. */
  private static void pause(int attempt) {
    long bound = Math.min(MAX_PAUSE_NANOS, 50_000L << Math.min(attempt, 16));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1, bound));
  }
}
