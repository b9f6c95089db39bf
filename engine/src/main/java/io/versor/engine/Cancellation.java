package io.versor.engine;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Whether a statement shall go on: what runs asks, anyone may say no, and a timeout does so by
 * itself. Thread-safe.
 */
public final class Cancellation {
  /** For what nobody stops. */
  public static final Cancellation NEVER = new Cancellation(0);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final long timeoutNanos;
  private volatile long started = System.nanoTime();
  private volatile long suspended = -1;
  private volatile boolean late;
  private volatile @Nullable Object waiting;

  private Cancellation(long timeoutMillis) {
    this.timeoutNanos = Math.min(timeoutMillis, Long.MAX_VALUE / NANOS_PER_MILLI) * NANOS_PER_MILLI;
  }

  /**
   * One that can be cancelled, and is by itself.
   *
   * @param timeoutMillis from now, or from {@link #resume}; 0 for never
   */
  public static Cancellation after(long timeoutMillis) {
    return new Cancellation(timeoutMillis);
  }

  /** Ends what runs, with CANCELLED; whoever waits for it returns at once. */
  public void cancel() {
    if (this == NEVER) {
      return;
    }
    stopped.set(true);
    Object waiter = waiting;
    if (waiter != null) {
      synchronized (waiter) {
        waiter.notifyAll();
      }
    }
  }

  /** Stops the clock of the timeout, which is one of calls, until {@link #resume}. */
  public void suspend() {
    if (timeoutNanos > 0 && suspended < 0) {
      suspended = System.nanoTime() - started;
    }
  }

  /**
   * Has the clock go on.
   *
   * @param used whether what ran before counts
   */
  public void resume(Used used) {
    if (timeoutNanos > 0) {
      long before = used == Used.COUNTS && suspended > 0 ? suspended : 0;
      suspended = -1;
      started = System.nanoTime() - before;
    }
  }

  /** What becomes of time that was used. */
  public enum Used {
    COUNTS,
    FORGOTTEN
  }

  /** Nanoseconds until the timeout, 0 or less when it is over; {@code Long.MAX_VALUE} if none. */
  public long leftNanos() {
    return timeoutNanos == 0 || suspended >= 0
        ? Long.MAX_VALUE
        : timeoutNanos - (System.nanoTime() - started);
  }

  /** Whether it was cancelled or took too long; final once true. */
  public boolean isStopped() {
    if (!stopped.get() && timeoutNanos > 0 && leftNanos() <= 0) {
      late = true;
      stopped.set(true);
    }
    return stopped.get();
  }

  /** Whether it was the timeout that stopped it. */
  public boolean isLate() {
    return late;
  }

  /** True once stopped; a timeout shows only after somebody looked at the clock. */
  public AtomicBoolean flag() {
    return stopped;
  }

  /**
   * Ends the statement if it shall not go on.
   *
   * @throws StoreException {@code CANCELLED}
   */
  public void check() throws StoreException {
    if (isStopped()) {
      throw failure();
    }
  }

  /** What a stopped statement ends with. */
  public StoreException failure() {
    return new StoreException(
        Code.CANCELLED,
        late
            ? "the statement took longer than its timeout of "
                + timeoutNanos / NANOS_PER_MILLI
                + " ms"
            : "the statement was cancelled");
  }

  /** Has {@link #cancel} wake up a thread that waits on this monitor; null for none. */
  public void wake(@Nullable Object monitor) {
    if (this != NEVER) {
      waiting = monitor;
    }
  }
}
