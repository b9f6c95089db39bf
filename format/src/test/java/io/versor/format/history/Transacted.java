package io.versor.format.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * A transaction on lists, as whoever ran it saw it.
 *
 * @param client who ran it; one after the other
 * @param begun before it was begun, in nanoseconds of a clock that all share
 * @param ended when its end had been told
 */
public record Transacted(
    int client, long begun, long ended, Outcome outcome, List<Operation> operations) {
  /** What its end was told to be. */
  public enum Outcome {
    COMMITTED,
    /** Refused, or taken back. */
    ABORTED,
    /** Nobody knows. */
    UNKNOWN
  }

  /**
   * What it did to the list of one key: read it, or put a number behind it.
   *
   * @param values all that was read, or the one number that was appended
   */
  public record Operation(boolean append, int key, List<Integer> values) {
    public static Operation read(int key, Integer... values) {
      return new Operation(false, key, List.of(values));
    }

    public static Operation append(int key, int value) {
      return new Operation(true, key, List.of(value));
    }

    private String line() {
      StringJoiner values = new StringJoiner(",");
      this.values.forEach(value -> values.add(value.toString()));
      return (append ? "a" : "r") + key + "=" + values;
    }

    private static Operation ofLine(String line) {
      int equals = line.indexOf('=');
      List<Integer> values =
          equals + 1 == line.length()
              ? List.of()
              : Arrays.stream(line.substring(equals + 1).split(",")).map(Integer::valueOf).toList();
      return new Operation(
          line.charAt(0) == 'a', Integer.parseInt(line.substring(1, equals)), values);
    }
  }

  /** One line of text, for another process to read. */
  public String line() {
    StringJoiner line = new StringJoiner(" ");
    line.add("txn").add(client + "").add(begun + "").add(ended + "").add(outcome.name());
    operations.forEach(operation -> line.add(operation.line()));
    return line.toString();
  }

  /** What {@link #line} has written. */
  public static Transacted ofLine(String line) {
    String[] words = line.split(" ");
    List<Operation> operations = new ArrayList<>();
    for (String word : List.of(words).subList(5, words.length)) {
      operations.add(Operation.ofLine(word));
    }
    return new Transacted(
        Integer.parseInt(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Outcome.valueOf(words[4]),
        operations);
  }
}
