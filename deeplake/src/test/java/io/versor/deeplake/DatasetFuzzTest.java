package io.versor.deeplake;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files that somebody has forged are read, or refused, and soon. */
class DatasetFuzzTest {
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

  @Test
  void forgedFilesAreRefusedOrRead() throws Exception {
    fuzz(300, 1);
  }

  @Test
  @Tag("long")
  void manyForgedFilesAreRefusedOrRead() throws Exception {
    fuzz(500, 1_000);
  }

  private static void fuzz(int executions, long firstSeed) throws Exception {
    for (long seed = firstSeed; seed < firstSeed + executions; seed++) {
      Random random = new Random(seed);
      byte[] input = mutated(DatasetFuzz.seed(random.nextInt(DatasetFuzz.fileCount())), random);
      long begin = System.nanoTime();
      try {
        DatasetFuzz.fuzzerTestOneInput(input);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
      long took = System.nanoTime() - begin;
      assertTrue(took < MOST_NANOS, "seed " + seed + " took " + took + " ns");
    }
  }

  /** Some bytes are others, moved, doubled or gone; numbers are extreme ones. */
  private static byte[] mutated(byte[] input, Random random) {
    byte[] bytes = input;
    for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 2; i--) {
      int at = 1 + random.nextInt(bytes.length - 1);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : bytes[at] ^ 0x80);
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) -random.nextInt(2));
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        default -> {
          int from = 1 + random.nextInt(bytes.length - 1);
          int length = Math.min(random.nextInt(24), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }
}
