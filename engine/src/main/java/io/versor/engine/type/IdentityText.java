package io.versor.engine.type;

import io.versor.format.type.Column;
import io.versor.format.type.Identity;
import java.util.Optional;

/** Identity columns as SQL declares them. */
public final class IdentityText {
  private IdentityText() {}

  /** {@code GENERATED ALWAYS AS IDENTITY (START WITH 5)}: what differs from the usual is said. */
  public static String of(Identity identity) {
    String start =
        identity.start() == usualStart(identity.increment())
            ? ""
            : "START WITH " + identity.start();
    String increment = identity.increment() == 1 ? "" : "INCREMENT BY " + identity.increment();
    String options = (start + " " + increment).strip();
    return "GENERATED "
        + generation(identity)
        + " AS IDENTITY"
        + (options.isEmpty() ? "" : " (" + options + ")");
  }

  /** Where numbers begin if nothing is said. */
  public static long usualStart(long increment) {
    return increment > 0 ? 1 : -1;
  }

  public static String generation(Identity identity) {
    return identity.always() ? "ALWAYS" : "BY DEFAULT";
  }

  /** What rows get that give no value: {@code DEFAULT} of the column, or how it numbers rows. */
  public static Optional<String> given(Column column) {
    return column.identity().map(IdentityText::of).or(column::defaultSql);
  }
}
