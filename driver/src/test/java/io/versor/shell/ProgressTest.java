package io.versor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void longStatementTellsItsPlaceAndWhatWasWritten() throws InterruptedException {
    AtomicLong size = new AtomicLong(1000);
    Progress progress =
        new Progress(
            err,
            "a.sql:7",
            size::get,
            () -> 1_234_567,
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            false);
    size.set(1000 + 5 * 1024 * 1024);
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!printed().contains("written") && System.nanoTime() < deadline) {
      Thread.sleep(5); // its thread prints when it gets to it
    }
    progress.close();
    assertTrue(printed().contains("a.sql:7: 0 s, 1,234,567 rows, 5.0 MB written"), printed());
    String atClose = printed();
    Thread.sleep(100); // five times the pace at which it would go on
    assertEquals(atClose, printed());
  }

  @Test
  void shortStatementTellsNothing() throws InterruptedException {
    new Progress(err, "a.sql:7", () -> 1, () -> 0, Duration.ofHours(1), Duration.ofHours(1), true)
        .close();
    assertEquals("", printed());
  }
}
