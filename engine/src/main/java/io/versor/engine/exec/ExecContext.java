package io.versor.engine.exec;

import io.versor.engine.work.Helpers;
import io.versor.engine.work.StatementMemory;
import io.versor.format.io.Memory;
import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a statement shares: memory, parameters, its clock, and whether it shall go
 * on. One thread, but for {@link Check} and {@link #part}. Close it after the operators.
 */
public final class ExecContext implements AutoCloseable {
  /** Asked once a batch, and by the threads of {@link #helpers} too. */
  @FunctionalInterface
  public interface Check {
    /**
     * @throws StoreException {@code CANCELLED} if the statement was cancelled or takes too long
     */
    void check() throws StoreException;
  }

  private static final int MIN_SLAB_BYTES = 64;
  private static final int MAX_SLAB_BYTES = 1 << 16;

  private final BufferAllocator allocator;
  private final List<@Nullable Object> parameters;
  private final Instant now;
  private final StatementMemory memory;
  private final Check check;
  private final Helpers helpers;

  /** What the whole statement keeps; null = this is the whole. */
  private final @Nullable ExecContext whole;

  private final List<ArrowBuf> constants = new ArrayList<>();
  private long nextConstant;
  private long endOfConstants;

  /**
   * @param parent closed by the caller, after this
   * @param parameters values of {@code ?}, in the order of the text
   * @param now what CURRENT_TIMESTAMP is throughout the statement
   * @param memory out of which operators keep what they do
   * @param helpers who may share the work
   */
  public ExecContext(
      BufferAllocator parent,
      List<@Nullable Object> parameters,
      Instant now,
      StatementMemory memory,
      Check check,
      Helpers helpers) {
    this.allocator = parent.newChildAllocator("statement", 0, Long.MAX_VALUE);
    this.parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    this.now = now;
    this.memory = memory;
    this.check = check;
    this.helpers = helpers;
    this.whole = null;
  }

  private ExecContext(ExecContext whole, Check check) {
    this.allocator = whole.allocator.newChildAllocator("part", 0, Long.MAX_VALUE);
    this.parameters = whole.parameters;
    this.now = whole.now;
    this.memory = whole.memory;
    this.check = check;
    this.helpers = Helpers.NONE;
    this.whole = whole;
  }

  /**
   * For operators of one thread that do a part of this statement's work, out of the same budget.
   * Caller closes, before this. May be called on any thread.
   *
   * @param wanted asked besides what this one asks
   */
  ExecContext part(StopSignal.Check wanted) {
    return new ExecContext(
        this,
        () -> {
          check.check();
          wanted.check();
        });
  }

  /** Whether it is for a part of a statement's work. */
  boolean isPart() {
    return whole != null;
  }

  /** Who may share the work; of parts nobody. */
  Helpers helpers() {
    return helpers;
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  /** What operators take beyond a batch or two, they take from here. */
  StatementMemory memory() {
    return memory;
  }

  public List<@Nullable Object> parameters() {
    return parameters;
  }

  public Instant now() {
    return now;
  }

  /** Ends the statement if it was cancelled or takes too long. Called once a batch. */
  void check() throws StoreException {
    check.check();
  }

  /** Address of a copy of these bytes that lasts as long as this context. */
  long constant(byte[] bytes) {
    int length = Math.max(8, bytes.length);
    if (length > endOfConstants - nextConstant) {
      // Each slab is twice the one before: most statements have a constant or two.
      int slab = Math.min(MAX_SLAB_BYTES, MIN_SLAB_BYTES << Math.min(constants.size(), 16));
      try {
        ArrowBuf buffer = allocator.buffer(Math.max(slab, length));
        constants.add(buffer);
        nextConstant = buffer.memoryAddress();
        endOfConstants = nextConstant + buffer.capacity();
      } catch (OutOfMemoryException e) {
        throw new IllegalStateException(
            "no memory for a constant of " + bytes.length + " bytes", e);
      }
    }
    long address = nextConstant;
    Memory.copy(bytes, 0, address, bytes.length);
    nextConstant += length;
    return address;
  }

  @Override
  public void close() {
    constants.forEach(ArrowBuf::close);
    constants.clear();
    nextConstant = 0;
    endOfConstants = 0;
    allocator.close();
  }
}
