package io.versor.engine.function;

import io.versor.engine.keep.Gathering;
import io.versor.engine.keep.KeptRows;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a subquery that is a value: some value of them, and how many there are. Several are
 * an error where the value is used, not before.
 */
public final class SubqueryRows implements Gathering {
  private @Nullable Object value;
  private long count;

  private SubqueryRows() {}

  @Override
  public long keptBytes() {
    return KeptRows.valueBytes(value);
  }

  /** Says no, or that there are several; a key that has none has no count. */
  public static Boolean severalRows(@Nullable Long count) {
    if (count != null && count > 1) {
      throw new FunctionException(
          "21000", "a subquery used as a value gave more than one row; add LIMIT 1 or aggregate");
    }
    return false;
  }

  private SubqueryRows with(@Nullable Object next) {
    value = next;
    count++;
    return this;
  }

  /** The last of the values; NULL of none. */
  public static final class Value {
    public SubqueryRows init() {
      return new SubqueryRows();
    }

    public SubqueryRows add(SubqueryRows rows, @Nullable Object value) {
      return rows.with(value);
    }

    public @Nullable Object result(SubqueryRows rows) {
      return rows.value;
    }
  }

  /** How many there are, NULLs too. */
  public static final class Count {
    public SubqueryRows init() {
      return new SubqueryRows();
    }

    public SubqueryRows add(SubqueryRows rows, @Nullable Object value) {
      return rows.with(value);
    }

    public @Nullable Object result(SubqueryRows rows) {
      return rows.count;
    }
  }
}
