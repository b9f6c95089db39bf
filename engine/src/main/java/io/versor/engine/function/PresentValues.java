package io.versor.engine.function;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The first, last, and so-and-so many of the values that a window's frame has, without NULLs.
 * Called from generated code, which leaves NULLs out.
 */
public final class PresentValues {
  private final ArrayDeque<Object> newest = new ArrayDeque<>();
  private @Nullable Object value;
  private long count;
  private long wanted;

  private PresentValues() {}

  private static long checked(long number) {
    if (number < 1) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE, "the value number " + number + "; expected 1 or more");
    }
    return number;
  }

  /** {@code FIRST_VALUE(x) IGNORE NULLS}. */
  public static final class First {
    public PresentValues init() {
      return new PresentValues();
    }

    public PresentValues add(PresentValues values, Object value) {
      values.value = values.value == null ? value : values.value;
      return values;
    }

    public @Nullable Object result(PresentValues values) {
      return values.value;
    }
  }

  /** {@code LAST_VALUE(x) IGNORE NULLS}. */
  public static final class Last {
    public PresentValues init() {
      return new PresentValues();
    }

    public PresentValues add(PresentValues values, Object value) {
      values.value = value;
      return values;
    }

    public @Nullable Object result(PresentValues values) {
      return values.value;
    }
  }

  /** {@code NTH_VALUE(x, n) IGNORE NULLS}. */
  public static final class Nth {
    public PresentValues init() {
      return new PresentValues();
    }

    public PresentValues add(PresentValues values, Object value, long number) {
      values.count++;
      values.value = values.count == checked(number) ? value : values.value;
      return values;
    }

    public @Nullable Object result(PresentValues values) {
      return values.value;
    }
  }

  /** {@code LAG(x, n) IGNORE NULLS}, of the rows before this one: the last but n - 1. */
  public static final class NthLast {
    public PresentValues init() {
      return new PresentValues();
    }

    public PresentValues add(PresentValues values, Object value, long number) {
      values.wanted = checked(number);
      values.newest.addLast(value);
      if (values.newest.size() > number) {
        values.newest.removeFirst();
      }
      return values;
    }

    public @Nullable Object result(PresentValues values) {
      boolean enough = !values.newest.isEmpty() && values.newest.size() == values.wanted;
      return enough ? values.newest.getFirst() : null;
    }
  }
}
