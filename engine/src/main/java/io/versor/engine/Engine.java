package io.versor.engine;

import io.versor.engine.statement.StatementSession;
import io.versor.engine.statement.StoredRows;
import io.versor.engine.work.Reservation;
import io.versor.engine.work.StatementMemory;
import io.versor.engine.work.Workers;
import io.versor.format.ForeignFormat;
import io.versor.format.ForeignFormats;
import io.versor.format.Store;
import io.versor.format.StoreOptions;
import io.versor.format.check.Damage;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.OpenMode;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** SQL over one store. Thread-safe; any number of sessions. Close them first. */
public final class Engine implements AutoCloseable {
  /** How long closing waits for statements that were stopped: nearly all see it in a moment. */
  private static final long PATIENCE_MILLIS = 500;

  private final Store store;
  private final Clock clock;
  private final BufferAllocator allocator = new RootAllocator();
  private final Workers workers = new Workers();

  private Engine(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    store.checkRows(new StoredRows(store, allocator, workers, clock));
  }

  /**
   * Opens the store in a directory.
   *
   * @throws StoreException {@code NOT_A_STORE} where none is and none shall be made
   */
  public static Engine open(Path directory, EngineOptions options) throws StoreException {
    return open(directory, options, memory(options));
  }

  /**
   * The same for a store that is open in another way: both share one memory, that of the other.
   *
   * @param options whose limit does not count
   */
  public static Engine openBeside(Engine other, Path directory, EngineOptions options)
      throws StoreException {
    return open(directory, options, other.store.memory());
  }

  /**
   * Reads a dataset of another format where it lies, as it is now.
   *
   * @param format its name in URLs; see {@link #isForeign}
   * @param options that do not say to write or to make one
   * @throws StoreException {@code NOT_A_STORE} where none is; {@code CORRUPT}
   */
  public static Engine attach(String format, Path dataset, EngineOptions options)
      throws StoreException {
    ForeignFormat known =
        ForeignFormats.find(format)
            .orElseThrow(() -> new IllegalArgumentException("no format " + format + " is known"));
    return new Engine(known.attach(dataset, memory(options)), Clock.systemUTC());
  }

  /**
   * Sets a store right that is damaged, whether it can be opened or not. It must not be open in
   * this process.
   *
   * @return a line for each thing that was done, and for each place that is damaged still; none for
   *     a store that is whole
   * @throws StoreException {@code NOT_A_STORE} where there is nothing to make one of; {@code
   *     WRONG_STATE} while others write
   */
  public static List<String> repair(Path directory) throws StoreException {
    try (DirectoryStore objects = DirectoryStore.open(directory, OpenMode.WRITE)) {
      return Store.repair(objects, StoreOptions.defaults().withCreate(false)).stream()
          .map(Damage::toString)
          .toList();
    }
  }

  /** Whether datasets of a format with this name can be read. */
  public static boolean isForeign(String format) {
    return ForeignFormats.find(format).isPresent();
  }

  private static MemoryBudget memory(EngineOptions options) {
    return options.memoryLimit().isPresent()
        ? MemoryBudget.of(options.memoryLimit().getAsLong())
        : MemoryBudget.ofMachine();
  }

  private static Engine open(Path directory, EngineOptions options, MemoryBudget memory)
      throws StoreException {
    OpenMode mode =
        options.readOnly() ? OpenMode.READ : options.create() ? OpenMode.CREATE : OpenMode.WRITE;
    DirectoryStore objects = DirectoryStore.open(directory, mode);
    try {
      Store store =
          Store.open(
              objects,
              StoreOptions.defaults()
                  .withCreate(options.create() && !options.readOnly())
                  .withReadOnly(options.readOnly())
                  .withMemory(memory));
      return new Engine(store, Clock.systemUTC());
    } catch (StoreException | RuntimeException e) {
      try {
        objects.close();
      } catch (StoreException | RuntimeException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /** Over an open store, which is closed with the engine. */
  public static Engine over(Store store, Clock clock) {
    return new Engine(store, clock);
  }

  public Session openSession(SessionOptions options) throws StoreException, StatementException {
    return StatementSession.open(store, allocator, workers, options, clock);
  }

  /** Most bytes of memory that decoded chunks and all statements may take. */
  public long memoryLimit() {
    return store.memory().limit();
  }

  /** For rows of a result that are kept on the heap. Caller closes. */
  public Reservation openReservation() {
    return StatementMemory.of(store).openReservation();
  }

  /** Where the store is, for messages. */
  public String display() {
    return store.display();
  }

  /**
   * Closes the store. Where a statement that was stopped has still not ended, because it is in
   * foreign code that cannot be asked to, the store is closed when it does.
   */
  @Override
  public void close() throws StoreException {
    @Nullable StoreException[] failure = {null};
    boolean now =
        workers.close(
            PATIENCE_MILLIS,
            () -> {
              try {
                closeNow();
              } catch (StoreException e) {
                failure[0] = e;
              }
            });
    if (now && failure[0] != null) {
      throw failure[0];
    }
  }

  private void closeNow() throws StoreException {
    try {
      store.close();
    } finally {
      allocator.close();
    }
  }
}
