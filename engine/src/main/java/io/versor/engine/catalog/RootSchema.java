package io.versor.engine.catalog;

import io.versor.engine.type.Carried;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/**
 * Every version as a schema, found by its name when a statement mentions it. There may be millions
 * of commits, so none is listed.
 */
public final class RootSchema extends AbstractSchema {
  private final Versions versions;
  private final Map<String, Schema> system;
  private final DerivedTables derived;

  private RootSchema(Versions versions, Map<String, Schema> system, DerivedTables derived) {
    this.versions = versions;
    this.system = system;
    this.derived = derived;
  }

  /**
   * The planner's view of the versions of one statement.
   *
   * @param system schemas that are of no version, by their names
   * @param derived what stands beside the tables of each version
   */
  public static CalciteSchema of(
      Versions versions, Map<String, Schema> system, DerivedTables derived) {
    // The caching kind of root would list the schemas, and never find one that is not listed.
    return CalciteSchema.createRootSchema(
        false, false, "", new RootSchema(versions, system, derived));
  }

  @Override
  public Lookup<? extends Schema> subSchemas() {
    return new Lookup<Schema>() {
      @Override
      public @Nullable Schema get(String name) {
        Named<Schema> schema = getIgnoreCase(name);
        return schema == null ? null : schema.entity();
      }

      @Override
      public @Nullable Named<Schema> getIgnoreCase(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Schema known = system.get(lower); // no branch can be called so
        if (known != null) {
          return new Named<>(lower, known);
        }
        Optional<Version> version = Carried.through(() -> versions.find(name));
        return version.isEmpty()
            ? null
            : new Named<>(version.get().schema(), new VersionSchema(version.get(), derived));
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        return system.keySet();
      }
    };
  }
}
