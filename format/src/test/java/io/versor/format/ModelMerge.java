package io.versor.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The three-way merge of {@link Model}'s versions, row by row and cell by cell. */
final class ModelMerge {
  /** Who is right where both sides changed the same thing. */
  enum Side {
    OURS,
    THEIRS,
    /** Neither: what was before. Merges of merge bases are decided so. */
    BASE
  }

  private final Model.Version base;
  private final Model.Version ours;
  final Model.Version theirs;
  private final Side side;

  /** What the merge comes to. */
  final Model.Version merged;

  /** Keys of rows in which a cell, or the row as a whole, conflicts. */
  final Set<Long> conflicts = new LinkedHashSet<>();

  private final Map<Long, List<Integer>> cellConflicts = new HashMap<>();

  /** Columns and properties that conflict. */
  final List<String> schemaConflicts = new ArrayList<>();

  ModelMerge(Model.Version base, Model.Version ours, Model.Version theirs, Side side) {
    this.base = base;
    this.ours = ours;
    this.theirs = theirs;
    this.side = side;
    merged = new Model.Version();
    merged.name = pick("name", base.name, ours.name, theirs.name);
    merged.columns = columns();
    mergeProperties();
    mergeViews();
    mergeSides();
    mergeRows();
  }

  /** The version two commits are merged over: their common ancestor, or several merged into one. */
  static Model.Version base(
      Model.Commit ours, Model.Commit theirs, Comparator<Model.Commit> order) {
    List<Model.Commit> bases = new ArrayList<>(Model.mergeBases(ours, theirs));
    bases.sort(order);
    Model.Commit virtual = bases.get(0);
    for (Model.Commit next : bases.subList(1, bases.size())) {
      Model.Version merged =
          new ModelMerge(base(virtual, next, order), virtual.version(), next.version(), Side.BASE)
              .merged;
      int number = Math.min(virtual.number(), 0) - 1; // commits are known by their numbers
      virtual = new Model.Commit(number, merged, List.of(virtual, next), Map.of());
    }
    return virtual.version();
  }

  /** Columns in which a row conflicts. */
  List<Integer> cellConflicts(long key) {
    return cellConflicts.getOrDefault(key, List.of());
  }

  /** Whether we deleted a row that they changed. */
  boolean deletedHere(long key) {
    return !ours.has(key) && theirs.has(key);
  }

  // --- columns and properties

  private List<Model.Column> columns() {
    List<Model.Column> columns = new ArrayList<>();
    for (Model.Column mine : ours.columns) {
      String before = base.nameOf(mine.number());
      String other = theirs.nameOf(mine.number());
      if (other != null) {
        String name = pickNamed("name of " + mine, before, mine.name(), other);
        columns.add(new Model.Column(mine.number(), name));
      } else if (before == null || !dropped(mine, ours)) {
        columns.add(mine);
      }
    }
    for (Model.Column other : theirs.columns) {
      if (ours.hasColumn(other.number())) {
        continue;
      }
      if (!base.hasColumn(other.number()) || keptThere(other)) {
        columns.add(other);
      }
    }
    return List.copyOf(columns);
  }

  /** A column of ours that they dropped: whether it goes. */
  private boolean dropped(Model.Column mine, Model.Version where) {
    if (!touched(mine, where)) {
      return true;
    }
    schemaConflicts.add("dropped there: " + mine.name());
    return side == Side.THEIRS;
  }

  /** A column of theirs that we dropped: whether it comes back. */
  private boolean keptThere(Model.Column other) {
    if (!touched(other, theirs)) {
      return false;
    }
    schemaConflicts.add("dropped here: " + other.name());
    return side == Side.THEIRS;
  }

  private boolean touched(Model.Column column, Model.Version where) {
    if (!column.name().equals(base.nameOf(column.number()))) {
      return true;
    }
    for (long key : where.keys()) {
      String before = base.has(key) ? base.cell(key, column.number()) : null;
      if (!Objects.equals(before, where.cell(key, column.number()))) {
        return true;
      }
    }
    return false;
  }

  private void mergeProperties() {
    Set<String> keys = new TreeSet<>(ours.properties.keySet());
    keys.addAll(theirs.properties.keySet());
    for (String key : keys) {
      String value =
          pick(
              "property " + key,
              base.properties.get(key),
              ours.properties.get(key),
              theirs.properties.get(key));
      if (value != null) {
        merged.properties.put(key, value);
      }
    }
  }

  private void mergeViews() {
    Set<Integer> numbers = new TreeSet<>(ours.views.keySet());
    numbers.addAll(theirs.views.keySet());
    for (int number : numbers) {
      Model.View before = base.views.get(number);
      Model.View mine = ours.views.get(number);
      Model.View other = theirs.views.get(number);
      boolean both = mine != null && other != null;
      Model.View view =
          both
              ? new Model.View(
                  pickNamed(
                      "name of view",
                      before == null ? null : before.name(),
                      mine.name(),
                      other.name()),
                  pickNamed(
                      "query of view",
                      before == null ? null : before.sql(),
                      mine.sql(),
                      other.sql()))
              : view(before, mine, other);
      if (view != null) {
        merged.views.put(number, view);
      }
    }
  }

  private void mergeSides() {
    Set<Integer> numbers = new TreeSet<>(ours.sides.keySet());
    numbers.addAll(theirs.sides.keySet());
    for (int number : numbers) {
      Model.Side before = base.sides.get(number);
      Model.Side mine = ours.sides.get(number);
      Model.Side other = theirs.sides.get(number);
      Model.Side side =
          mine != null && other != null ? both(before, mine, other) : whole(before, mine, other);
      if (side != null) {
        merged.sides.put(number, side);
      }
    }
  }

  /** Numbers that one side has taken back, by a revert or a reset, go; new ones come. */
  private static Model.Side both(Model.Side before, Model.Side mine, Model.Side other) {
    List<Long> numbers = new ArrayList<>(mine.numbers());
    List<Long> known = before == null ? List.of() : before.numbers();
    numbers.removeIf(number -> known.contains(number) && !other.numbers().contains(number));
    for (long number : other.numbers()) {
      if (!known.contains(number) && !numbers.contains(number)) {
        numbers.add(number);
      }
    }
    return new Model.Side(mine.name(), numbers);
  }

  /** A table that one side does not have. */
  private Model.Side whole(Model.Side before, Model.Side mine, Model.Side other) {
    if (before == null) {
      return mine == null ? other : mine;
    }
    Model.Side left = mine == null ? other : mine;
    if (new TreeSet<>(left.numbers()).equals(new TreeSet<>(before.numbers()))) {
      return null;
    }
    schemaConflicts.add("table " + left.name());
    return this.side == Side.THEIRS ? other : mine;
  }

  /** What a thing cannot be without; null before if the thing was not there. */
  private String pickNamed(String what, String before, String mine, String other) {
    if (before != null || mine.equals(other)) {
      return pick(what, before, mine, other);
    }
    schemaConflicts.add(what);
    return side == Side.THEIRS ? other : mine;
  }

  /** A view that one side does not have, as a whole. */
  private Model.View view(Model.View before, Model.View mine, Model.View other) {
    if (Objects.equals(mine, other) || Objects.equals(before, other)) {
      return mine;
    }
    if (Objects.equals(before, mine)) {
      return other;
    }
    schemaConflicts.add("view " + mine + " and " + other);
    return side == Side.THEIRS ? other : mine;
  }

  private String pick(String what, String before, String mine, String other) {
    if (Objects.equals(mine, other) || Objects.equals(before, other)) {
      return mine;
    }
    if (Objects.equals(before, mine)) {
      return other;
    }
    schemaConflicts.add(what);
    return decided(before, mine, other);
  }

  private <T> T decided(T before, T mine, T other) {
    return switch (side) {
      case OURS -> mine;
      case THEIRS -> other;
      case BASE -> before;
    };
  }

  // --- rows

  private void mergeRows() {
    for (long key : ours.rows.keySet()) {
      merged.rows.put(key, row(key));
    }
    for (long key : theirs.keys()) {
      Map<Integer, String> row = ours.rows.containsKey(key) ? null : row(key);
      if (row != null) {
        merged.rows.put(key, row);
      }
    }
  }

  private Map<Integer, String> row(long key) {
    boolean was = base.has(key);
    if (ours.has(key) && theirs.has(key)) {
      return cells(key);
    }
    if (!was) {
      return ours.has(key) || theirs.has(key) ? cells(key) : null;
    }
    Model.Version left = ours.has(key) ? ours : theirs.has(key) ? theirs : null;
    if (left == null || left.changed(base, key).isEmpty()) {
      return null;
    }
    conflicts.add(key);
    Model.Version winner = decided(base, ours, theirs);
    return winner.has(key) ? known(winner, key) : null;
  }

  /** A row as one side has it. */
  private Map<Integer, String> known(Model.Version version, long key) {
    return known(version, key, merged.columns);
  }

  Map<Integer, String> known(Model.Version version, long key, List<Model.Column> columns) {
    Map<Integer, String> cells = new HashMap<>();
    for (Model.Column column : columns) {
      if (version.hasColumn(column.number())) {
        put(cells, column.number(), version.cell(key, column.number()));
      }
    }
    return cells;
  }

  private Map<Integer, String> cells(long key) {
    Map<Integer, String> cells = new HashMap<>();
    for (Model.Column column : merged.columns) {
      put(cells, column.number(), cell(key, column.number()));
    }
    return cells;
  }

  private static void put(Map<Integer, String> cells, int column, String value) {
    if (value != null) {
      cells.put(column, value);
    }
  }

  private String cell(long key, int column) {
    boolean here = ours.has(key) && ours.hasColumn(column);
    boolean there = theirs.has(key) && theirs.hasColumn(column);
    if (!here || !there) {
      return here ? ours.cell(key, column) : there ? theirs.cell(key, column) : null;
    }
    String mine = ours.cell(key, column);
    String other = theirs.cell(key, column);
    String before = base.has(key) && base.hasColumn(column) ? base.cell(key, column) : null;
    if (Objects.equals(mine, other)) {
      return mine;
    }
    if (base.has(key) && Objects.equals(before, other)) {
      return mine;
    }
    if (base.has(key) && Objects.equals(before, mine)) {
      return other;
    }
    conflicts.add(key);
    cellConflicts.computeIfAbsent(key, each -> new ArrayList<>()).add(column);
    return decided(before, mine, other);
  }
}
