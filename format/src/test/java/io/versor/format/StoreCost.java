package io.versor.format;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What do an insert of one row and a version commit cost, beside the least a durable write can cost
 * on the same disk at the same time? In turn, since disks have moods. Run by hand: {@code main
 * <directory> <rounds>}.
 */
final class StoreCost {
  private static final int BLOCK = 4096;
  private static final String[] WHAT = {"insert", "commit", "branch", "bare write+force"};

  private StoreCost() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(arguments[0]), "store-cost");
    int rounds = Integer.parseInt(arguments[1]);
    try (TestStore opened =
            new TestStore(DirectoryStore.open(directory.resolve("store"), OpenMode.CREATE));
        FileChannel bare =
            FileChannel.open(
                directory.resolve("bare"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      opened.createTable();
      bare.write(ByteBuffer.allocate(64 << 20), 0);
      bare.force(true);
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      long[][] nanos = new long[WHAT.length][rounds];
      for (int i = -rounds; i < rounds; i++) {
        long[] at = new long[WHAT.length + 1];
        at[0] = System.nanoTime();
        StoreScript.insert(opened, "main", i, 1, "some text");
        at[1] = System.nanoTime();
        StoreScript.commit(opened, "main", "version");
        at[2] = System.nanoTime();
        if (i % 10 == 0) {
          opened.store().createBranch("branch-" + (i + rounds), BranchStart.withChanges("main"));
        }
        at[3] = System.nanoTime();
        bare.write(block.clear(), (i + rounds) % 16_000 * (long) BLOCK);
        bare.force(false);
        at[4] = System.nanoTime();
        for (int k = 0; i >= 0 && k < WHAT.length; k++) {
          nanos[k][i] = at[k + 1] - at[k];
        }
      }
      for (int k = 0; k < WHAT.length; k++) {
        long[] sorted = k == 2 ? every(nanos[k], 10) : nanos[k].clone();
        Arrays.sort(sorted);
        System.out.printf(
            "%-18s p50 %7.1f us  p95 %7.1f us  p99 %7.1f us%n",
            WHAT[k],
            sorted[sorted.length / 2] / 1e3,
            sorted[sorted.length * 95 / 100] / 1e3,
            sorted[sorted.length * 99 / 100] / 1e3);
      }
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  private static long[] every(long[] values, int step) {
    long[] some = new long[values.length / step];
    for (int i = 0; i < some.length; i++) {
      some[i] = values[i * step];
    }
    return some;
  }
}
