package io.versor.engine.plan;

import io.versor.engine.catalog.Versions;
import io.versor.engine.function.FileAccess;
import io.versor.engine.function.VersionFunctions;
import io.versor.engine.type.Carried;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement: what it reads, its parameters, its clock, and whether it shall go
 * on. {@link #cancel} may come from any thread.
 */
public final class Run {
  private final Versions versions;
  private final BufferAllocator allocator;
  private final List<@Nullable Object> parameters;
  private final Instant now;
  private final long deadlineNanos;
  private final FileAccess files;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /**
   * @param timeoutMillis 0 for none
   */
  public Run(
      Versions versions,
      BufferAllocator allocator,
      List<@Nullable Object> parameters,
      Instant now,
      long timeoutMillis,
      FileAccess files) {
    this.versions = versions;
    this.allocator = allocator;
    this.parameters = parameters;
    this.now = now;
    this.deadlineNanos =
        timeoutMillis == 0 ? Long.MAX_VALUE : System.nanoTime() + timeoutMillis * 1_000_000;
    this.files = files;
  }

  public Versions versions() {
    return versions;
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  /** As they were given. */
  public List<@Nullable Object> parameters() {
    return parameters;
  }

  /** What CURRENT_TIMESTAMP is throughout the statement. */
  public Instant now() {
    return now;
  }

  /** Makes this the statement that functions on the thread are evaluated for. */
  public FileAccess.Scope enter() {
    FileAccess.Scope reads = files.enter();
    FileAccess.Scope asks = VersionFunctions.enter(versions);
    return () -> {
      asks.close();
      reads.close();
    };
  }

  public void cancel() {
    cancelled.set(true);
  }

  AtomicBoolean cancelFlag() {
    return cancelled;
  }

  /** Ends the statement if it was cancelled or takes too long. Call it once a batch. */
  public void check() throws StoreException {
    if (cancelled.get()) {
      throw new StoreException(Code.CANCELLED, "the statement was cancelled");
    }
    if (deadlineNanos != Long.MAX_VALUE && System.nanoTime() - deadlineNanos > 0) {
      throw new StoreException(Code.CANCELLED, "the statement took longer than its timeout");
    }
  }

  /** The same from where no checked exception may leave. */
  public void checkCarried() {
    Carried.through(
        () -> {
          check();
          return true;
        });
  }
}
