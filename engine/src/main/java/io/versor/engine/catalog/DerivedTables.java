package io.versor.engine.catalog;

import java.util.Optional;

/** Tables that stand beside each table of a version under its name and a suffix, never listed. */
@FunctionalInterface
public interface DerivedTables {
  /** The table of this name, such as {@code t$history}, if the version has what it is made from. */
  Optional<VersorTable> find(Version version, String name);
}
