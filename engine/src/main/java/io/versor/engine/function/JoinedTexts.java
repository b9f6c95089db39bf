package io.versor.engine.function;

import io.versor.engine.keep.Gathering;
import org.jspecify.annotations.Nullable;

/**
 * STRING_AGG and LISTAGG: the texts of a group one behind the other, each but the first behind its
 * separator. Called from generated code, with values that are no NULLs; Calcite's own copies what
 * it has for each row.
 */
public final class JoinedTexts implements Gathering {
  public static final String COMMA = ",";

  private final StringBuilder text = new StringBuilder();
  private boolean any;

  @Override
  public long keptBytes() {
    return (long) text.length() * Character.BYTES;
  }

  /** This one, with another text behind it. */
  public JoinedTexts with(String next, String separator) {
    TextFunctions.checkLength((long) text.length() + separator.length() + next.length());
    if (any) {
      text.append(separator);
    }
    any = true;
    text.append(next);
    return this;
  }

  /** All of them; null of none. */
  public @Nullable String joined() {
    return any ? text.toString() : null;
  }

  /** Between commas. */
  public static final class Listed {
    public JoinedTexts init() {
      return new JoinedTexts();
    }

    public JoinedTexts add(JoinedTexts all, String next) {
      return all.with(next, COMMA);
    }

    public @Nullable String result(JoinedTexts all) {
      return all.joined();
    }
  }

  /** With a separator for each. */
  public static final class Separated {
    public JoinedTexts init() {
      return new JoinedTexts();
    }

    public JoinedTexts add(JoinedTexts all, String next, String separator) {
      return all.with(next, separator);
    }

    public @Nullable String result(JoinedTexts all) {
      return all.joined();
    }
  }
}
