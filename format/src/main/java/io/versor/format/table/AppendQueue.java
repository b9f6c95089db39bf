package io.versor.format.table;

import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Threads that want to append to one branch. One of them leads: it appends for all who wait, and
 * syncs once. The others wait for it, and one of those it left leads next. Thread-safe.
 */
final class AppendQueue {
  /** How soon a thread that waits notices that it shall not go on. */
  private static final long LOOK_MILLIS = 20;

  private final Deque<Request> waiting = new ArrayDeque<>();
  private boolean led;

  /** What one thread wants appended, and what came of it. Guarded by the queue's monitor. */
  static final class Request {
    private final LiveBranch.Plan plan;
    private @Nullable BranchState after;
    private @Nullable Throwable failure;

    private Request(LiveBranch.Plan plan) {
      this.plan = plan;
    }

    LiveBranch.Plan plan() {
      return plan;
    }

    private boolean isDone() {
      return after != null || failure != null;
    }

    private BranchState result() throws StoreException {
      if (after != null) {
        return after;
      }
      if (failure instanceof StoreException e) {
        // Each waiting thread gets its own, with the trace of where it waited.
        throw new StoreException(e.code(), e.getMessage(), e);
      }
      if (failure instanceof Error e) {
        throw e;
      }
      throw (RuntimeException) failure;
    }
  }

  /** What a leader does: takes requests with {@link #take} and ends each. */
  @FunctionalInterface
  interface Lead {
    void run() throws StoreException;
  }

  /**
   * Has a plan carried out, by this thread or by another. Answers the state after it.
   *
   * @param stop asked while nobody has begun with the plan
   */
  BranchState append(LiveBranch.Plan plan, StopSignal.Check stop, Lead lead) throws StoreException {
    Request own = new Request(plan);
    synchronized (this) {
      waiting.add(own);
    }
    while (!awaitTurn(own, stop)) {
      try {
        lead.run();
      } catch (StoreException | RuntimeException | Error e) {
        fail(own, e);
      } finally {
        endTurn();
      }
    }
    synchronized (this) {
      return own.result();
    }
  }

  /**
   * Whether somebody else has ended the request; if not, it is this thread's turn to lead. Does not
   * heed interrupts: what is under way may have come to the disk.
   */
  private synchronized boolean awaitTurn(Request own, StopSignal.Check stop) {
    boolean interrupted = false;
    while (!own.isDone() && led) {
      try {
        wait(stop == StopSignal.NEVER ? 0 : LOOK_MILLIS);
        if (waiting.contains(own)) {
          stop.check();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (StoreException e) {
        fail(own, e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    led |= !own.isDone();
    return own.isDone();
  }

  private synchronized void endTurn() {
    led = false;
    notifyAll();
  }

  /** For the leader: the next request, now his to end. */
  synchronized Optional<Request> take() {
    return Optional.ofNullable(waiting.poll());
  }

  synchronized void done(Request request, BranchState after) {
    request.after = after;
  }

  /** Does nothing to a request that is done. */
  synchronized void fail(Request request, Throwable failure) {
    waiting.remove(request);
    if (!request.isDone()) {
      request.failure = failure;
    }
  }
}
