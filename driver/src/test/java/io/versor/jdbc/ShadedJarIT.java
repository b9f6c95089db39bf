package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar people get, run as they run it: {@code java -cp}, no flags. */
class ShadedJarIT {
  private static final Path JAR = Path.of("target", "versor-jdbc.jar").toAbsolutePath();

  /** Another JDK to try besides the one of the build, if there is one. */
  private static final String OTHER_JAVA_HOME = "VERSOR_OTHER_JAVA_HOME";

  @TempDir private Path directory;

  @Test
  void aStrangersProgramWorksAndNothingIsWrittenToStderr() throws Exception {
    Outcome outcome = run(Path.of(System.getProperty("java.home")));
    assertEquals("", outcome.err());
    assertEquals("sound", outcome.out().strip());
    assertEquals(0, outcome.exit());
  }

  @Test
  void itWorksOnAnotherJdk() throws Exception {
    String home = System.getenv(OTHER_JAVA_HOME);
    assumeTrue(home != null, OTHER_JAVA_HOME + " names no other JDK");
    Outcome outcome = run(Path.of(home));
    assertEquals("sound", outcome.out().strip(), outcome.err());
    assertEquals(0, outcome.exit());
  }

  @Test
  void nothingLiesUnderNamesThatAreNotOurs() throws IOException {
    List<String> foreign = new ArrayList<>();
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      Enumeration<? extends ZipEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        String name = entries.nextElement().getName();
        boolean ours = name.startsWith("io/versor/") || name.startsWith("com/github/luben/");
        if (name.endsWith(".class") && !ours && !name.startsWith("META-INF/versions/")) {
          foreign.add(name);
        }
      }
      ZipEntry service = jar.getEntry("META-INF/services/java.sql.Driver");
      assertEquals(
          "io.versor.jdbc.Driver",
          new String(jar.getInputStream(service).readAllBytes(), StandardCharsets.UTF_8).strip());
    }
    assertEquals(List.of(), foreign);
    assertTrue(Files.size(JAR) < 40L << 20, "megabytes: " + (Files.size(JAR) >> 20));
  }

  private record Outcome(int exit, String out, String err) {}

  private Outcome run(Path javaHome) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(
                javaHome.resolve("bin").resolve("java").toString(),
                "-cp",
                JAR + File.pathSeparator + Path.of("target", "test-classes").toAbsolutePath(),
                JarSmoke.class.getName(),
                directory.resolve("store").toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), "the program ends");
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
