package io.versor.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.shell.Scripts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every script of {@code sql-examples/} prints what the file of its name in {@code expected/} says.
 * With the system property {@code versor.examples.write} the files are written instead.
 */
class ExamplesTest {
  private static final Pattern COMMIT_ID = Pattern.compile("\\b[0-9a-f]{40}\\b");
  private static final Pattern INSTANT =
      Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\b");

  @TempDir Path temp;

  static Stream<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(examples())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sql"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static Path examples() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("sql-examples"))) {
        return at.resolve("sql-examples");
      }
    }
    throw new UncheckedIOException(new IOException("no folder sql-examples above here"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void scriptPrintsWhatItPromises(String script) throws IOException {
    Path file = examples().resolve(script);
    Path expected = examples().resolve("expected").resolve(script.replace(".sql", ".out"));
    String printed = normalised(run(file));
    if (Boolean.getBoolean("versor.examples.write")) {
      Files.createDirectories(expected.getParent());
      Files.writeString(expected, printed);
    }
    assertEquals(Files.readString(expected), printed);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void scriptRunsASecondTimeOnTheSameStore(String script) throws IOException {
    Path file = examples().resolve(script);
    run(file);
    String second = run(file);
    assertTrue(second.contains("(1 row)") || second.contains("rows)"), second);
  }

  @Test
  void allScriptsShareOneStore() throws IOException {
    for (String script : scripts().toList()) {
      run(examples().resolve(script));
    }
  }

  private String run(Path script) {
    Scripts.Outcome outcome =
        Scripts.run(
            "-u", "jdbc:versor:" + temp.resolve("store") + "?author=you", script.toString());
    assertEquals("", outcome.err());
    assertEquals(0, outcome.code(), outcome.out());
    return outcome.out();
  }

  /** What differs from run to run gets names of the same width, so that columns stay in line. */
  private static String normalised(String printed) {
    Map<String, String> ids = new HashMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : printed.lines().toList()) {
      String named =
          COMMIT_ID
              .matcher(line)
              .replaceAll(
                  id ->
                      ids.computeIfAbsent(
                          id.group(), any -> padded("<commit " + (ids.size() + 1) + ">", 40)));
      lines.add(INSTANT.matcher(named).replaceAll(padded("<instant>", 26)).stripTrailing());
    }
    return String.join("\n", lines) + "\n";
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  @Test
  void picturesAreWhatTheGeneratorDraws() throws IOException {
    assertLike(Pictures.cat(240, 180), "cat_1.jpg");
    assertLike(Pictures.dog(187, 199, Pictures.BROWN), "dog_1.jpg");
    assertLike(Pictures.dog(220, 165, Pictures.GREY), "dog_2.jpg");
  }

  /** Compression moves values a little; a different picture moves them a lot. */
  private static void assertLike(BufferedImage drawn, String name) throws IOException {
    BufferedImage image = ImageIO.read(examples().resolve("pictures").resolve(name).toFile());
    assertEquals(drawn.getWidth(), image.getWidth());
    assertEquals(drawn.getHeight(), image.getHeight());
    long difference = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          int expected = drawn.getRGB(x, y) >> shift & 0xff;
          difference += Math.abs(expected - (image.getRGB(x, y) >> shift & 0xff));
        }
      }
    }
    double mean = difference / 3.0 / image.getWidth() / image.getHeight();
    assertTrue(mean < 4, name + " differs by " + mean + " of 255 on average");
  }
}
