package io.versor.engine.window;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives each value to an aggregate once. */
final class Distinct implements Accumulated.State {
  private final Accumulated.State aggregate;
  private final Set<Object> seen = new HashSet<>();

  Distinct(Accumulated.State aggregate) {
    this.aggregate = aggregate;
  }

  @Override
  public void add(@Nullable Object[] arguments) {
    @Nullable Object[] values = new @Nullable Object[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Values.distinct(arguments[i]);
    }
    if (seen.add(Arrays.asList(values))) {
      aggregate.add(arguments);
    }
  }

  @Override
  public @Nullable Object result() {
    return aggregate.result();
  }
}
