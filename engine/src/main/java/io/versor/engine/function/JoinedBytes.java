package io.versor.engine.function;

import io.versor.engine.keep.Gathering;
import java.io.ByteArrayOutputStream;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * STRING_AGG of bytes: those of a group one behind the other, each but the first behind its
 * separator. Called from generated code, with values that are no NULLs.
 */
public final class JoinedBytes implements Gathering {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean any;

  @Override
  public long keptBytes() {
    return bytes.size();
  }

  /** Adds to them. */
  public JoinedBytes with(ByteString next, ByteString separator) {
    TextFunctions.checkLength((long) bytes.size() + separator.length() + next.length());
    if (any) {
      bytes.writeBytes(separator.getBytes());
    }
    any = true;
    bytes.writeBytes(next.getBytes());
    return this;
  }

  /** What was added; NULL if nothing was. */
  public @Nullable ByteString joined() {
    return any ? new ByteString(bytes.toByteArray()) : null;
  }

  /** With a separator for each. */
  public static final class Separated {
    public JoinedBytes init() {
      return new JoinedBytes();
    }

    public JoinedBytes add(JoinedBytes all, ByteString next, ByteString separator) {
      return all.with(next, separator);
    }

    public @Nullable ByteString result(JoinedBytes all) {
      return all.joined();
    }
  }
}
