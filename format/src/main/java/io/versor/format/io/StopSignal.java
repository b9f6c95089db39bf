package io.versor.format.io;

import io.versor.format.type.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Ends long work of a thread that nobody waits for any more: whatever reads a chunk or a node asks
 * first. Once something was appended to a log it is too late, and the rest is carried through.
 */
public final class StopSignal {
  /** Whether to go on. */
  @FunctionalInterface
  public interface Check {
    /**
     * @throws StoreException {@code CANCELLED}, mostly
     */
    void check() throws StoreException;
  }

  /** Something that may be ended. */
  @FunctionalInterface
  public interface Task<T, E extends Exception> {
    T run() throws StoreException, E;
  }

  /** For what nobody stops. */
  public static final Check NEVER = () -> {};

  /** Empty where nobody stops anything: a thread of a pool outlives the class loader. */
  private static final ThreadLocal<@Nullable Check> PRESENT = new ThreadLocal<>();

  private StopSignal() {}

  /** Does something on this thread, which ends with the check's error when that has one. */
  public static <T, E extends Exception> T during(Check check, Task<T, E> task)
      throws StoreException, E {
    Check before = present();
    put(check);
    try {
      return task.run();
    } finally {
      put(before);
    }
  }

  /** What this thread asks at the moment. */
  public static Check present() {
    Check check = PRESENT.get();
    return check == null ? NEVER : check;
  }

  private static void put(Check check) {
    if (check == NEVER) {
      PRESENT.remove();
    } else {
      PRESENT.set(check);
    }
  }

  /** From here on the task that is under way is carried through. */
  public static void settle() {
    PRESENT.remove();
  }

  /** Ends the task that is under way if it shall not go on. */
  public static void check() throws StoreException {
    present().check();
  }
}
