package io.versor.format.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.versor.format.io.FormatText;
import io.versor.format.io.MemoryStore;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The worked example of the specification is what this code writes. */
class LogExampleTest {
  @Test
  void exampleSegmentIsInTheSpecification() throws Exception {
    MemoryStore store = new MemoryStore();
    int end;
    try (BranchLog log = LogTestData.create(store)) {
      log.append("hello".getBytes(UTF_8));
      log.sync();
      log.append("versor".getBytes(UTF_8));
      end = (int) log.end().offset();
    }
    byte[] segment = LogTestData.bytes(store, LogTestData.FIRST_SEGMENT);
    FormatText.assertContains(FormatText.dump(Arrays.copyOf(segment, end)));
  }
}
