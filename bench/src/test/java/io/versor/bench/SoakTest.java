package io.versor.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The soak, for a minute of the hour it usually takes. */
class SoakTest {
  @Test
  @Tag("long")
  void aMinuteOfMixedLoadWithKillsLosesNothing(@TempDir Path directory) throws Exception {
    assertEquals(List.of(), Soak.run(directory.resolve("soak"), 60, 3, System.nanoTime()));
  }
}
