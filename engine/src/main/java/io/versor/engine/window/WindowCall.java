package io.versor.engine.window;

import java.util.List;

/** A function over a window and the columns with its arguments. */
public record WindowCall(String text, WindowFunction function, List<Integer> arguments) {
  public WindowCall {
    arguments = List.copyOf(arguments);
  }

  @Override
  public String toString() {
    return text + arguments;
  }
}
