package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files for what is beyond the memory limit, when processes are killed or share a store. */
class SpillingProcessTest {
  private static final int ROWS = 40_000;
  private static final String SORTED = "SELECT name, id FROM t ORDER BY name DESC";

  @TempDir private Path store;

  /** In the other process: stops in the middle of a sort that is on the disk. */
  static final class Sorting {
    public static void main(String[] args) throws Exception {
      try (Sql sql = Sql.open(args[0] + "?memoryLimit=1MB");
          Statement statement = sql.connection.createStatement();
          ResultSet rows = statement.executeQuery(SORTED)) {
        long count = rows.next() ? 1 : 0;
        System.out.println("sorted");
        System.in.read(); // until it is told to go on
        while (rows.next()) {
          count++;
        }
        System.out.println(count);
      }
    }
  }

  @BeforeEach
  void fill() throws Exception {
    try (Sql sql = Sql.open(store)) {
      sql.run(
          "CREATE TABLE t (id BIGINT, name TEXT)",
          "INSERT INTO t SELECT g, 'a name that takes some room, number ' || CAST(MOD(g * 7919, 40000) AS"
              + " VARCHAR) FROM generate_series(0, 39999) AS x(g)");
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Sorting.class.getName(),
                Sql.url(store)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(store.resolve("tmp"))) {
      return files.toList();
    }
  }

  /** Files without a name that a process has open in the store, where the system tells. */
  private boolean hasScratch(Process process) throws IOException {
    Path open = Path.of("/proc/" + process.pid() + "/fd");
    if (!Files.isDirectory(open)) {
      return true;
    }
    Path directory = store.toRealPath().resolve("tmp");
    try (Stream<Path> files = Files.list(open)) {
      return files.anyMatch(file -> target(file).startsWith(directory + "/versor-"));
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aKilledProcessLeavesNoFiles() throws Exception {
    Process process = start();
    try (BufferedReader output = output(process)) {
      assertEquals("sorted", output.readLine());
      assertTrue(hasScratch(process));
      process.destroyForcibly(); // SIGKILL: it can clean nothing up
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
    try (Sql sql = Sql.open(Sql.url(store) + "?memoryLimit=1MB")) {
      assertEquals(List.of(), left());
      assertEquals(ROWS, sql.rows(SORTED).size());
    }
    assertEquals(List.of(), left());
  }

  @Test
  void whoeverOpensTheStoreLeavesTheFilesOfOthers() throws Exception {
    Process process = start();
    try (BufferedReader output = output(process)) {
      assertEquals("sorted", output.readLine());
      try (Sql sql = Sql.open(Sql.url(store) + "?memoryLimit=1MB")) {
        assertEquals(ROWS, sql.rows(SORTED).size());
      }
      Sql.open(store).close();
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
      assertEquals(String.valueOf(ROWS), output.readLine());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Where the system keeps the names of open files, a killed process leaves them. */
  @Test
  void namedFilesOfTheDeadAreRemovedAndThoseInUseAreNot() throws Exception {
    Path tmp = Files.createDirectories(store.resolve("tmp"));
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
    List<Path> dead = new ArrayList<>();
    Path stuck = tmp.resolve("stuck");
    for (int i = 0; i < 20; i++) {
      if (i == 10) {
        Files.createDirectories(stuck.resolve("here"));
      }
      dead.add(Files.write(tmp.resolve("versor-dead-" + i), new byte[100]));
      Files.setLastModifiedTime(dead.get(i), longAgo);
    }
    Files.setLastModifiedTime(stuck, longAgo);
    Path used = Files.write(tmp.resolve("versor-used"), new byte[100]);
    try (Sql sql = Sql.open(store)) {
      assertEquals(String.valueOf(ROWS), sql.text("SELECT COUNT(*) FROM t"));
    }
    assertFalse(dead.stream().anyMatch(Files::exists));
    assertTrue(Files.exists(used));
    assertTrue(Files.exists(stuck)); // what cannot be removed stands in nobody's way
  }
}
