package io.versor.engine.match;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import io.versor.engine.work.Poll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern as instructions. Those that have two ways on name the preferred one first, so that who
 * takes first ways first, and goes back to the last second way left, meets all matches in the order
 * of preference.
 *
 * <p>A repetition beyond the least number that takes no row is no way on: there would be no end of
 * them.
 */
public final class Program {
  /** So many take about a megabyte, and are reached by numbers in braces and by PERMUTE alone. */
  static final int MOST_INSTRUCTIONS = 1 << 16;

  /** A row: the variable, and the number among instructions like this one. */
  static final int ROW = 0;

  /** A row that is not shown. */
  static final int HIDDEN_ROW = 1;

  /** Two ways on. */
  static final int FORK = 2;

  static final int JUMP = 3;

  /** Keeps the place in a register. */
  static final int ENTER = 4;

  /** No way on at the place that a register has. */
  static final int MOVED = 5;

  static final int FIRST_ROW = 6;
  static final int LAST_ROW = 7;
  static final int ACCEPT = 8;

  private int[] codes = new int[16];
  private int[] first = new int[16];
  private int[] second = new int[16];
  private int size;
  private int rows;
  private int registers;

  private Program() {}

  /**
   * @throws Carried 54001 if repetitions written out are too long
   */
  public static Program of(Pattern pattern) {
    long length = plus(length(pattern), 1);
    if (length > MOST_INSTRUCTIONS) {
      throw new Carried(
          new StatementException(
              "54001",
              "PATTERN is "
                  + (length == Long.MAX_VALUE ? "far too many" : length)
                  + " steps long with its repetitions and permutations written out; at most "
                  + MOST_INSTRUCTIONS
                  + ": use smaller numbers in braces, or * and +, and count in DEFINE"));
    }
    Program program = new Program();
    program.add(pattern, false);
    program.emit(ACCEPT, 0, 0);
    return program;
  }

  /** How many instructions; the greatest number there is for more than one can count. */
  private static long length(Pattern pattern) {
    if (pattern instanceof Pattern.Sequence sequence) {
      return sum(sequence.parts());
    }
    if (pattern instanceof Pattern.Choice choice) {
      return plus(sum(choice.parts()), 2L * choice.parts().size());
    }
    if (pattern instanceof Pattern.Permuted permuted) {
      long orders = 1;
      for (int i = 2; i <= permuted.parts().size(); i++) {
        orders = times(orders, i);
      }
      return times(orders, plus(sum(permuted.parts()), 2));
    }
    if (pattern instanceof Pattern.Repeated repeated) {
      long copies =
          repeated.most() == Pattern.Repeated.NO_BOUND ? repeated.least() + 1L : repeated.most();
      return times(copies, plus(length(repeated.part()), 4));
    }
    return pattern instanceof Pattern.Excluded excluded ? length(excluded.part()) : 1;
  }

  private static long sum(List<Pattern> parts) {
    long sum = 0;
    for (Pattern part : parts) {
      sum = plus(sum, length(part));
    }
    return sum;
  }

  private static long plus(long left, long right) {
    long sum = left + right;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long times(long left, long right) {
    return left != 0 && right > Long.MAX_VALUE / left ? Long.MAX_VALUE : left * right;
  }

  private int emit(int code, int to, int otherwise) {
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, 2 * size);
      first = Arrays.copyOf(first, 2 * size);
      second = Arrays.copyOf(second, 2 * size);
    }
    codes[size] = code;
    first[size] = to;
    second[size] = otherwise;
    return size++;
  }

  private void add(Pattern pattern, boolean hidden) {
    Poll.poll();
    if (pattern instanceof Pattern.Variable variable) {
      emit(hidden ? HIDDEN_ROW : ROW, variable.number(), rows++);
    } else if (pattern instanceof Pattern.Sequence sequence) {
      sequence.parts().forEach(part -> add(part, hidden));
    } else if (pattern instanceof Pattern.Choice choice) {
      addChoice(choice.parts(), hidden);
    } else if (pattern instanceof Pattern.Permuted permuted) {
      List<Pattern> orders = new ArrayList<>();
      addOrders(permuted.parts(), new ArrayList<>(), orders);
      addChoice(orders, hidden);
    } else if (pattern instanceof Pattern.Repeated repeated) {
      addRepeated(repeated, hidden);
    } else if (pattern instanceof Pattern.Excluded excluded) {
      add(excluded.part(), true);
    } else {
      emit(pattern == Pattern.Anchor.FIRST_ROW ? FIRST_ROW : LAST_ROW, 0, 0);
    }
  }

  private void addChoice(List<Pattern> parts, boolean hidden) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < parts.size() - 1; i++) {
      int fork = emit(FORK, size + 1, 0);
      add(parts.get(i), hidden);
      ends.add(emit(JUMP, 0, 0));
      second[fork] = size;
    }
    add(parts.get(parts.size() - 1), hidden);
    ends.forEach(end -> first[end] = size);
  }

  private static void addOrders(List<Pattern> left, List<Pattern> chosen, List<Pattern> orders) {
    if (left.isEmpty()) {
      orders.add(new Pattern.Sequence(chosen));
      return;
    }
    for (int i = 0; i < left.size(); i++) {
      List<Pattern> rest = new ArrayList<>(left);
      List<Pattern> more = new ArrayList<>(chosen);
      more.add(rest.remove(i));
      addOrders(rest, more, orders);
    }
  }

  private void addRepeated(Pattern.Repeated repeated, boolean hidden) {
    for (int i = 0; i < repeated.least(); i++) {
      add(repeated.part(), hidden);
    }
    if (repeated.most() == Pattern.Repeated.NO_BOUND) {
      int fork = emit(FORK, 0, 0);
      addMoving(repeated.part(), hidden);
      emit(JUMP, fork, 0);
      onwards(fork, repeated.reluctant());
      return;
    }
    List<Integer> forks = new ArrayList<>();
    for (int i = repeated.least(); i < repeated.most(); i++) {
      forks.add(emit(FORK, 0, 0));
      addMoving(repeated.part(), hidden);
    }
    forks.forEach(fork -> onwards(fork, repeated.reluctant()));
  }

  /** A fork into what follows it, and behind what there is now. */
  private void onwards(int fork, boolean reluctant) {
    first[fork] = reluctant ? size : fork + 1;
    second[fork] = reluctant ? fork + 1 : size;
  }

  private void addMoving(Pattern part, boolean hidden) {
    if (!canBeEmpty(part)) {
      add(part, hidden);
      return;
    }
    int register = registers++;
    emit(ENTER, register, 0);
    add(part, hidden);
    emit(MOVED, register, 0);
  }

  private static boolean canBeEmpty(Pattern pattern) {
    if (pattern instanceof Pattern.Variable) {
      return false;
    }
    if (pattern instanceof Pattern.Sequence sequence) {
      return sequence.parts().stream().allMatch(Program::canBeEmpty);
    }
    if (pattern instanceof Pattern.Permuted permuted) {
      return permuted.parts().stream().allMatch(Program::canBeEmpty);
    }
    if (pattern instanceof Pattern.Choice choice) {
      return choice.parts().stream().anyMatch(Program::canBeEmpty);
    }
    if (pattern instanceof Pattern.Repeated repeated) {
      return repeated.least() == 0 || canBeEmpty(repeated.part());
    }
    return !(pattern instanceof Pattern.Excluded excluded) || canBeEmpty(excluded.part());
  }

  int code(int at) {
    return codes[at];
  }

  /** The variable, where to go on, or the register. */
  int first(int at) {
    return first[at];
  }

  /** The number of the row instruction, or where else to go on. */
  int second(int at) {
    return second[at];
  }

  /** How many instructions take a row. */
  int rows() {
    return rows;
  }

  int registers() {
    return registers;
  }
}
