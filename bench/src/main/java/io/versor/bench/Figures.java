package io.versor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;

/** Medians and quartiles, printed as rows of a table. */
public final class Figures {
  private Figures() {}

  static long median(long[] times) {
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static void print(String what, long[] times) {
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "| %s | %.3f ms (quartiles %.3f to %.3f, %d runs) |%n",
        what,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length / 4] / 1e6,
        sorted[3 * sorted.length / 4] / 1e6,
        sorted.length);
  }

  static void ratio(String what, long[] measured, long[] against) {
    System.out.printf("| %s | %.2f |%n", what, median(measured) / (double) median(against));
  }

  /** Copies a directory with all that is in it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  /** Deletes a directory and all that is in it, if it is there. */
  public static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
