package io.versor.engine.system;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Versions;
import io.versor.format.Diff;
import io.versor.format.Snapshot;
import io.versor.format.Store;
import io.versor.format.TableSnapshot;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;

/**
 * Two versions and a table in them, as arguments of a function name them: the table by its name in
 * the newer one if it is there, else in the older; in the other by its id.
 *
 * @param from the state before the first commit of all if there is no other
 * @param before empty where the older version does not have the table
 * @param after empty where the newer version does not have it
 */
record TwoStates(
    Snapshot from, Snapshot to, Optional<TableSnapshot> before, Optional<TableSnapshot> after) {

  /**
   * @param arguments the table, and from where to where; by default from the last commit to what is
   *     not committed
   */
  static TwoStates of(List<Optional<String>> arguments, Versions versions)
      throws StoreException, StatementException {
    Snapshot to = TableFunctions.to(arguments, 2, versions).orElseThrow();
    Snapshot from = TableFunctions.from(arguments, 1, versions).orElse(to.beforeEverything());
    String table = arguments.get(0).orElseThrow();
    Optional<TableSnapshot> after = to.findTable(table);
    Optional<TableSnapshot> before = from.findTable(table);
    if (after.isPresent()) {
      before = from.findTable(after.get().schema().id()); // it may have had another name
    } else if (before.isPresent()) {
      after = to.findTable(before.get().schema().id());
    } else {
      TableNames.refuseView(table, to);
      TableNames.refuseView(table, from);
      throw new StatementException(
          "42P01", "no table " + table + " in " + from.display() + " nor in " + to.display());
    }
    return new TwoStates(from, to, before, after);
  }

  /**
   * Tells whether the arguments name the same two commits in the versions of a later statement, so
   * that what is made of them stays. Never in a view, which is read in versions of its own.
   */
  CursorTable.Alike alike(List<Optional<String>> arguments, Versions versions) {
    if (from.commit().isEmpty() || to.commit().isEmpty() || versions.isOfView()) {
      return later -> false;
    }
    return later ->
        TableFunctions.to(arguments, 2, later).orElseThrow().commit().equals(to.commit())
            && TableFunctions.from(arguments, 1, later)
                .map(each -> each.commit().equals(from.commit()))
                .orElse(false);
  }

  DiffSegment segment(Store store, Diff.RowFilter filter) throws StoreException {
    long id = after.or(() -> before).orElseThrow().schema().id();
    return new DiffSegment(
        before,
        after,
        store.diff(from, to).openRows(id, filter),
        Optional.empty(),
        Optional.empty());
  }
}
