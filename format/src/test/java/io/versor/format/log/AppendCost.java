package io.versor.format.log;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What does an append and its sync cost, beside the least a durable write can cost on the same disk
 * at the same time? Pairs of both in turn, since disks have moods. Run by hand: {@code main
 * <directory> <pairs> <payload bytes>}.
 */
final class AppendCost {
  private static final int BLOCK = 4096;

  private AppendCost() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(arguments[0]), "append-cost");
    int pairs = Integer.parseInt(arguments[1]);
    byte[] payload = LogTestData.payload(1, Integer.parseInt(arguments[2]));
    try (ObjectStore store = DirectoryStore.open(directory.resolve("store"), OpenMode.CREATE);
        BranchLog log = LogTestData.create(store);
        FileChannel bare =
            FileChannel.open(
                directory.resolve("bare"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      bare.write(ByteBuffer.allocate((pairs + 1000) * BLOCK), 0);
      bare.force(true);
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      long[] ours = new long[pairs];
      long[] theirs = new long[pairs];
      for (int i = -1000; i < pairs; i++) {
        long start = System.nanoTime();
        log.append(payload);
        log.sync();
        long middle = System.nanoTime();
        bare.write(block.clear(), (i + 1000L) * BLOCK);
        bare.force(false);
        long end = System.nanoTime();
        if (i >= 0) {
          ours[i] = middle - start;
          theirs[i] = end - middle;
        }
      }
      Arrays.sort(ours);
      Arrays.sort(theirs);
      for (double q : List.of(0.05, 0.5, 0.95)) {
        int i = (int) (q * (pairs - 1));
        System.out.printf(
            "p%02.0f: append+sync %.1f us, bare write+force %.1f us, ratio %.2f%n",
            q * 100, ours[i] / 1e3, theirs[i] / 1e3, (double) ours[i] / theirs[i]);
      }
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }
}
