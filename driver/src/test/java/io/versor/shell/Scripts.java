package io.versor.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The shell's command, run inside a test. */
public final class Scripts {
  /** On a slow machine any statement may take so long that it says so. */
  private static final Pattern PROGRESS = Pattern.compile("(?m)^.*:\\d+: \\d+ s(, .* written)?\n");

  private Scripts() {}

  /** What a run printed, with the line ends of Unix. */
  public record Outcome(int code, String out, String err) {}

  public static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      int code = Main.run(arguments, outStream, errStream);
      return new Outcome(code, text(out), PROGRESS.matcher(text(err)).replaceAll(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
