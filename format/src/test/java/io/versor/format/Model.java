package io.versor.format;

import io.versor.format.type.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a store must be, as naively as it can be said: every version is a list of rows, copied
 * whole. A row is known by a key that is never given twice, a column by a number.
 */
final class Model {
  /** A column that can be renamed and dropped; the key is none of them. */
  record Column(int number, String name) {}

  /** A view; to the store, its query is any text. */
  record View(String name, String sql) {}

  /** How another table numbers its rows, by its number. */
  static Identity identity(int side) {
    return new Identity(true, side, side % 2 == 0 ? -3 : 1);
  }

  /** Another table: numbers that are only ever added. */
  record Side(String name, List<Long> numbers) {}

  /**
   * One version of the table, and of the views beside it.
   *
   * <p>Rows are in table order: key to cells by column number. A cell is a text, a missing one is
   * NULL. The cells of a deleted row are null, and it keeps its place.
   */
  static final class Version {
    final LinkedHashMap<Long, Map<Integer, String>> rows = new LinkedHashMap<>();
    String name = TestStore.TABLE;
    List<Column> columns = List.of();
    final Map<String, String> properties = new TreeMap<>();

    /** By a number that a view keeps when it is renamed or redefined. */
    final Map<Integer, View> views = new TreeMap<>();

    /** Tables that come and go, by a number. */
    final Map<Integer, Side> sides = new TreeMap<>();

    Version copy() {
      Version copy = new Version();
      rows.forEach((key, cells) -> copy.rows.put(key, cells == null ? null : Map.copyOf(cells)));
      copy.name = name;
      copy.columns = columns;
      copy.properties.putAll(properties);
      copy.views.putAll(views);
      copy.sides.putAll(sides);
      return copy;
    }

    boolean has(long key) {
      return rows.get(key) != null;
    }

    String cell(long key, int column) {
      return rows.get(key).get(column);
    }

    boolean hasColumn(int number) {
      return columns.stream().anyMatch(column -> column.number() == number);
    }

    String nameOf(int number) {
      return columns.stream()
          .filter(column -> column.number() == number)
          .map(Column::name)
          .findFirst()
          .orElse(null);
    }

    void set(long key, int column, String value) {
      Map<Integer, String> cells = new HashMap<>(rows.get(key));
      if (value == null) {
        cells.remove(column);
      } else {
        cells.put(column, value);
      }
      rows.put(key, cells);
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

    /** The version as text: what there is beside rows, and the rows. */
    List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add(columnNames() + " " + properties + " " + name + " " + new TreeSet<>(viewLines()));
      lines.addAll(sideLines());
      for (long key : keys()) {
        lines.add(line(key));
      }
      return lines;
    }

    List<String> columnNames() {
      return columns.stream().map(Column::name).toList();
    }

    List<String> viewLines() {
      return views.values().stream().map(view -> view.name() + ": " + view.sql()).toList();
    }

    /** In no order that matters: rows of others come behind ours. */
    List<String> sideLines() {
      return sides.values().stream()
          .map(side -> side.name() + " " + new TreeSet<>(side.numbers()))
          .sorted()
          .toList();
    }

    /** Other tables that differ from an older version, with what came to each. */
    Set<String> sideDiff(Version older) {
      Set<String> lines = new HashSet<>();
      Set<Integer> numbers = new HashSet<>(sides.keySet());
      numbers.addAll(older.sides.keySet());
      for (int number : numbers) {
        Side from = older.sides.get(number);
        Side to = sides.get(number);
        if (from == null || to == null) {
          lines.add(from == null ? "created " + to.name() : "dropped " + from.name());
          continue;
        }
        List<Long> added = new ArrayList<>(to.numbers());
        added.removeAll(from.numbers());
        List<Long> removed = new ArrayList<>(from.numbers());
        removed.removeAll(to.numbers());
        if (!added.isEmpty() || !removed.isEmpty()) {
          lines.add(to.name() + " +" + added.size() + " -" + removed.size());
        }
      }
      return lines;
    }

    /** Views that differ from an older version, as text. */
    Set<String> viewDiff(Version older) {
      Set<String> lines = new HashSet<>();
      Set<Integer> numbers = new HashSet<>(views.keySet());
      numbers.addAll(older.views.keySet());
      for (int number : numbers) {
        View from = older.views.get(number);
        View to = views.get(number);
        if (!Objects.equals(from, to)) {
          lines.add((from == null ? "" : from.name()) + " to " + (to == null ? "" : to.name()));
        }
      }
      return lines;
    }

    String line(long key) {
      List<String> texts = new ArrayList<>();
      for (Column column : columns) {
        String cell = cell(key, column.number());
        texts.add(cell == null ? "NULL" : TestStore.shown(cell));
      }
      return key + "=" + String.join(",", texts);
    }

    /** Columns whose cell differs from an older version's row; one it lacks was NULL there. */
    List<Integer> changed(Version older, long key) {
      List<Integer> changed = new ArrayList<>();
      for (Column column : columns) {
        String before = older.hasColumn(column.number()) ? older.cell(key, column.number()) : null;
        if (!Objects.equals(before, cell(key, column.number()))) {
          changed.add(column.number());
        }
      }
      return changed;
    }

    /** Rows that differ from an older version, as text, in no order. */
    Set<String> diff(Version older) {
      Set<String> lines = new HashSet<>();
      for (long key : keys()) {
        if (!older.has(key)) {
          lines.add("ADDED " + key);
        } else if (!changed(older, key).isEmpty()) {
          List<String> names = changed(older, key).stream().map(this::nameOf).sorted().toList();
          lines.add("MODIFIED " + key + " " + names);
        }
      }
      for (long key : older.keys()) {
        if (!has(key)) {
          lines.add("REMOVED " + key);
        }
      }
      return lines;
    }
  }

  /** A commit: what it holds and where it came from, and what its branch would have drawn next. */
  record Commit(int number, Version version, List<Commit> parents, Map<Integer, Long> next) {
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

    /** The next number of each other table that has given out one; only restarting sets it back. */
    final Map<Integer, Long> next = new TreeMap<>();

    /** Gives out nothing that a commit has given out. */
    void catchUp(Commit theirs) {
      for (int side : theirs.version.sides.keySet()) {
        Long there = theirs.next.get(side);
        long here = next.getOrDefault(side, identity(side).start());
        if (there != null && (identity(side).increment() > 0 ? there > here : there < here)) {
          next.put(side, there);
        }
      }
    }

    /** A merge whose conflicts were kept; its commit gets these parents. */
    Pending pending;

    /** Rows in another order, which mutual merges and a soft reset can lead to, are no change. */
    boolean changed() {
      return pending != null
          || !new HashSet<>(working.lines()).equals(new HashSet<>(head.version.lines()));
    }
  }

  /**
   * A merge that waits for its conflicts to be resolved.
   *
   * @param parent the second one of its commit, or null
   * @param rows keys of the rows that conflict still
   * @param merge what it came to
   */
  record Pending(Commit parent, Set<Long> rows, ModelMerge merge) {}

  final Map<String, Branch> branches = new LinkedHashMap<>();
  final Map<String, Commit> tags = new LinkedHashMap<>();

  /** Those that can be asked for. */
  final List<Commit> commits = new ArrayList<>();

  final Set<Commit> expired = new HashSet<>();
  private int made;

  /** What is left of the line that a commit was made on, or joined, by its place. */
  Optional<Commit> parent(Commit commit, int place) {
    Commit at = place < commit.parents().size() ? commit.parents().get(place) : null;
    while (at != null && expired.contains(at)) {
      at = at.parents().isEmpty() ? null : at.parents().get(0);
    }
    return Optional.ofNullable(at);
  }

  /** What is left of all the lines it joined, each once. */
  List<Commit> parents(Commit commit) {
    Set<Commit> left = new LinkedHashSet<>();
    for (int place = 0; place < commit.parents().size(); place++) {
      parent(commit, place).ifPresent(left::add);
    }
    return List.copyOf(left);
  }

  Commit commit(Branch branch, List<Commit> parents) {
    Commit commit = new Commit(made++, branch.working.copy(), parents, Map.copyOf(branch.next));
    commits.add(commit);
    branch.head = commit;
    branch.pending = null;
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
}
