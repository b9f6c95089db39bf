package io.versor.format.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The specification of the format, for tests that make sure its examples are true. */
public final class FormatText {
  private FormatText() {}

  /** Bytes as the specification prints them: 16 to a line, behind their offset. */
  public static String dump(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < bytes.length; at += 16) {
      text.append(String.format("%04x ", at));
      for (int i = at; i < Math.min(at + 16, bytes.length); i++) {
        text.append(i % 4 == 0 ? " " : "").append(String.format("%02x", bytes[i]));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Fails, printing what should stand there, unless the specification has this text. */
  public static void assertContains(String text) throws IOException {
    String all = Files.readString(Path.of("..", "FORMAT.md"));
    assertTrue(all.indexOf(text) >= 0, () -> "the specification lacks this example:\n" + text);
  }
}
