package io.versor.engine.plan;

import io.versor.engine.catalog.Versions;
import io.versor.engine.function.FileAccess;
import io.versor.engine.function.VersionFunctions;
import io.versor.engine.type.Carried;
import io.versor.engine.work.StatementMemory;
import io.versor.engine.work.Work;
import io.versor.format.type.StoreException;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement: what it reads, its parameters, its clock, and whether it shall go
 * on. One thread at a time.
 */
public final class Run {
  private final Versions versions;
  private final BufferAllocator allocator;
  private final List<@Nullable Object> parameters;
  private final Instant now;
  private final FileAccess files;
  private final String user;
  private final StatementMemory memory;

  /** What generated code reads; it does not close that when an operator fails. */
  interface Open {
    void release();
  }

  /** Most executions of a batch open nothing. */
  private @Nullable Set<Open> open;

  public Run(
      Versions versions,
      BufferAllocator allocator,
      List<@Nullable Object> parameters,
      Instant now,
      FileAccess files,
      String user,
      StatementMemory memory) {
    this.versions = versions;
    this.allocator = allocator;
    this.parameters = parameters;
    this.now = now;
    this.files = files;
    this.user = user;
    this.memory = memory;
  }

  /** The same with other parameters. */
  public Run with(List<@Nullable Object> others) {
    return new Run(versions, allocator, others, now, files, user, memory);
  }

  public Versions versions() {
    return versions;
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  /** What is kept of rows is taken from here. */
  public StatementMemory memory() {
    return memory;
  }

  /** Which files the statement may touch. */
  public FileAccess files() {
    return files;
  }

  /** As they were given. */
  public List<@Nullable Object> parameters() {
    return parameters;
  }

  /** What CURRENT_TIMESTAMP is throughout the statement. */
  public Instant now() {
    return now;
  }

  /** Who runs it. */
  String user() {
    return user;
  }

  /** Makes this the statement that functions on the thread are evaluated for. */
  public FileAccess.Scope enter() {
    FileAccess.Scope reads = files.enter();
    FileAccess.Scope asks = VersionFunctions.enter(versions);
    StatementMemory before = memory.enter();
    return () -> {
      StatementMemory.leave(before);
      asks.close();
      reads.close();
    };
  }

  /** The statement, which may be stopped. */
  public Work work() {
    return versions.work();
  }

  /** Ends the statement if it was cancelled or takes too long. Call it once a batch. */
  public void check() throws StoreException {
    work().check();
  }

  /** The same from where no checked exception may leave. */
  public void checkCarried() {
    Carried.through(
        () -> {
          check();
          return true;
        });
  }

  void opened(Open source) {
    if (open == null) {
      open = Collections.newSetFromMap(new IdentityHashMap<>());
    }
    open.add(source);
  }

  void close(Open source) {
    if (open != null && open.remove(source)) {
      source.release();
    }
  }

  /** Closes what is still open. */
  void closeAll() {
    if (open != null) {
      List.copyOf(open).forEach(this::close);
    }
    memory.end();
  }
}
