package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same tests on the newest JDK of this machine, if there is one besides that of the build. */
@Tag("long")
class OtherJdkIT {
  @TempDir private Path directory;

  @Test
  void everythingPassesOnTheNewestJdk() throws IOException, InterruptedException {
    Optional<Jdk> newest = Jdk.newest();
    assumeTrue(newest.isPresent(), "no other JDK is installed beside this one");
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(
                newest.get().java().toString(),
                "-Dversor.jar=" + System.getProperty("versor.jar"),
                "-Dversor.scripts=" + System.getProperty("versor.scripts"),
                "-cp",
                System.getProperty("java.class.path"),
                TestRun.class.getName(),
                ".*IT")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertTrue(ended, "the run ends; it said " + Files.readString(out));
    List<String> lines = Files.readAllLines(out);
    assertEquals(0, process.exitValue(), String.join("\n", lines));
    String last = lines.get(lines.size() - 1);
    assertTrue(last.matches("[1-9]\\d* passed, 0 failed"), String.join("\n", lines));
  }
}
