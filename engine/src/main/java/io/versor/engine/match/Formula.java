package io.versor.engine.match;

import java.util.List;

/**
 * An expression of DEFINE or MEASURES: something computed of values that are found first.
 *
 * @param number of the {@link GivenRow} it is computed of
 * @param values of that row
 */
public record Formula(int number, List<Value> values) {
  public Formula {
    values = List.copyOf(values);
  }
}
