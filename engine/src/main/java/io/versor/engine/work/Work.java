package io.versor.engine.work;

import io.versor.engine.Cancellation;
import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;

/**
 * One statement at work. What asks {@link #check} now and then may run on the caller's thread; what
 * does not, because it is foreign code, goes through {@link #call}, which returns in time all the
 * same.
 */
public final class Work {
  /** A piece of it. */
  @FunctionalInterface
  public interface Task<T> {
    T run() throws StoreException, StatementException;
  }

  /** Something that belongs to the session. */
  @FunctionalInterface
  public interface Shared<T> {
    T get() throws StoreException;
  }

  /** Who has a piece of work done, and may have to leave it alone. */
  public interface Owner {
    /** Of what holds nothing. */
    Owner NONE =
        new Owner() {
          @Override
          public void left() {}

          @Override
          public void release() {}
        };

    /** The piece goes on alone: nothing that it uses may be touched any more. */
    void left();

    /** The piece has ended, after {@link #left}, and nobody else will close what it used. */
    void release();
  }

  private final Cancellation cancellation;
  private final Workers workers;

  public Work(Cancellation cancellation, Workers workers) {
    this.cancellation = cancellation;
    this.workers = workers;
  }

  public Cancellation cancellation() {
    return cancellation;
  }

  /** Who shares what the statement does in parts. */
  public Helpers helpers() {
    return workers.helpers();
  }

  /**
   * Ends the statement if it was cancelled or takes too long.
   *
   * @throws StoreException {@code CANCELLED}
   */
  public void check() throws StoreException {
    cancellation.check();
  }

  /**
   * Runs a piece on another thread and waits for it, but not when the statement is stopped: then
   * the piece is left to end by itself, and its outcome is nobody's.
   *
   * @param owner told when that happens, on this thread, and when it has ended, on the other
   */
  public <T> T call(Task<T> task, Owner owner) throws StoreException, StatementException {
    return workers.call(this, task, owner);
  }

  /** Clears something away: where the statement was stopped, nobody waits longer than a moment. */
  public void clear(Runnable task) {
    if (cancellation.isStopped()) {
      workers.aside(task);
    } else {
      task.run();
    }
  }

  /** Something of the session's, for a piece that may be abandoned: not after it was stopped. */
  public synchronized <T> T shared(Shared<T> shared) throws StoreException {
    check();
    return shared.get();
  }

  /** Returns when nothing of the session's is in use by a stopped piece, nor will ever be. */
  synchronized void awaitShared() {
    // to have had the monitor is enough: who comes later finds the statement stopped
  }
}
