package io.versor.engine.plan;

import io.versor.engine.catalog.Versions;
import io.versor.format.type.StoreException;
import java.util.List;

/**
 * What a plan takes for granted: where the session is, and which commits its revisions name. {@code
 * HEAD} is another commit after the next one, a tag may be dropped and made again.
 *
 * @param current the schema of tables without one
 * @param branch what HEAD is of
 */
record Premises(String current, String branch, List<Named> named) {
  /** The commit something names, as the name of its schema. */
  @FunctionalInterface
  interface Naming {
    String schema(Versions versions) throws StoreException;
  }

  /** The same, and the commit it named when the plan was made. */
  record Named(Naming naming, String schema) {}

  Premises {
    named = List.copyOf(named);
  }

  boolean hold(Versions versions) throws StoreException {
    if (!current.equals(versions.current()) || !branch.equals(versions.branch())) {
      return false;
    }
    for (Named each : named) {
      if (!each.naming().schema(versions).equals(each.schema())) {
        return false;
      }
    }
    return true;
  }
}
