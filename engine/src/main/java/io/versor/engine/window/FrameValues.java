package io.versor.engine.window;

import io.versor.engine.function.FunctionException;
import org.jspecify.annotations.Nullable;

/** FIRST_VALUE, LAST_VALUE and NTH_VALUE. */
final class FrameValues {
  private FrameValues() {}

  static WindowFunction first() {
    return (part, arguments) ->
        (row, frame) -> frame.runs() == 0 ? null : part.value(frame.from(0), arguments.get(0));
  }

  static WindowFunction last() {
    return (part, arguments) ->
        (row, frame) ->
            frame.runs() == 0 ? null : part.value(frame.to(frame.runs() - 1) - 1, arguments.get(0));
  }

  static WindowFunction nth() {
    return (part, arguments) ->
        (row, frame) -> {
          Object given = part.value(row, arguments.get(1));
          if (given == null) {
            return null;
          }
          long left = checked(given) - 1;
          for (int run = 0; run < frame.runs(); run++) {
            int rows = frame.to(run) - frame.from(run);
            if (left < rows) {
              return part.value(frame.from(run) + (int) left, arguments.get(0));
            }
            left -= rows;
          }
          return null;
        };
  }

  static WindowFunction firstPresent() {
    return (part, arguments) -> {
      PresentRows present = new PresentRows(part, arguments);
      return (row, frame) -> nthPresent(part, present, arguments.get(0), frame, 1);
    };
  }

  static WindowFunction lastPresent() {
    return (part, arguments) -> {
      PresentRows present = new PresentRows(part, arguments);
      return (row, frame) -> {
        for (int run = frame.runs() - 1; run >= 0; run--) {
          int upTo = present.before(frame.to(run));
          if (upTo > present.before(frame.from(run))) {
            return part.value(present.row(upTo - 1), arguments.get(0));
          }
        }
        return null;
      };
    };
  }

  static WindowFunction nthPresent() {
    return (part, arguments) -> {
      PresentRows present = new PresentRows(part, arguments.subList(0, 1));
      return (row, frame) -> {
        Object given = part.value(row, arguments.get(1));
        return given == null
            ? null
            : nthPresent(part, present, arguments.get(0), frame, checked(given));
      };
    };
  }

  private static @Nullable Object nthPresent(
      Part part, PresentRows present, int column, Frame frame, long number) {
    long left = number - 1;
    for (int run = 0; run < frame.runs(); run++) {
      int before = present.before(frame.from(run));
      int found = present.before(frame.to(run)) - before;
      if (left < found) {
        return part.value(present.row(before + (int) left), column);
      }
      left -= found;
    }
    return null;
  }

  private static long checked(Object given) {
    long number = ((Number) given).longValue();
    if (number < 1) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE, "the value number " + number + "; expected 1 or more");
    }
    return number;
  }
}
