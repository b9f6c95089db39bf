package io.versor.format.io;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of a store that do what others would else have to wait for. They end after some seconds
 * without work. Nothing waits in a queue: who finds no thread free does the work himself, or leaves
 * it for later. Thread-safe.
 */
public final class Background implements AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final AtomicInteger started = new AtomicInteger();
  private final ThreadPoolExecutor pool;

  /**
   * @param threads at most
   */
  public Background(int threads) {
    pool =
        new ThreadPoolExecutor(
            0, threads, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "versor-writer-" + started.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(Background.class.getClassLoader()); // not that of who came first
    return thread;
  }

  /** How many threads there are at most. */
  public int threads() {
    return pool.getMaximumPoolSize();
  }

  /** Lets a thread do something, which must not throw; false if none is free. */
  public boolean start(Runnable task) {
    try {
      pool.execute(task);
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      return false; // all are at work, the store is being closed, or there is no thread to be had
    }
  }

  /** Lets the threads end. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
