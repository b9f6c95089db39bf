package io.versor.format.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who must come before whom, and the cycles that snapshot isolation does not have. */
final class DependencyGraph {
  /** Why one comes before another. */
  enum Kind {
    WW,
    WR,
    RW,
    TIME
  }

  record Step(int from, int to, Kind kind) {}

  record Cycle(String name, List<Step> path) {}

  private final List<List<Step>> steps = new ArrayList<>();

  DependencyGraph(int nodes) {
    for (int i = 0; i < nodes; i++) {
      addNode();
    }
  }

  int addNode() {
    steps.add(new ArrayList<>());
    return steps.size() - 1;
  }

  /** What depends on itself is no dependency. */
  void add(int from, int to, Kind kind) {
    if (from != to) {
      steps.get(from).add(new Step(from, to, kind));
    }
  }

  /** The first kind of cycle there is, from the worst on. */
  Optional<Cycle> findCycle() {
    return cycle("G0 write cycle", EnumSet.of(Kind.WW), 0)
        .or(() -> cycle("G1c circular information flow", EnumSet.of(Kind.WW, Kind.WR), 0))
        .or(() -> cycle("stale: G1c with time", EnumSet.of(Kind.WW, Kind.WR, Kind.TIME), 0))
        .or(() -> cycle("G-single read skew", EnumSet.of(Kind.WW, Kind.WR, Kind.RW), 1))
        .or(() -> cycle("G-SI", EnumSet.of(Kind.WW, Kind.WR, Kind.RW), Integer.MAX_VALUE))
        .or(() -> cycle("G-SI with time", EnumSet.allOf(Kind.class), Integer.MAX_VALUE));
  }

  /**
   * A cycle of such steps without two RW one behind the other.
   *
   * @param most RW in it
   */
  private Optional<Cycle> cycle(String name, Set<Kind> kinds, int most) {
    return most == 1 ? cycleOfOneRw(name, kinds) : cycleOfLayers(name, kinds);
  }

  /** From where each RW leads back to where it began. */
  private Optional<Cycle> cycleOfOneRw(String name, Set<Kind> kinds) {
    Set<Kind> others = EnumSet.copyOf(kinds);
    others.remove(Kind.RW);
    for (List<Step> from : steps) {
      for (Step step : from) {
        if (step.kind() == Kind.RW) {
          Optional<List<Step>> back = path(step.to(), step.from(), others);
          if (back.isPresent()) {
            List<Step> path = new ArrayList<>(List.of(step));
            path.addAll(back.get());
            return Optional.of(new Cycle(name, path));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<List<Step>> path(int from, int to, Set<Kind> kinds) {
    Step[] by = new Step[steps.size()];
    boolean[] seen = new boolean[steps.size()];
    Deque<Integer> queue = new ArrayDeque<>(List.of(from));
    seen[from] = true;
    while (!queue.isEmpty()) {
      int node = queue.remove();
      if (node == to) {
        List<Step> path = new ArrayList<>();
        for (int at = to; at != from; at = by[at].from()) {
          path.add(0, by[at]);
        }
        return Optional.of(path);
      }
      for (Step step : steps.get(node)) {
        if (kinds.contains(step.kind()) && !seen[step.to()]) {
          seen[step.to()] = true;
          by[step.to()] = step;
          queue.add(step.to());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Depth first, over pairs of a node and whether an RW led to it: from there no other RW leads on.
   * A cycle of pairs is a cycle of nodes without two RW in a row, its seam included.
   */
  private Optional<Cycle> cycleOfLayers(String name, Set<Kind> kinds) {
    byte[] state = new byte[2 * steps.size()]; // 1 under way, 2 done
    int[] next = new int[2 * steps.size()];
    for (int start = 0; start < steps.size(); start++) {
      if (state[2 * start] != 0) {
        continue;
      }
      Deque<Integer> stack = new ArrayDeque<>();
      Deque<Step> taken = new ArrayDeque<>();
      stack.push(2 * start);
      state[2 * start] = 1;
      while (!stack.isEmpty()) {
        int pair = stack.peek();
        List<Step> out = steps.get(pair / 2);
        if (next[pair] == out.size()) {
          state[stack.pop()] = 2;
          taken.poll();
          continue;
        }
        Step step = out.get(next[pair]++);
        boolean rw = step.kind() == Kind.RW;
        if (!kinds.contains(step.kind()) || rw && pair % 2 == 1) {
          continue;
        }
        int to = 2 * step.to() + (rw ? 1 : 0);
        if (state[to] == 1) {
          return Optional.of(new Cycle(name, closed(stack, taken, to, step)));
        }
        if (state[to] == 0) {
          state[to] = 1;
          stack.push(to);
          taken.push(step);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Step> closed(Deque<Integer> stack, Deque<Step> taken, int to, Step last) {
    List<Step> path = new ArrayList<>(List.of(last));
    Step[] steps = taken.toArray(Step[]::new);
    int at = 0;
    for (int pair : stack) {
      if (pair == to) {
        break;
      }
      path.add(0, steps[at++]);
    }
    return path;
  }
}
