package io.versor.shell;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells during a long statement that it still runs: its place, the time, the rows that a COPY has
 * moved, and by how much the store has grown, which is what a load does.
 */
final class Progress implements AutoCloseable {
  private final PrintStream err;
  private final String what;
  private final StoreSize size;
  private final LongSupplier rows;
  private final boolean terminal;
  private final long startNanos = System.nanoTime();
  private final long startBytes;
  private final ScheduledExecutorService clock;
  private boolean shown;

  /** How large the store is. */
  interface StoreSize {
    /** Bytes on disk, or -1 if that cannot be told. */
    long bytes();
  }

  /**
   * Starts the clock.
   *
   * @param rows moved so far; 0 if that means nothing
   * @param first time until the first sign of life
   * @param terminal whether a line can be written over
   */
  Progress(
      PrintStream err,
      String what,
      StoreSize size,
      LongSupplier rows,
      Duration first,
      Duration step,
      boolean terminal) {
    this.err = err;
    this.what = what;
    this.size = size;
    this.rows = rows;
    this.terminal = terminal;
    this.startBytes = size.bytes();
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "versor progress");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleWithFixedDelay(
        this::show, first.toMillis(), step.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void show() {
    if (clock.isShutdown()) {
      return;
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    long now = size.bytes();
    String grown =
        now > startBytes && startBytes >= 0
            ? ", " + CellText.size(now - startBytes) + " written"
            : "";
    long moved = rows.getAsLong();
    String counted = moved > 0 ? String.format(Locale.ROOT, ", %,d rows", moved) : "";
    String line = String.format(Locale.ROOT, "%s: %d s%s%s", what, seconds, counted, grown);
    err.print(terminal ? "\r" + line + "  " : line + System.lineSeparator());
    err.flush();
    shown = true;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (this) {
      if (shown && terminal) {
        err.println();
      }
    }
  }
}
