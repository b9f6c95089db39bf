package io.versor.engine.system;

import io.versor.engine.ProcedureInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.DerivedTables;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.Store;
import io.versor.format.TableSnapshot;
import io.versor.format.ref.NearNames;
import io.versor.format.type.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/** The schema {@code versor} of one statement. */
public final class SystemSchema extends AbstractSchema {
  private final Map<String, VersorTable> functions = new HashMap<>();
  private final DerivedTables derived;

  /**
   * @param derived what else can be read beside the tables of a version
   */
  public SystemSchema(DerivedTables derived) {
    this.derived = derived;
  }

  /** Tables that tools list. */
  public static List<VersorTable> listed() {
    return List.copyOf(SystemTables.ALL.values());
  }

  /**
   * Makes a table of a table function's result.
   *
   * @param arguments empty for NULL, or where a parameter has no value yet
   * @return its name in this schema
   */
  public String registerFunction(
      String function, List<Optional<String>> arguments, Versions versions)
      throws StoreException, StatementException {
    StringBuilder name = new StringBuilder(function).append('(');
    for (int i = 0; i < arguments.size(); i++) {
      name.append(i == 0 ? "" : ", ").append(arguments.get(i).orElse("NULL"));
    }
    String key = name.append(')').toString();
    if (!functions.containsKey(key)) {
      functions.put(key, TableFunctions.call(function, arguments, key, versions, derived));
    }
    return key;
  }

  /** {@code t$history} and the like, for a table of a version. */
  public static Optional<VersorTable> beside(Store store, Version version, String name) {
    int dollar = name.lastIndexOf('$');
    if (dollar < 1) {
      return Optional.empty();
    }
    Optional<TableSnapshot> table = version.snapshot().findTable(name.substring(0, dollar));
    if (table.isPresent() && name.substring(dollar).equalsIgnoreCase(ConflictRows.SUFFIX)) {
      return Optional.of(ConflictRows.of(version.schema(), version.snapshot(), table.get()));
    }
    if (table.isPresent() && name.substring(dollar).equalsIgnoreCase(RowDiffs.SUFFIX)) {
      return Optional.of(
          RowDiffs.history(version.schema(), version.snapshot(), table.get(), store));
    }
    if (table.isPresent() && name.substring(dollar).equalsIgnoreCase(RowHistories.SUFFIX)) {
      String shown = table.get().schema().name() + RowHistories.SUFFIX;
      return Optional.of(RowHistories.of(version.schema(), shown, version.snapshot(), table.get()));
    }
    return Optional.empty();
  }

  @Override
  public Lookup<Table> tables() {
    return new Lookup<>() {
      @Override
      public @Nullable Table get(String name) {
        VersorTable function = functions.get(name);
        return function != null ? function : SystemTables.ALL.get(name.toLowerCase(Locale.ROOT));
      }

      @Override
      public @Nullable Named<Table> getIgnoreCase(String name) {
        Table table = get(name);
        return table == null ? null : new Named<>(((VersorTable) table).schema().name(), table);
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        return SystemTables.ALL.keySet();
      }
    };
  }

  static String near(String wrong) {
    return NearNames.question(wrong, tableFunctions().stream().map(ProcedureInfo::name).toList());
  }

  /** Those that can be called in FROM, by name. */
  public static List<ProcedureInfo> tableFunctions() {
    return TableFunctions.ALL;
  }
}
