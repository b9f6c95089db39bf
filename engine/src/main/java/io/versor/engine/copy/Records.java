package io.versor.engine.copy;

import java.util.Arrays;

/**
 * Some records of a text file, without their line ends.
 *
 * @param bytes that they lie in
 * @param bounds where each begins and ends: two for each
 * @param lines the line each begins at, from 1
 * @param first the number of the first record in the file, from 1
 */
record Records(byte[] bytes, int[] bounds, long[] lines, long first) {
  int count() {
    return lines.length;
  }

  int start(int record) {
    return bounds[2 * record];
  }

  int end(int record) {
    return bounds[2 * record + 1];
  }

  /** All but the first, which had another meaning and no number. */
  Records withoutFirst() {
    return new Records(
        bytes,
        Arrays.copyOfRange(bounds, 2, bounds.length),
        Arrays.copyOfRange(lines, 1, lines.length),
        first);
  }
}
