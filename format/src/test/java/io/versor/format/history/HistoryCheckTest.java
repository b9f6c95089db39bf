package io.versor.format.history;

import static io.versor.format.history.Transacted.Operation.append;
import static io.versor.format.history.Transacted.Operation.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.history.HistoryCheck.Anomaly;
import io.versor.format.history.Transacted.Operation;
import io.versor.format.history.Transacted.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Histories made by hand: the check passes what is snapshot isolation, and names what is not. */
class HistoryCheckTest {
  private static final int X = 1;
  private static final int Y = 2;
  private static final int Z = 3;

  /** All at once, so that time says nothing. */
  private static Transacted txn(Outcome outcome, Operation... operations) {
    return new Transacted(0, 0, 100, outcome, List.of(operations));
  }

  private static Transacted done(Operation... operations) {
    return txn(Outcome.COMMITTED, operations);
  }

  private static Transacted at(long begun, long ended, Operation... operations) {
    return new Transacted(0, begun, ended, Outcome.COMMITTED, List.of(operations));
  }

  private static Map<Integer, List<Integer>> lists(Object... keysAndValues) {
    Map<Integer, List<Integer>> lists = new TreeMap<>();
    int key = 0;
    for (Object each : keysAndValues) {
      if (each instanceof List<?> list) {
        lists.put(key, list.stream().map(Integer.class::cast).toList());
      } else {
        key = (Integer) each;
      }
    }
    return lists;
  }

  private static void passes(Map<Integer, List<Integer>> lists, Transacted... history) {
    assertEquals(List.of(), HistoryCheck.of(List.of(history), lists));
  }

  private static void found(String name, Map<Integer, List<Integer>> lists, Transacted... history) {
    List<Anomaly> anomalies = HistoryCheck.of(List.of(history), lists);
    assertTrue(
        anomalies.stream().anyMatch(anomaly -> anomaly.name().startsWith(name)),
        () -> "expected " + name + ", found " + anomalies);
  }

  @Test
  void oneAfterTheOtherPasses() {
    passes(
        lists(X, List.of(1, 2), Y, List.of(3)),
        at(0, 1, append(X, 1)),
        at(2, 3, read(X, 1), append(X, 2), read(X, 1, 2)),
        at(4, 5, read(Y), append(Y, 3)),
        at(6, 7, read(X, 1, 2), read(Y, 3)));
  }

  /** Two that read what the other writes: snapshot isolation allows that, serializability not. */
  @Test
  void writeSkewPasses() {
    passes(
        lists(X, List.of(1), Y, List.of(2)),
        done(read(Y), append(X, 1)),
        done(read(X), append(Y, 2)));
  }

  /** What read an old state is no part of the order of writers. */
  @Test
  void readersOfOldStatesPass() {
    passes(
        lists(X, List.of(1, 2), Y, List.of(3)),
        done(append(X, 1)),
        done(read(X, 1), append(X, 2)),
        done(read(X, 1), read(Y)),
        done(append(Y, 3), read(X)));
  }

  @Test
  void unknownOutcomesMayBeEither() {
    Transacted unknown = txn(Outcome.UNKNOWN, append(X, 1), append(Y, 2));
    passes(lists(), unknown, done(read(X)));
    passes(lists(X, List.of(1), Y, List.of(2)), unknown, done(read(X, 1)));
    found("half a transaction", lists(X, List.of(1)), unknown);
  }

  @Test
  void lostUpdate() {
    found("lost update", lists(X, List.of(2)), done(read(X), append(X, 1)), done(append(X, 2)));
    // Both in the list, but neither saw the other: one cycle of ww and rw.
    found(
        "G-single",
        lists(X, List.of(1, 2)),
        done(read(X), append(X, 1)),
        done(read(X), append(X, 2)));
  }

  /** New rows meet nobody, but half of those of a transaction are not seen. */
  @Test
  void listsOfRows() {
    Transacted one = done(read(X), append(X, 1), append(Y, 3));
    Transacted other = done(read(X), append(X, 2));
    Map<Integer, List<Integer>> lists = lists(X, List.of(1, 2), Y, List.of(3));
    assertEquals(List.of(), HistoryCheck.of(List.of(one, other), lists, key -> true));
    List<Transacted> half = List.of(one, other, done(read(X, 1, 2), read(Y)));
    assertEquals("G-single read skew", HistoryCheck.of(half, lists, key -> true).get(0).name());
  }

  @Test
  void dirtyAndAbortedReads() {
    found("G1a", lists(), txn(Outcome.ABORTED, append(X, 1)), done(read(X, 1)));
    found("G1a", lists(X, List.of(1)), txn(Outcome.ABORTED, append(X, 1)));
    found("garbage", lists(), done(read(X, 7)));
    found("duplicate", lists(X, List.of(1, 1)), done(append(X, 1)));
  }

  @Test
  void intermediateRead() {
    found("G1b", lists(X, List.of(1, 2)), done(append(X, 1), append(X, 2)), done(read(X, 1)));
  }

  @Test
  void nonRepeatableReadAndUnseenWrites() {
    found("non-repeatable", lists(X, List.of(1)), done(append(X, 1)), done(read(X), read(X, 1)));
    found("own write unseen", lists(X, List.of(1)), done(append(X, 1), read(X)));
  }

  @Test
  void ordersThatDoNotAgree() {
    found(
        "incompatible order",
        lists(X, List.of(1, 2)),
        done(append(X, 1)),
        done(append(X, 2)),
        done(read(X, 2)));
  }

  @Test
  void writeCycle() {
    found(
        "G0",
        lists(X, List.of(1, 2), Y, List.of(4, 3)),
        done(append(X, 1), append(Y, 3)),
        done(append(X, 2), append(Y, 4)));
  }

  @Test
  void circularInformationFlow() {
    found(
        "G1c",
        lists(X, List.of(1), Y, List.of(2)),
        done(append(X, 1), read(Y, 2)),
        done(append(Y, 2), read(X, 1)));
  }

  /** Half of a transaction seen. */
  @Test
  void readSkew() {
    found(
        "G-single",
        lists(X, List.of(1), Y, List.of(2)),
        done(append(X, 1), append(Y, 2)),
        done(read(X, 1), read(Y)));
  }

  /** Two readers see two writers in two orders. */
  @Test
  void longFork() {
    found(
        "G-SI",
        lists(X, List.of(1), Y, List.of(2)),
        done(append(X, 1)),
        done(append(Y, 2)),
        done(read(X, 1), read(Y)),
        done(read(X), read(Y, 2)));
  }

  /** What somebody was told is there is not seen by who comes later. */
  @Test
  void staleRead() {
    found("G-SI with time", lists(X, List.of(1)), at(0, 1, append(X, 1)), at(2, 3, read(X)));
    found("stale", lists(X, List.of(1, 2)), at(5, 6, append(X, 1)), at(2, 3, append(X, 2)));
  }

  @Test
  void refusedOnesReadSnapshotsToo() {
    found(
        "G-single",
        lists(X, List.of(1), Y, List.of(2)),
        done(append(X, 1), append(Y, 2)),
        txn(Outcome.ABORTED, read(X, 1), read(Y), append(Z, 3)));
  }

  @Test
  void transactionsAreReadAsTheyWereWritten() {
    Transacted one = done(append(X, 1), read(Y), read(Z, 4, 5));
    assertEquals(one, Transacted.ofLine(one.line()));
  }

  /** Random programs run as snapshot isolation asks for pass; one spoilt read does not. */
  @Test
  void simulatedHistoriesPassAndSpoiltOnesDoNot() {
    int spoilt = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Map<Integer, List<Integer>> lists = new TreeMap<>();
      List<Transacted> history = simulate(random, lists);
      assertEquals(List.of(), HistoryCheck.of(history, lists), "seed " + seed);
      List<Transacted> other = spoil(history, random);
      if (!other.equals(history)) {
        spoilt++;
        assertTrue(!HistoryCheck.of(other, lists).isEmpty(), "spoilt, seed " + seed);
      }
    }
    assertTrue(spoilt > 60, spoilt + " spoilt");
  }

  /** Transactions with snapshots of a moment and first-committer-wins. */
  private static List<Transacted> simulate(Random random, Map<Integer, List<Integer>> now) {
    List<Transacted> history = new ArrayList<>();
    List<Map<Integer, List<Integer>>> states = new ArrayList<>();
    states.add(Map.of());
    for (int value = 1; value <= 40; value++) {
      int seen = Math.max(0, states.size() - 1 - random.nextInt(4));
      Map<Integer, List<Integer>> snapshot = states.get(seen);
      int read = random.nextInt(4);
      int write = random.nextInt(4);
      List<Integer> before = snapshot.getOrDefault(write, List.of());
      boolean wins = before.equals(now.getOrDefault(write, List.of()));
      List<Operation> operations =
          List.of(
              new Operation(false, read, snapshot.getOrDefault(read, List.of())),
              new Operation(false, write, before),
              append(write, value));
      if (wins) {
        List<Integer> list = new ArrayList<>(before);
        list.add(value);
        now.put(write, list);
        states.add(new TreeMap<>(now));
      }
      history.add(
          new Transacted(0, 0, 1_000, wins ? Outcome.COMMITTED : Outcome.ABORTED, operations));
    }
    return history;
  }

  /** Somebody who appends did not see the last that is before his. */
  private static List<Transacted> spoil(List<Transacted> history, Random random) {
    List<Transacted> spoilt = new ArrayList<>(history);
    int at = random.nextInt(history.size());
    Transacted one = history.get(at);
    List<Integer> before = one.operations().get(1).values();
    boolean twice = one.operations().get(0).key() == one.operations().get(1).key();
    if (one.outcome() == Outcome.COMMITTED && !before.isEmpty() && !twice) {
      List<Operation> operations = new ArrayList<>(one.operations());
      operations.set(
          1, new Operation(false, operations.get(1).key(), before.subList(0, before.size() - 1)));
      spoilt.set(at, new Transacted(0, 0, 1_000, one.outcome(), operations));
    }
    return spoilt;
  }
}
