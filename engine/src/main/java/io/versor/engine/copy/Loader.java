package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows of files into columns: the caller's thread reads and takes what is ready, in the
 * order of the files; others decode. What waits is a few batches for each thread.
 */
public final class Loader {
  /** More threads wait for the one that compresses and writes. */
  private static final int MOST_THREADS = 8;

  private static final int BATCHES_A_THREAD = 2;

  /** How soon a cancelled statement notices. */
  private static final long LOOK_MILLIS = 20;

  /** Stands for a default that is another value in each row. */
  public static final Object RANDOM = new Object();

  private final PortionBuilder builder;

  /**
   * @param defaults a value for each column of the table, for rows that have none
   */
  public Loader(TableSchema schema, Wanted wanted, List<@Nullable Object> defaults) {
    this.builder = new PortionBuilder(schema, wanted, defaults);
  }

  /** What becomes of the rows. Called on the thread that loads, in the order of the files. */
  public interface Sink {
    /**
     * Takes rows; columns are the table's.
     *
     * @return what is wrong with rows that a constraint forbids, by row
     */
    Map<Integer, StoreException> add(List<HeapColumn> columns)
        throws StoreException, StatementException;

    /** Takes a row that does not fit. An exception ends it all. */
    void reject(Reject reject) throws StoreException, StatementException;

    /** Asked often: throws if it shall not go on. */
    void check() throws StoreException;
  }

  /** Brings all rows to the sink. */
  public void load(RowsReader reader, Sink sink)
      throws IOException, StoreException, StatementException {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(threads, Loader::thread);
    // Rows of the pool may wait for a rest: it has a thread of its own.
    ExecutorService rests = Executors.newSingleThreadExecutor(Loader::thread);
    try {
      Deque<Future<Portion>> waiting = new ArrayDeque<>();
      boolean more = true;
      while (true) {
        while (more && waiting.size() < threads * BATCHES_A_THREAD) {
          sink.check();
          try {
            Optional<RawRows> rows = reader.next();
            rows.ifPresent(raw -> waiting.add(pool.submit(() -> builder.build(raw))));
            more = rows.isPresent();
          } catch (IOException | StoreException | StatementException e) {
            // Said in its turn: what is wrong with rows before it comes first.
            waiting.add(CompletableFuture.failedFuture(e));
            more = false;
          }
        }
        if (waiting.isEmpty()) {
          return;
        }
        Portion portion = result(waiting.remove(), sink);
        take(portion, sink);
        while (portion.rest().isPresent()) {
          RawRows rest = portion.rest().get();
          portion = result(rests.submit(() -> builder.build(rest)), sink);
          take(portion, sink);
        }
      }
    } finally {
      pool.shutdownNow(); // what still runs there belongs to nobody
      rests.shutdownNow();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "versor copy");
    thread.setDaemon(true);
    return thread;
  }

  private static void take(Portion portion, Sink sink)
      throws IOException, StoreException, StatementException {
    Map<Integer, StoreException> refused =
        portion.rows() > 0 ? sink.add(portion.columns()) : Map.of();
    for (Reject reject : portion.rejects(refused)) {
      sink.reject(reject);
    }
  }

  private static Portion result(Future<Portion> future, Sink sink)
      throws IOException, StoreException, StatementException {
    while (true) {
      sink.check();
      try {
        return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // look whether it shall go on
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException(StoreException.Code.CANCELLED, "the thread was interrupted", e);
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof IOException io) {
          throw io;
        }
        if (cause instanceof StoreException store) {
          throw store;
        }
        if (cause instanceof StatementException statement) {
          throw statement;
        }
        if (cause instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException(cause);
      }
    }
  }
}
