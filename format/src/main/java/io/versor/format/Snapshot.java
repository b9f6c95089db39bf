package io.versor.format;

import io.versor.format.ref.CommitId;
import io.versor.format.table.BranchState;
import io.versor.format.table.LastSeal;
import io.versor.format.table.TableState;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All tables and views at one moment of one branch. Immutable, thread-safe, and needs no closing;
 * stays readable while the store is open.
 */
public final class Snapshot {
  private final Core core;
  private final BranchState state;
  private final String display;
  private final List<TableSnapshot> tables;
  private final List<ViewSchema> views;

  Snapshot(Core core, BranchState state, String display) {
    this.core = core;
    this.state = state;
    this.display = display;
    List<TableSnapshot> all = new ArrayList<>();
    for (TableState table : state.tables().values()) {
      all.add(new TableSnapshot(core, table, display));
    }
    all.sort(Comparator.comparing(table -> table.schema().name()));
    this.tables = List.copyOf(all);
    this.views =
        state.views().values().stream().sorted(Comparator.comparing(ViewSchema::name)).toList();
  }

  BranchState state() {
    return state;
  }

  /** By name. */
  public List<TableSnapshot> tables() {
    return tables;
  }

  /** By name. */
  public List<ViewSchema> views() {
    return views;
  }

  /** The table with this name; else the only one whose name differs from it only in case. */
  public Optional<TableSnapshot> findTable(String name) {
    return find(tables, table -> table.schema().name(), name);
  }

  /** The view with this name; else the only one whose name differs from it only in case. */
  public Optional<ViewSchema> findView(String name) {
    return find(views, ViewSchema::name, name);
  }

  private static <T> Optional<T> find(List<T> all, Function<T, String> nameOf, String name) {
    List<T> similar = new ArrayList<>();
    for (T each : all) {
      if (nameOf.apply(each).equals(name)) {
        return Optional.of(each);
      }
      if (nameOf.apply(each).equalsIgnoreCase(name)) {
        similar.add(each);
      }
    }
    return similar.size() == 1 ? Optional.of(similar.get(0)) : Optional.empty();
  }

  /** The table with this id. */
  public Optional<TableSnapshot> findTable(long tableId) {
    for (TableSnapshot table : tables) {
      if (table.schema().id() == tableId) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }

  /** The view with this id. */
  public Optional<ViewSchema> findView(long viewId) {
    return Optional.ofNullable(state.views().get(viewId));
  }

  /** For messages: {@code branch main}, {@code commit 3f9c21…}. */
  public String display() {
    return display;
  }

  /** The last commit at or before this state. */
  public Optional<CommitId> lastCommit() {
    return state.lastSeal().map(LastSeal::id);
  }

  /** The merge whose conflicts wait to be resolved, if there is one. */
  public Optional<ConflictedMerge> pendingMerge() {
    return state.pending().map(merge -> new ConflictedMerge(core, merge));
  }

  /** The state before the first commit of all, to compare with. */
  public Snapshot beforeEverything() {
    return new Snapshot(core, MergeBases.empty(), "the empty store");
  }

  /** The commit this is; empty when records came after the last one. */
  public Optional<CommitId> commit() {
    return state.isCommit() ? lastCommit() : Optional.empty();
  }

  /** Whether both show the same frame of the same log. */
  public boolean sameAs(Snapshot other) {
    return state.position().equals(other.state.position()) && core == other.core;
  }
}
