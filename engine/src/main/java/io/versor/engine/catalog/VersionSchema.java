package io.versor.engine.catalog;

import io.versor.format.TableSnapshot;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** The tables of one version. */
final class VersionSchema extends AbstractSchema {
  private final Version version;
  private final DerivedTables derived;

  VersionSchema(Version version, DerivedTables derived) {
    this.version = version;
    this.derived = derived;
  }

  @Override
  public Lookup<Table> tables() {
    return new Lookup<>() {
      @Override
      public @Nullable Table get(String name) {
        Named<Table> table = getIgnoreCase(name);
        return table == null ? null : table.entity();
      }

      @Override
      public @Nullable Named<Table> getIgnoreCase(String name) {
        Optional<TableSnapshot> found = version.snapshot().findTable(name);
        if (found.isPresent()) {
          return new Named<>(
              found.get().schema().name(), new TensorTable(version.schema(), found.get()));
        }
        return derived.find(version, name).orElse(null);
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        return new HashSet<>(TableNames.all(version.snapshot()));
      }
    };
  }
}
