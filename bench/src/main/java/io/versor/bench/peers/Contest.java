package io.versor.bench.peers;

import io.versor.bench.peers.Outcome.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One work that several engines do in turn, so that a busy machine is busy for all of them. The
 * answers must agree in every round. Who takes long is let off after a few.
 */
final class Contest {
  /** One engine's way to do the work; what it answers is compared. */
  interface Entry {
    Object once(int round) throws Exception;
  }

  private static final long LONG = 2_000_000_000;
  private static final int ROUNDS_OF_LONG = 3;

  private final String work;
  private final Promise promise;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  Contest(String work, Promise promise) {
    this.work = work;
    this.promise = promise;
  }

  Contest with(String engine, Entry entry) {
    entries.put(engine, entry);
    return this;
  }

  /** Runs some rounds that do not count, then those that do. */
  void run(Report report, int warmUp, int rounds) throws Exception {
    Map<String, long[]> times = new LinkedHashMap<>();
    entries.keySet().forEach(engine -> times.put(engine, new long[rounds]));
    List<String> engines = new ArrayList<>(entries.keySet());
    for (int round = -warmUp; round < rounds; round++) {
      Object expected = null;
      String whose = "";
      for (String engine : engines) {
        if (letOff(times.get(engine), round)) {
          continue;
        }
        long start = System.nanoTime();
        Object answer = entries.get(engine).once(round + warmUp);
        long time = System.nanoTime() - start;
        if (round >= 0) {
          times.get(engine)[round] = time;
        }
        if (expected == null) {
          expected = answer;
          whose = engine;
        } else if (!Answers.agree(expected, answer)) {
          throw new IllegalStateException(
              "%s: %s answers %s, %s answers %s".formatted(work, whose, expected, engine, answer));
        }
      }
    }
    report.add(
        work,
        promise,
        times.entrySet().stream()
            .map(one -> new Outcome(work, one.getKey(), Unit.TIME, taken(one.getValue())))
            .toList());
  }

  /** Whether an engine has shown often enough that it takes long. */
  private static boolean letOff(long[] times, int round) {
    return round >= ROUNDS_OF_LONG
        && Arrays.stream(times, 0, ROUNDS_OF_LONG).min().orElse(0) > LONG;
  }

  private static long[] taken(long[] times) {
    return Arrays.stream(times).filter(time -> time > 0).toArray();
  }
}
