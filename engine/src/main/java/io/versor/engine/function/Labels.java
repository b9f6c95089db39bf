package io.versor.engine.function;

import java.util.List;
import org.apache.calcite.linq4j.function.Strict;
import org.jspecify.annotations.Nullable;

/** Numbers of class labels by their texts. Called from generated code; NULL in, NULL out. */
@Strict
public final class Labels {
  /** Between labels; none has it. */
  private static final char SEPARATOR = '\u0000';

  private Labels() {}

  /** All labels of a column as one text, which a plan can hold as a constant. */
  public static String text(List<String> labels) {
    StringBuilder text = new StringBuilder().append(SEPARATOR);
    labels.forEach(label -> text.append(label).append(SEPARATOR));
    return text.toString();
  }

  /** The place of a label, from 0; NULL for a text that is none. */
  public static @Nullable Integer number(String label, String all) {
    int found = all.indexOf(SEPARATOR + label + SEPARATOR);
    return found < 0
        ? null
        : (Integer) (int) all.substring(0, found).chars().filter(c -> c == SEPARATOR).count();
  }
}
