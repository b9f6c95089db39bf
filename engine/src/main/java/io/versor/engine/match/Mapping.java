package io.versor.engine.match;

import io.versor.engine.keep.KeptRows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which variable each row of a match is of. Rows come at the end, and are taken back from there.
 */
final class Mapping {
  private final Variables variables;
  private final KeptRows kept;

  /** The sets that a variable is in, but for that of all. */
  private final int[][] setsOf;

  /** Places in the match of the rows of each set, in order. */
  private final int[][] places;

  private final int[] sizes;

  private int[] labels = new int[16];

  /** A number for each row that came, which no other has that came. */
  private long[] serials = new long[16];

  private long came;
  private int size;
  private int start;

  Mapping(Variables variables, KeptRows kept) {
    this.variables = variables;
    this.kept = kept;
    List<List<Integer>> sets = variables.sets();
    this.setsOf = new int[variables.names().size()][];
    for (int variable = 0; variable < setsOf.length; variable++) {
      int number = variable;
      setsOf[variable] =
          IntStream.range(1, sets.size()).filter(set -> sets.get(set).contains(number)).toArray();
    }
    this.places = new int[sets.size()][4];
    this.sizes = new int[sets.size()];
  }

  /** Begins with no rows at a row of the partition. */
  void begin(int row) {
    truncate(0);
    start = row;
  }

  void add(int variable) {
    if (size == labels.length) {
      labels = grown(labels);
      kept.add((long) Long.BYTES * size);
      serials = Arrays.copyOf(serials, labels.length);
    }
    labels[size] = variable;
    serials[size] = ++came;
    for (int set : setsOf[variable]) {
      if (sizes[set] == places[set].length) {
        places[set] = grown(places[set]);
      }
      places[set][sizes[set]++] = size;
    }
    size++;
    sizes[Variables.ALL] = size;
  }

  private int[] grown(int[] array) {
    kept.add((long) Integer.BYTES * array.length);
    return Arrays.copyOf(array, 2 * array.length);
  }

  void truncate(int rows) {
    while (size > rows) {
      size--;
      for (int set : setsOf[labels[size]]) {
        sizes[set]--;
      }
    }
    sizes[Variables.ALL] = size;
  }

  /** How many rows there are. */
  int size() {
    return size;
  }

  /** The row of the partition at which the match begins. */
  int start() {
    return start;
  }

  /** How many rows are of a set of variables. */
  int size(int set) {
    return sizes[set];
  }

  /** The row of the partition which is a row of a set. */
  int row(int set, int number) {
    return start + (set == Variables.ALL ? number : places[set][number]);
  }

  /** The number of a variable; -1 for a row of the partition that is not there. */
  int label(int row) {
    int place = row - start;
    return place >= 0 && place < size ? labels[place] : -1;
  }

  Variables variables() {
    return variables;
  }

  /** Tells a row of a set from one that was there before; those before it are the same, too. */
  long serial(int set, int number) {
    return serials[set == Variables.ALL ? number : places[set][number]];
  }
}
