package io.versor.engine.work;

import io.versor.engine.Cancellation;
import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads of one engine for work that cannot be asked to stop. There are as many as statements that
 * use one at the same time; they end after some seconds without work. Thread-safe.
 *
 * <p>They are never interrupted: an interrupt in the middle of a read closes the file under every
 * other reader.
 */
public final class Workers {
  /** How long a stopped piece may take to see it before it is left alone: most do in a moment. */
  static final long GRACE_NANOS = 40_000_000;

  private static final long IDLE_SECONDS = 10;

  /** Planning and generated code recurse with the depth of a statement. Reserved, not used. */
  static final long STACK_BYTES = 16L << 20;

  private final AtomicInteger started = new AtomicInteger();

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          work -> new Worker(work, started.incrementAndGet()));

  private final Helpers helpers = new Helpers(Runtime.getRuntime().availableProcessors());

  private int busy;
  private @Nullable Runnable whenIdle;

  /** Who shares what can be done in parts. */
  public Helpers helpers() {
    return helpers;
  }

  /** A thread, and the statement that it works for at the moment. */
  static final class Worker extends Thread {
    private @Nullable Cancellation cancellation;

    Worker(Runnable work, int number) {
      super(null, work, "versor-worker-" + number, STACK_BYTES, false);
      setDaemon(true);
      setContextClassLoader(Workers.class.getClassLoader()); // not the one of who came first
    }
  }

  /** The statement that the present thread works for; null on a caller's thread. */
  static @Nullable Cancellation present() {
    return Thread.currentThread() instanceof Worker worker ? worker.cancellation : null;
  }

  <T> T call(Work work, Work.Task<T> task, Work.Owner owner)
      throws StoreException, StatementException {
    work.check();
    if (present() != null) {
      return task.run(); // who waits for this thread has somebody else wait already
    }
    Piece<T> piece = new Piece<>(work, task, owner);
    begin();
    try {
      threads.execute(piece);
    } catch (RuntimeException | OutOfMemoryError e) { // no thread to be had
      end();
      throw e;
    }
    return piece.await();
  }

  /** Runs something on another thread and waits a moment for it: it is left to end by itself. */
  void aside(Runnable task) {
    CountDownLatch done = new CountDownLatch(1);
    begin();
    try {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              done.countDown();
              end();
            }
          });
    } catch (RuntimeException | OutOfMemoryError e) { // no thread to be had
      end();
      task.run();
      return;
    }
    try {
      done.await(GRACE_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void begin() {
    busy++;
  }

  private void end() {
    Runnable last = null;
    synchronized (this) {
      busy--;
      notifyAll();
      if (busy == 0) {
        last = whenIdle;
        whenIdle = null;
      }
    }
    if (last != null) {
      last.run();
    }
  }

  /**
   * Ends the threads, and then runs something: at once if nothing is at work any more within a
   * moment, else later, on the last thread that is.
   *
   * @return whether it has run
   */
  public boolean close(long patienceMillis, Runnable last) {
    threads.shutdown();
    helpers.close();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    synchronized (this) {
      waitWhile(this, () -> busy > 0, () -> until - System.nanoTime());
      if (busy > 0) {
        whenIdle = last;
        return false;
      }
    }
    last.run();
    return true;
  }

  private interface Condition {
    boolean holds();
  }

  private interface Left {
    long nanos();
  }

  /** Waits on a monitor that is held. An interrupt is kept for the caller. */
  private static void waitWhile(Object monitor, Condition condition, Left left) {
    boolean interrupted = false;
    try {
      for (long nanos = left.nanos(); condition.holds() && nanos > 0; nanos = left.nanos()) {
        try {
          // Rounded up: a wait of no milliseconds is one without an end.
          monitor.wait(Math.min(nanos, Long.MAX_VALUE - 999_999) / 1_000_000 + 1);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A task, from one thread to another and back. */
  private final class Piece<T> implements Runnable {
    private final Work work;
    private final Work.Task<T> task;
    private final Work.Owner owner;
    private boolean done;
    private boolean left;
    private @Nullable T value;
    private @Nullable Throwable failure;

    Piece(Work work, Work.Task<T> task, Work.Owner owner) {
      this.work = work;
      this.task = task;
      this.owner = owner;
    }

    @Override
    public void run() {
      Worker worker = (Worker) Thread.currentThread();
      worker.cancellation = work.cancellation();
      T result = null;
      Throwable thrown = null;
      try {
        result = task.run();
      } catch (Throwable e) { // whatever it is, the one who waits gets it
        thrown = e;
      }
      boolean nobodyWaits;
      synchronized (this) {
        value = result;
        failure = thrown;
        done = true;
        nobodyWaits = left;
        notifyAll();
      }
      worker.cancellation = null; // closing asks too, and has to come to its end
      try {
        if (nobodyWaits) {
          owner.release();
        }
      } finally {
        end();
      }
    }

    T await() throws StoreException, StatementException {
      Cancellation cancellation = work.cancellation();
      cancellation.wake(this);
      try {
        synchronized (this) {
          waitWhile(this, () -> !done && !cancellation.isStopped(), cancellation::leftNanos);
          if (!done && cancellation.isStopped()) {
            long until = System.nanoTime() + GRACE_NANOS;
            waitWhile(this, () -> !done, () -> until - System.nanoTime());
          }
          if (!done) {
            left = true;
            owner.left();
          }
        }
      } finally {
        cancellation.wake(null);
      }
      if (left) {
        work.awaitShared();
        throw cancellation.failure();
      }
      return outcome();
    }

    @SuppressWarnings("NullAway") // a task gives what its caller takes
    private T outcome() throws StoreException, StatementException {
      Throwable thrown = failure;
      if (thrown instanceof StoreException e) {
        throw e;
      }
      if (thrown instanceof StatementException e) {
        throw e;
      }
      if (thrown instanceof RuntimeException e) {
        throw e;
      }
      if (thrown instanceof Error e) {
        throw e;
      }
      return value;
    }
  }
}
