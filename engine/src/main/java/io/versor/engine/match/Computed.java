package io.versor.engine.match;

import java.util.NoSuchElementException;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** An expression, computed of whatever row it is given. One thread. */
final class Computed implements AutoCloseable {
  private final GivenRow given;
  private final Enumerator<?> results;

  Computed(GivenRow given, Enumerator<?> results) {
    this.given = given;
    this.results = results;
  }

  @Nullable Object of(@Nullable Object[] row) {
    given.set(row);
    if (!results.moveNext()) {
      throw new NoSuchElementException("a projection lost a row");
    }
    return results.current();
  }

  @Override
  public void close() {
    results.close();
  }
}
