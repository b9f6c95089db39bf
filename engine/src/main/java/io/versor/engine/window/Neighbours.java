package io.versor.engine.window;

import io.versor.engine.function.FunctionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LAG and LEAD: the value of a row so many before or behind. */
final class Neighbours {
  private Neighbours() {}

  /**
   * @param lead whether rows behind are counted
   */
  static WindowFunction of(boolean lead) {
    return (part, arguments) ->
        (row, frame) -> {
          Long number = number(part, row, arguments);
          if (number == null) {
            return null;
          }
          boolean behind = lead == number >= 0;
          long far = Math.abs(number);
          boolean found = far >= 0 && (behind ? far < part.size() - row : far <= row);
          return found
              ? part.value(behind ? row + (int) far : row - (int) far, arguments.get(0))
              : otherwise(part, row, arguments);
        };
  }

  /** Of the rows whose value is no NULL. */
  static WindowFunction ofPresent(boolean lead) {
    return (part, arguments) -> {
      PresentRows present = new PresentRows(part, arguments.subList(0, 1));
      return (row, frame) -> {
        Long number = number(part, row, arguments);
        if (number == null) {
          return null;
        }
        if (number < 1) {
          throw new FunctionException(
              FunctionException.INVALID_VALUE,
              "the value number " + number + "; expected 1 or more");
        }
        int before = present.before(row);
        int upTo = present.before(row + 1);
        boolean found = lead ? number <= present.size() - upTo : number <= before;
        if (!found) {
          return otherwise(part, row, arguments);
        }
        int at = lead ? upTo + number.intValue() - 1 : before - number.intValue();
        return part.value(present.row(at), arguments.get(0));
      };
    };
  }

  private static @Nullable Long number(Part part, int row, List<Integer> arguments) {
    if (arguments.size() < 2) {
      return 1L;
    }
    Object given = part.value(row, arguments.get(1));
    return given == null ? null : Long.valueOf(((Number) given).longValue());
  }

  private static @Nullable Object otherwise(Part part, int row, List<Integer> arguments) {
    return arguments.size() < 3 ? null : part.value(row, arguments.get(2));
  }
}
