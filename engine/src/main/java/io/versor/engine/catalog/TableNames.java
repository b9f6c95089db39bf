package io.versor.engine.catalog;

import io.versor.engine.StatementException;
import io.versor.format.Snapshot;
import io.versor.format.TableSnapshot;
import io.versor.format.ref.NearNames;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables and views by the names that statements give them. */
public final class TableNames {
  private TableNames() {}

  /** Of tables and views of a state. */
  public static List<String> all(Snapshot at) {
    List<String> names = new ArrayList<>();
    at.tables().forEach(table -> names.add(table.schema().name()));
    at.views().forEach(view -> names.add(view.name()));
    return names;
  }

  /** Whether a state has a table or a view of this name. */
  public static boolean isTaken(String name, Snapshot at) {
    return all(at).stream().anyMatch(name::equalsIgnoreCase);
  }

  /** The table of a state, in any case. */
  public static TableSnapshot require(String table, Snapshot at) throws StatementException {
    Optional<TableSnapshot> found = at.findTable(table);
    return found.isPresent() ? found.get() : no(table, at);
  }

  /** An error for a name that is a view's where a table is needed. */
  public static void refuseView(String table, Snapshot at) throws StatementException {
    Optional<ViewSchema> view = at.findView(table);
    if (view.isPresent()) {
      throw new StatementException(
          "42809", view.get().name() + " is a view; a table is needed here, such as one it reads");
    }
  }

  private static TableSnapshot no(String table, Snapshot at) throws StatementException {
    refuseView(table, at);
    throw new StatementException(
        "42P01",
        "no table "
            + table
            + " in "
            + at.display()
            + NearNames.question(table, at.tables().stream().map(t -> t.schema().name()).toList()));
  }

  /** The view of a state, in any case. */
  public static ViewSchema requireView(String view, Snapshot at) throws StatementException {
    Optional<ViewSchema> found = at.findView(view);
    if (found.isPresent()) {
      return found.get();
    }
    if (at.findTable(view).isPresent()) {
      throw new StatementException("42809", view + " is a table; a view is needed here");
    }
    throw new StatementException(
        "42P01",
        "no view "
            + view
            + " in "
            + at.display()
            + NearNames.question(view, at.views().stream().map(ViewSchema::name).toList()));
  }
}
