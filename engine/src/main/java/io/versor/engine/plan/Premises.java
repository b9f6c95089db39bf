package io.versor.engine.plan;

import io.versor.engine.catalog.Versions;
import io.versor.format.type.StoreException;
import java.util.List;

/**
 * What a plan takes for granted: where the session is, which commits its revisions name, and what
 * its views are. {@code HEAD} is another commit after the next one, a tag may be dropped and made
 * again, a view redefined.
 *
 * @param current the schema of tables without one
 * @param branch what HEAD is of
 */
record Premises(String current, String branch, List<Named> named) {
  /** What something names: a commit, as the name of its schema; a view, as its definition. */
  @FunctionalInterface
  interface Naming {
    String find(Versions versions) throws StoreException;
  }

  /** The same, and what it named when the plan was made. */
  record Named(Naming naming, String found) {}

  Premises {
    named = List.copyOf(named);
  }

  boolean hold(Versions versions) throws StoreException {
    if (!current.equals(versions.current()) || !branch.equals(versions.branch())) {
      return false;
    }
    for (Named each : named) {
      if (!each.naming().find(versions).equals(each.found())) {
        return false;
      }
    }
    return true;
  }
}
