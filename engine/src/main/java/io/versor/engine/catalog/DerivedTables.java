package io.versor.engine.catalog;

import java.util.Optional;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.lookup.Named;

/**
 * What stands beside the tables of a version: its views, and tables derived from each table under
 * its name and a suffix, which are never listed.
 */
@FunctionalInterface
public interface DerivedTables {
  /** What has this name, such as {@code t$history}, if the version has what it is made from. */
  Optional<Named<Table>> find(Version version, String name);
}
