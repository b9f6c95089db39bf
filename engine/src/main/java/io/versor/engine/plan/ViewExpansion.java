package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.DerivedTables;
import io.versor.engine.catalog.StoredView;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.system.SystemSchema;
import io.versor.engine.type.Carried;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.StoreException;
import io.versor.format.type.ViewSchema;
import io.versor.parser.VersorParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.lookup.Named;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;

/**
 * Plans the queries of views that one statement reads, each in the version it is read in. One
 * thread.
 */
final class ViewExpansion implements StoredView.Expansion, DerivedTables {
  private final Versions versions;
  private final VersorTypeFactory types;
  private final CopiedQueries copies;
  private final Map<String, StoredView> known = new HashMap<>();
  private final Map<String, NameScope> scopes = new HashMap<>();
  private final Map<StoredView, Valid> valid = new IdentityHashMap<>();

  /** Views whose queries are being looked at, each of which the one before reads. */
  private final Set<StoredView> open = new LinkedHashSet<>();

  private final List<Premises.Named> premises = new ArrayList<>();

  ViewExpansion(Versions versions, VersorTypeFactory types, CopiedQueries copies) {
    this.versions = versions;
    this.types = types;
    this.copies = copies;
  }

  /** What has to be so for the views to be what they were planned as. */
  List<Premises.Named> premises() {
    return premises;
  }

  @Override
  public Optional<Named<Table>> find(Version version, String name) {
    Optional<ViewSchema> view = version.snapshot().findView(name);
    if (view.isEmpty()) {
      int dollar = name.lastIndexOf('$');
      if (dollar > 0) { // a view has no history of its own
        String table = name.substring(0, dollar);
        Carried.through(
            () -> {
              TableNames.refuseView(table, version.snapshot());
              return table;
            });
      }
      return SystemSchema.beside(versions.store(), version, name)
          .map(table -> new Named<>(table.schema().name(), table));
    }
    return Optional.of(new Named<>(view.get().name(), view(version, view.get())));
  }

  StoredView view(Version version, ViewSchema view) {
    return known.computeIfAbsent(
        version.schema() + '.' + view.id(),
        key -> {
          premises.add(premise(version.schema(), view));
          return new StoredView(version, view, this);
        });
  }

  private static Premises.Named premise(String schema, ViewSchema view) {
    return new Premises.Named(
        now ->
            now.find(schema)
                .flatMap(version -> version.snapshot().findView(view.id()))
                .map(ViewSchema::toString)
                .orElse(""),
        view.toString());
  }

  @Override
  public RelDataType rowType(StoredView view) {
    return inside(view, () -> valid(view).rowType());
  }

  @Override
  public RelNode plan(StoredView view, RelOptCluster cluster) {
    return inside(
        view,
        () -> {
          Valid valid = valid(view);
          RelNode plan =
              scope(view.version())
                  .converter(valid.query(), valid.validator(), cluster)
                  .convertQuery(valid.query(), false, true)
                  .project();
          return RelFactories.LOGICAL_BUILDER
              .create(cluster, null)
              .push(plan)
              .rename(valid.rowType().getFieldNames())
              .build();
        });
  }

  @Override
  public boolean isJson(StoredView view, int column) {
    return inside(
        view, () -> JsonColumns.isJson(valid(view).query(), column, valid(view).validator()));
  }

  /** A view's query, ready to be converted. */
  private record Valid(VersorValidator validator, SqlNode query, RelDataType rowType) {}

  private Valid valid(StoredView view) throws StatementException {
    Valid known = valid.get(view);
    if (known == null) {
      known = validated(view);
      valid.put(view, known);
    }
    return known;
  }

  private Valid validated(StoredView view) throws StatementException {
    NameScope scope = scope(view.version());
    VersionPaths paths = new VersionPaths(scope.versions(), scope.system(), List.of());
    SqlNode resolved = VersionPaths.rewrite(parsed(view.schema()), paths);
    String schema = view.version().schema();
    for (Premises.Named named : paths.named()) {
      premises.add(
          new Premises.Named(
              now -> named.naming().find(now.within(now.require(schema))), named.found()));
    }
    VersorValidator validator = scope.validator();
    SqlNode query = validator.validate(resolved);
    return new Valid(validator, query, named(view.schema(), validator.getValidatedNodeType(query)));
  }

  private NameScope scope(Version version) {
    return scopes.computeIfAbsent(
        version.schema(), schema -> new NameScope(versions.within(version), this, types, copies));
  }

  private static SqlNode parsed(ViewSchema view) throws StatementException {
    try {
      SqlNode query = VersorParser.parse(view.sql());
      if (query.isA(SqlKind.QUERY)) {
        return query;
      }
      throw new StatementException("42601", "it is no query");
    } catch (SqlParseException e) {
      throw SqlErrors.syntax(e);
    }
  }

  private RelDataType named(ViewSchema view, RelDataType row) throws StatementException {
    if (view.columns().isEmpty()) {
      Set<String> names = new HashSet<>();
      for (String name : row.getFieldNames()) {
        if (!names.add(name)) {
          throw new StatementException(
              "42701", "its query has two columns " + name + "; give one another name");
        }
      }
      return row;
    }
    if (view.columns().size() != row.getFieldCount()) {
      throw new StatementException(
          "42P10",
          "its query has "
              + row.getFieldCount()
              + " columns, and it names "
              + view.columns().size()
              + "; name each or none");
    }
    var builder = types.builder();
    for (RelDataTypeField field : row.getFieldList()) {
      builder.add(view.columns().get(field.getIndex()), field.getType());
    }
    return builder.build();
  }

  /** Does something with a view's query; what is wrong with it is said of the view. */
  private <T> T inside(StoredView view, Carried.Call<T> work) {
    if (!open.add(view)) {
      throw new Carried(
          new StatementException("42P17", "it reads itself; redefine it or one that it reads"));
    }
    try {
      return work.run();
    } catch (StoreException e) {
      throw new Carried(e);
    } catch (StatementException e) {
      throw new Carried(of(view, e));
    } catch (RuntimeException | AssertionError e) {
      throw failed(view, e);
    } finally {
      open.remove(view);
    }
  }

  private Carried failed(StoredView view, Throwable e) {
    try {
      return new Carried(of(view, SqlErrors.of(e, scope(view.version())::nearTables)));
    } catch (StoreException store) {
      return new Carried(store);
    } catch (StatementException statement) {
      return new Carried(of(view, statement));
    }
  }

  /** Places are those of the view's own text, which the user does not see. */
  private static StatementException of(StoredView view, StatementException e) {
    String prefix = "view " + view.schema().name() + ": ";
    return new StatementException(e.sqlState(), prefix + e.getMessage(), e);
  }
}
