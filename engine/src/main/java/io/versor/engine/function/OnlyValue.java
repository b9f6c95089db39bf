package io.versor.engine.function;

import io.versor.engine.keep.Gathering;
import io.versor.engine.keep.KeptRows;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one value of a group; different ones are an error. Called from generated code. */
public final class OnlyValue implements Gathering {
  private @Nullable Object value;

  private OnlyValue() {}

  @Override
  public long keptBytes() {
    return KeptRows.valueBytes(value);
  }

  /** The aggregate. */
  public static final class OfGroup {
    public OnlyValue init() {
      return new OnlyValue();
    }

    public OnlyValue add(OnlyValue only, Object next) {
      if (only.value != null && !Objects.deepEquals(only.value, next)) {
        throw new FunctionException(
            "21000",
            "an aggregate WITHIN DISTINCT found several values for one of the keys; name more"
                + " columns there, or aggregate in a subquery");
      }
      only.value = next;
      return only;
    }

    public @Nullable Object result(OnlyValue only) {
      return only.value;
    }
  }
}
