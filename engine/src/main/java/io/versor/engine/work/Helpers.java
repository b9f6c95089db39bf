package io.versor.engine.work;

import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads of one engine that share the parts of a statement's work with the statement's own thread:
 * with it there are as many as cores. They end after some seconds without work. Thread-safe.
 *
 * <p>Who has work does it, and is helped by those that have time. So it is done, however many
 * statements there are, and nobody waits for a thread that waits.
 */
public final class Helpers implements AutoCloseable {
  /** Nobody: a statement does all by itself. */
  public static final Helpers NONE = new Helpers(1);

  private static final long IDLE_SECONDS = 10;

  /** Work in parts that are numbered in the order of their rows. */
  @FunctionalInterface
  public interface Parts {
    /**
     * Does one of them, on any thread.
     *
     * @param wanted ends it when its outcome has come to mean nothing; asked once a batch
     */
    void run(int part, StopSignal.Check wanted) throws StoreException;
  }

  private final int threads;
  private final AtomicInteger started = new AtomicInteger();
  private final ThreadPoolExecutor pool;

  /**
   * @param threads that share work, the caller's among them
   */
  public Helpers(int threads) {
    this.threads = threads;
    this.pool =
        new ThreadPoolExecutor(
            Math.max(1, threads - 1),
            Math.max(1, threads - 1),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            this::thread);
    pool.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable task) {
    String name = "versor-helper-" + started.incrementAndGet();
    Thread thread = new Thread(null, task, name, Workers.STACK_BYTES, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Helpers.class.getClassLoader()); // not the one of who came first
    return thread;
  }

  /** How many threads share work at most, the caller's among them. */
  public int threads() {
    return threads;
  }

  /**
   * Does all parts and returns when no thread is at any of them. Parts are begun in their order;
   * once one has failed, those behind it are given up.
   *
   * @throws StoreException that of the first part, by number, that failed
   */
  public void run(int parts, Parts task) throws StoreException {
    Job job = new Job(parts, task);
    try {
      for (int i = 1; i < Math.min(threads, parts); i++) {
        pool.execute(job::help);
      }
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The engine is being closed, or there is no thread to be had: then without.
    }
    job.work();
    job.end();
  }

  /** Lets the threads end. Who still works goes on alone. */
  @Override
  public void close() {
    pool.shutdown();
  }

  private static final class Job {
    private final int parts;
    private final Parts task;
    private final StopSignal.Check stop = StopSignal.present();
    private final AtomicInteger next = new AtomicInteger();
    private int helping;
    private boolean ended;
    private volatile int failed = Integer.MAX_VALUE;
    private @Nullable Throwable failure;

    Job(int parts, Parts task) {
      this.parts = parts;
      this.task = task;
    }

    void help() {
      synchronized (this) {
        if (ended) {
          return;
        }
        helping++;
      }
      try {
        StopSignal.during(
            stop,
            () -> {
              work();
              return true;
            });
      } catch (StoreException e) {
        throw new IllegalStateException(e); // every part keeps its own
      } finally {
        synchronized (this) {
          helping--;
          notifyAll();
        }
      }
    }

    void work() {
      for (int part = next.getAndIncrement();
          part < parts && part < failed;
          part = next.getAndIncrement()) {
        int number = part;
        try {
          task.run(part, () -> checkWanted(number));
        } catch (Throwable e) { // whatever it is, the one who waits gets it
          failed(part, e);
        }
      }
    }

    private synchronized void failed(int part, Throwable e) {
      if (part < failed) {
        failed = part;
        failure = e;
      }
    }

    private void checkWanted(int part) throws StoreException {
      if (part > failed) {
        throw new StoreException(Code.CANCELLED, "an earlier part of the work has failed");
      }
    }

    /** Waits for the helpers, which are never left alone with what the caller will close. */
    void end() throws StoreException {
      boolean interrupted = false;
      Throwable thrown;
      synchronized (this) {
        ended = true;
        while (helping > 0) {
          try {
            wait();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        thrown = failure;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (thrown instanceof StoreException e) {
        throw e;
      }
      if (thrown instanceof RuntimeException e) {
        throw e;
      }
      if (thrown instanceof Error e) {
        throw e;
      }
    }
  }
}
