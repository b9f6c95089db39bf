package io.versor.engine.window;

import io.versor.engine.function.JoinedBytes;
import io.versor.engine.function.JoinedTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** What aggregates take rows into. */
final class States {
  private States() {}

  static Accumulated.State count(RelDataType type) {
    return new Accumulated.State() {
      private long count;

      @Override
      public void add(@Nullable Object[] arguments) {
        count++;
      }

      @Override
      public Object result() {
        return Values.number(count, type);
      }
    };
  }

  static Accumulated.State fold(Folds fold) {
    return new Accumulated.State() {
      private @Nullable Object value;

      @Override
      public void add(@Nullable Object[] arguments) {
        Object lifted = fold.lift().apply(Objects.requireNonNull(arguments[0]));
        value = value == null ? lifted : fold.combine().apply(value, lifted);
      }

      @Override
      public @Nullable Object result() {
        return value == null ? fold.ofNothing() : fold.result().apply(value);
      }
    };
  }

  /**
   * A list of the values.
   *
   * @param nullOfNothing whether there is none without a value
   */
  static Accumulated.State list(boolean nullOfNothing) {
    return new Accumulated.State() {
      private final List<@Nullable Object> values = new ArrayList<>();

      @Override
      public void add(@Nullable Object[] arguments) {
        values.add(arguments[0]);
      }

      @Override
      public @Nullable Object result() {
        return values.isEmpty() && nullOfNothing ? null : new ArrayList<>(values);
      }
    };
  }

  /** The texts one after the other, what separates them in between. */
  static Accumulated.State text() {
    return new Accumulated.State() {
      private final JoinedTexts text = new JoinedTexts();

      @Override
      public void add(@Nullable Object[] arguments) {
        text.with(
            String.valueOf(arguments[0]),
            arguments.length > 1 ? String.valueOf(arguments[1]) : JoinedTexts.COMMA);
      }

      @Override
      public @Nullable Object result() {
        return text.joined();
      }
    };
  }

  /** Bytes, each but the first behind its separator. */
  static Accumulated.State bytes() {
    return new Accumulated.State() {
      private final JoinedBytes bytes = new JoinedBytes();

      @Override
      public void add(@Nullable Object[] arguments) {
        bytes.with(
            (ByteString) Objects.requireNonNull(arguments[0]),
            (ByteString) Objects.requireNonNull(arguments[1]));
      }

      @Override
      public @Nullable Object result() {
        return bytes.joined();
      }
    };
  }
}
