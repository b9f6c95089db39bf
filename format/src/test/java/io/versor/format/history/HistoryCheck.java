package io.versor.format.history;

import io.versor.format.history.Transacted.Operation;
import io.versor.format.history.Transacted.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Tells whether a history of transactions on lists can be one of snapshot isolation.
 *
 * <p>Lists that only grow show the order of their writers. From it follows who must come before
 * whom: the writer before the next one (ww) and before who reads it (wr), who did not see it yet
 * before its writer (rw), and who had ended before who began after. Snapshot isolation is that no
 * cycle is left of these in which no two rw follow one another (Cerone and Gotsman, 2016). The
 * anomalies are called as Adya and Elle call them.
 */
public final class HistoryCheck {
  /** What must not be, and where it was seen. */
  public record Anomaly(String name, String where) {}

  /** Places of a transaction's last append to a key, and whether it is its last. */
  private record Written(int transaction, boolean last) {}

  private final List<Transacted> history;
  private final Map<Integer, List<Integer>> lists;
  private final Map<Integer, Map<Integer, Written>> writers = new HashMap<>();
  private final List<Anomaly> anomalies = new ArrayList<>();
  private final DependencyGraph graph;

  private final IntPredicate inRows;

  private HistoryCheck(
      List<Transacted> history, Map<Integer, List<Integer>> lists, IntPredicate inRows) {
    this.inRows = inRows;
    this.history = history;
    this.lists = lists;
    this.graph = new DependencyGraph(history.size());
  }

  /**
   * All anomalies of a history; the first few of each kind at least.
   *
   * @param lists by key, as they are at the end
   */
  public static List<Anomaly> of(List<Transacted> history, Map<Integer, List<Integer>> lists) {
    return of(history, lists, key -> false);
  }

  /**
   * @param inRows keys whose lists are rows, of which each appends another: writers do not meet,
   *     but whoever reads depends on each row that is there and each that is not
   */
  public static List<Anomaly> of(
      List<Transacted> history, Map<Integer, List<Integer>> lists, IntPredicate inRows) {
    HistoryCheck check = new HistoryCheck(history, lists, inRows);
    check.noteWriters();
    check.checkLists();
    for (int i = 0; i < history.size(); i++) {
      check.checkWithin(i);
      if (history.get(i).outcome() != Outcome.ABORTED) {
        check.checkAppends(i);
      }
    }
    if (check.anomalies.isEmpty()) {
      check.addDependencies();
      check.graph.findCycle().ifPresent(cycle -> check.found(cycle.name(), check.show(cycle)));
    }
    return check.anomalies;
  }

  private void found(String name, String where) {
    anomalies.add(new Anomaly(name, where));
  }

  private String show(DependencyGraph.Cycle cycle) {
    StringBuilder text = new StringBuilder();
    cycle
        .path()
        .forEach(
            step ->
                text.append(step.from() < history.size() ? history.get(step.from()) : "time")
                    .append(" -")
                    .append(step.kind())
                    .append("-> "));
    return text.toString();
  }

  private Map<Integer, Written> writersOf(int key) {
    return writers.computeIfAbsent(key, k -> new HashMap<>());
  }

  private void noteWriters() {
    for (int i = 0; i < history.size(); i++) {
      Map<Integer, Integer> last = new TreeMap<>();
      for (Operation operation : history.get(i).operations()) {
        if (operation.append()) {
          Integer before = last.put(operation.key(), operation.values().get(0));
          if (before != null) {
            writersOf(operation.key()).put(before, new Written(i, false));
          }
          Written other =
              writersOf(operation.key()).put(operation.values().get(0), new Written(i, true));
          if (other != null) {
            throw new IllegalArgumentException("two append the same: " + operation);
          }
        }
      }
    }
  }

  /** Nothing in the lists that was not appended, was taken back, or comes twice. */
  private void checkLists() {
    lists.forEach(
        (key, values) -> {
          Set<Integer> seen = new HashSet<>();
          for (int value : values) {
            checkValue(key, value, "the list of " + key + " at the end");
            if (!seen.add(value)) {
              found("duplicate", value + " is twice in the list of " + key);
            }
          }
        });
  }

  private void checkValue(int key, int value, String where) {
    Written writer = writersOf(key).get(value);
    if (writer == null) {
      found("garbage read", where + ": nobody has appended " + value);
    } else if (history.get(writer.transaction()).outcome() == Outcome.ABORTED) {
      found("G1a aborted read", where + ": " + value + " was taken back");
    }
  }

  /** What is acknowledged is in the list. */
  private void checkAppends(int transaction) {
    Transacted one = history.get(transaction);
    int there = 0;
    int appends = 0;
    for (Operation operation : one.operations()) {
      if (operation.append()) {
        appends++;
        List<Integer> list = list(operation.key());
        boolean is = list.contains(operation.values().get(0));
        there += is ? 1 : 0;
        if (!is && one.outcome() == Outcome.COMMITTED) {
          found("lost update", operation + " of " + one);
        }
      }
    }
    if (one.outcome() == Outcome.UNKNOWN && there > 0 && there < appends) {
      found("half a transaction", one.toString());
    }
  }

  private List<Integer> list(int key) {
    return lists.getOrDefault(key, List.of());
  }

  /** Reads are prefixes of the list and what the transaction appended; two are the same. */
  private void checkWithin(int transaction) {
    Map<Integer, List<Integer>> own = new HashMap<>();
    Map<Integer, List<Integer>> first = new HashMap<>();
    for (Operation operation : history.get(transaction).operations()) {
      int key = operation.key();
      List<Integer> mine = own.computeIfAbsent(key, k -> new ArrayList<>());
      if (operation.append()) {
        mine.add(operation.values().get(0));
        continue;
      }
      String where = operation + " of " + history.get(transaction);
      int others = operation.values().size() - mine.size();
      if (others < 0
          || !operation.values().subList(others, operation.values().size()).equals(mine)) {
        found("own write unseen", where);
        continue;
      }
      List<Integer> read = operation.values().subList(0, others);
      List<Integer> before = first.putIfAbsent(key, read);
      if (before != null) {
        if (!before.equals(read)) {
          found("non-repeatable read", where);
        }
        continue;
      }
      checkRead(transaction, key, read, where);
    }
  }

  private void checkRead(int transaction, int key, List<Integer> read, String where) {
    int already = anomalies.size();
    read.forEach(value -> checkValue(key, value, where));
    if (anomalies.size() > already) {
      return;
    }
    if (!read.isEmpty()) {
      Written last = Objects.requireNonNull(writersOf(key).get(read.get(read.size() - 1)));
      if (!last.last() && last.transaction() != transaction) {
        found("G1b intermediate read", where);
      }
    }
    List<Integer> list = list(key);
    if (read.size() > list.size() || !list.subList(0, read.size()).equals(read)) {
      found("incompatible order", where + ", the list is " + list);
    }
  }

  private void addDependencies() {
    for (Map.Entry<Integer, List<Integer>> list : lists.entrySet()) {
      int before = -1;
      for (int value : list.getValue()) {
        int writer = writer(list.getKey(), value);
        if (before >= 0 && !inRows.test(list.getKey())) {
          graph.add(before, writer, DependencyGraph.Kind.WW);
        }
        before = writer;
      }
    }
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).outcome() != Outcome.UNKNOWN || happened(i)) {
        addReads(i);
      }
    }
    addTime();
  }

  private boolean happened(int transaction) {
    return history.get(transaction).operations().stream()
        .anyMatch(o -> o.append() && list(o.key()).contains(o.values().get(0)));
  }

  /** Of refused ones too: what they read must have been a snapshot. */
  private void addReads(int transaction) {
    Set<Integer> seen = new HashSet<>();
    Map<Integer, Integer> own = new HashMap<>();
    for (Operation operation : history.get(transaction).operations()) {
      int key = operation.key();
      if (operation.append()) {
        own.merge(key, 1, Integer::sum);
      } else if (seen.add(key)) {
        int read = operation.values().size() - own.getOrDefault(key, 0);
        List<Integer> list = list(key);
        boolean rows = inRows.test(key);
        for (int i = rows ? 0 : Math.max(0, read - 1); i < read; i++) {
          graph.add(writer(key, list.get(i)), transaction, DependencyGraph.Kind.WR);
        }
        for (int i = read; i < (rows ? list.size() : Math.min(read + 1, list.size())); i++) {
          graph.add(transaction, writer(key, list.get(i)), DependencyGraph.Kind.RW);
        }
      }
    }
  }

  private int writer(int key, int value) {
    return Objects.requireNonNull(writersOf(key).get(value)).transaction();
  }

  /** Whoever ended comes before whoever began later, by way of a node for each end. */
  private void addTime() {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).outcome() == Outcome.COMMITTED) {
        ends.add(i);
      }
    }
    ends.sort(Comparator.comparingLong(i -> history.get(i).ended()));
    List<Integer> begins = new ArrayList<>(history.size());
    for (int i = 0; i < history.size(); i++) {
      begins.add(i);
    }
    begins.sort(Comparator.comparingLong(i -> history.get(i).begun()));
    int node = -1;
    int next = 0;
    for (int begun : begins) {
      for (; next < ends.size(); next++) {
        if (history.get(ends.get(next)).ended() >= history.get(begun).begun()) {
          break;
        }
        int later = graph.addNode();
        graph.add(ends.get(next), later, DependencyGraph.Kind.TIME);
        if (node >= 0) {
          graph.add(node, later, DependencyGraph.Kind.TIME);
        }
        node = later;
      }
      if (node >= 0) {
        graph.add(node, begun, DependencyGraph.Kind.TIME);
      }
    }
  }
}
