package io.versor.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a store must be, as naively as it can be said: every version is a list of rows, copied
 * whole. A row is known by a key that is never given twice.
 */
final class Model {
  /**
   * Rows of one version in table order: key to cells. A cell is null or a text; the cells of a
   * deleted row are null, and it keeps its place.
   */
  static final class Version {
    final LinkedHashMap<Long, String[]> rows = new LinkedHashMap<>();

    Version copy() {
      Version copy = new Version();
      rows.forEach((key, cells) -> copy.rows.put(key, cells == null ? null : cells.clone()));
      return copy;
    }

    List<Long> keys() {
      List<Long> keys = new ArrayList<>();
      rows.forEach(
          (key, cells) -> {
            if (cells != null) {
              keys.add(key);
            }
          });
      return keys;
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      for (long key : keys()) {
        lines.add(key + "=" + String.join(",", texts(rows.get(key))));
      }
      return lines;
    }

    private static List<String> texts(String[] cells) {
      List<String> texts = new ArrayList<>();
      for (String cell : cells) {
        texts.add(cell == null ? "NULL" : TestStore.shown(cell));
      }
      return texts;
    }
  }

  /** A commit: what it holds and where it came from. */
  record Commit(int number, Version version, List<Commit> parents) {
    Set<Commit> ancestors() {
      Set<Commit> all = new HashSet<>();
      List<Commit> open = new ArrayList<>(List.of(this));
      while (!open.isEmpty()) {
        Commit next = open.remove(open.size() - 1);
        if (all.add(next)) {
          open.addAll(next.parents);
        }
      }
      return all;
    }

    int generation() {
      return 1 + parents.stream().mapToInt(Commit::generation).max().orElse(0);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Commit commit && commit.number == number;
    }

    @Override
    public int hashCode() {
      return number;
    }
  }

  /** A branch: its last commit and what it is now. */
  static final class Branch {
    Commit head;
    Version working = new Version();

    boolean changed() {
      return !working.lines().equals(head.version.lines());
    }
  }

  final Map<String, Branch> branches = new LinkedHashMap<>();
  final List<Commit> commits = new ArrayList<>();

  Commit commit(Branch branch, List<Commit> parents) {
    Commit commit = new Commit(commits.size(), branch.working.copy(), parents);
    commits.add(commit);
    branch.head = commit;
    return commit;
  }

  /** Candidates for the nearest common ancestor: those that no other common one reaches. */
  static List<Commit> mergeBases(Commit ours, Commit theirs) {
    Set<Commit> common = new HashSet<>(ours.ancestors());
    common.retainAll(theirs.ancestors());
    List<Commit> best = new ArrayList<>();
    for (Commit candidate : common) {
      boolean reached =
          common.stream()
              .anyMatch(other -> !other.equals(candidate) && other.ancestors().contains(candidate));
      if (!reached) {
        best.add(candidate);
      }
    }
    return best;
  }

  /** The merge of rows and cells, or null when something conflicts. */
  static Version merge(Version base, Version ours, Version theirs) {
    Version merged = new Version();
    for (Map.Entry<Long, String[]> row : ours.rows.entrySet()) {
      String[] before = base.rows.get(row.getKey());
      String[] mine = row.getValue();
      String[] other = theirs.rows.get(row.getKey());
      String[] result;
      if (before == null) { // new on either side, or on both
        if (mine != null && other != null && !Arrays.equals(mine, other)) {
          return null;
        }
        result = mine != null ? mine : other;
      } else if (mine == null || other == null) { // deleted on either side, or on both
        String[] left = mine != null ? mine : other;
        if (left != null && !Arrays.equals(before, left)) {
          return null;
        }
        result = null;
      } else {
        result = mergeCells(before, mine, other);
        if (result == null) {
          return null;
        }
      }
      merged.rows.put(row.getKey(), result == null ? null : result.clone());
    }
    for (Map.Entry<Long, String[]> row : theirs.rows.entrySet()) {
      if (!ours.rows.containsKey(row.getKey()) && row.getValue() != null) {
        merged.rows.put(row.getKey(), row.getValue().clone());
      }
    }
    return merged;
  }

  private static String[] mergeCells(String[] base, String[] ours, String[] theirs) {
    String[] merged = ours.clone();
    for (int i = 0; i < base.length; i++) {
      boolean hereSame = Objects.equals(base[i], ours[i]);
      boolean thereSame = Objects.equals(base[i], theirs[i]);
      if (hereSame) {
        merged[i] = theirs[i];
      } else if (!thereSame && !Objects.equals(ours[i], theirs[i])) {
        return null;
      }
    }
    return merged;
  }
}
