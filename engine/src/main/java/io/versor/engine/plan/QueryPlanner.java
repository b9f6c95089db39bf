package io.versor.engine.plan;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ParameterInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.TensorScan;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.type.Carried;
import io.versor.engine.type.DeclaredTypes;
import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.engine.work.Work;
import io.versor.format.TableSnapshot;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/** Plans the queries of one statement over one set of versions. One thread. */
public final class QueryPlanner {
  private final Versions versions;
  private final VersorTypeFactory types = new VersorTypeFactory();
  private final ViewExpansion views;
  private final NameScope scope;

  public QueryPlanner(Versions versions) {
    this(versions, Map.of());
  }

  private QueryPlanner(Versions versions, Map<String, Schema> more) {
    this.versions = versions;
    CopiedQueries copies = new CopiedQueries();
    this.views = new ViewExpansion(versions, types, copies);
    this.scope = new NameScope(versions, views, types, copies, more);
  }

  /**
   * For queries over rows that a statement handles, too.
   *
   * @param schema of their tables: a name that no branch can have, in small letters
   */
  public static QueryPlanner over(
      Versions versions, String schema, Map<String, ? extends Table> tables) {
    Map<String, Table> copy = Map.copyOf(tables);
    Schema own =
        new AbstractSchema() {
          @Override
          protected Map<String, Table> getTableMap() {
            return copy;
          }
        };
    return new QueryPlanner(versions, Map.of(schema, own));
  }

  /**
   * Plans a query.
   *
   * @param parameters values of {@code ?}, for versions named by one; may be empty
   */
  public QueryPlan plan(SqlNode query, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    return plan(query, parameters, Map.of());
  }

  /**
   * Plans a query whose rows are stored.
   *
   * @param stored types of the columns that some parameters go to as they are, by their index
   */
  public QueryPlan plan(
      SqlNode query, List<@Nullable Object> parameters, Map<Integer, TensorType> stored)
      throws StoreException, StatementException {
    try {
      return versions.work().call(() -> planUnchecked(query, parameters, stored), Work.Owner.NONE);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw SqlErrors.of(e, new NearTables(query));
    }
  }

  /** Whether a query means something, without a plan for it. */
  public void validate(SqlNode query, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    try {
      versions
          .work()
          .call(
              () -> {
                VersionPaths paths = new VersionPaths(versions, scope.system(), parameters);
                return scope.validator().validate(VersionPaths.rewrite(query, paths));
              },
              Work.Owner.NONE);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw SqlErrors.of(e, new NearTables(query));
    }
  }

  private QueryPlan planUnchecked(
      SqlNode query, List<@Nullable Object> parameters, Map<Integer, TensorType> stored) {
    VersionPaths paths = new VersionPaths(versions, scope.system(), parameters);
    SqlNode resolved = VersionPaths.rewrite(query, paths);
    int parameterCount = parameterCount(query);
    VersorValidator validator = scope.validator();
    StoredParameters.types(stored, types).forEach(validator::setParameterType);
    SqlNode valid = validator.validate(resolved);
    RelDataType row = validator.getValidatedNodeType(valid);
    checkColumns(row);
    List<List<String>> origins = validator.getFieldOrigins(valid);

    VolcanoPlanner planner = Planners.search();
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.setExecutor(Constants.INSTANCE);
    RelOptCluster cluster = RelOptCluster.create(planner, new VersorRexBuilder(types));
    cluster.setMetadataQuerySupplier(LogicalMetadata::new);
    SqlToRelConverter converter = scope.converter(valid, validator, cluster);
    RelRoot root = converter.convertQuery(valid, false, true);
    RelNode logical = LogicalProgram.run(root.project(), converter);
    List<VersorTable> tables = tables(logical);
    List<RelDataType> columnTypes =
        row.getFieldList().stream().map(RelDataTypeField::getType).toList();
    return new QueryPlan(
        columns(row, origins),
        columnTypes,
        parameters(validator, valid, parameterCount),
        tables,
        paths.usedParameters(),
        premises(paths),
        new PlannedQuery(logical));
  }

  /** A value of several fields could be compared, but neither told to a caller nor stored. */
  private static void checkColumns(RelDataType row) {
    for (RelDataTypeField field : row.getFieldList()) {
      if (field.getType().isStruct()) {
        throw new Carried(
            new StatementException(
                "0A000",
                "column "
                    + (field.getIndex() + 1)
                    + " of the query is a row of "
                    + field.getType().getFieldCount()
                    + " values; select each of them"));
      }
    }
  }

  private Premises premises(VersionPaths paths) {
    List<Premises.Named> named = new ArrayList<>(paths.named());
    named.addAll(views.premises());
    return new Premises(versions.current(), versions.branch(), named);
  }

  /** The columns a view has, as its query gives them now. */
  public List<ColumnInfo> columns(Version version, ViewSchema view)
      throws StoreException, StatementException {
    try {
      RelDataType row =
          versions.work().call(() -> views.view(version, view).getRowType(types), Work.Owner.NONE);
      List<ColumnInfo> columns = new ArrayList<>();
      for (RelDataTypeField field : row.getFieldList()) {
        columns.add(column(field, List.of("", version.schema(), view.name(), field.getName())));
      }
      return columns;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw SqlErrors.of(e, scope::nearTables);
    }
  }

  /** What a declared type means. */
  public TensorType declaredType(SqlDataTypeSpec spec) throws StoreException, StatementException {
    try {
      return DeclaredTypes.column(
          spec.getTypeNameSpec(), type -> type.deriveType(scope.validator()));
    } catch (RuntimeException e) {
      throw SqlErrors.of(e, scope::nearTables);
    }
  }

  private static List<VersorTable> tables(RelNode plan) {
    List<VersorTable> tables = new ArrayList<>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof TensorScan scan && !tables.contains(scan.source())) {
          tables.add(scan.source());
        }
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
    return tables;
  }

  // --- what the caller is told

  private List<ColumnInfo> columns(RelDataType row, List<List<String>> origins) {
    List<ColumnInfo> columns = new ArrayList<>();
    for (RelDataTypeField field : row.getFieldList()) {
      List<String> origin = origins.isEmpty() ? null : origins.get(field.getIndex());
      columns.add(column(field, origin));
    }
    return columns;
  }

  private ColumnInfo column(RelDataTypeField field, @Nullable List<String> origin) {
    TensorType type = SqlTypes.toTensor(field.getType());
    String name = field.getName();
    String table = "";
    String schema = "";
    boolean autoIncrement = false;
    boolean writable = false;
    if (origin != null && origin.size() >= 3) {
      name = origin.get(origin.size() - 1);
      table = origin.get(origin.size() - 2);
      schema = origin.get(origin.size() - 3);
      Optional<Column> column = originColumn(schema, table, name);
      if (column.isPresent()) {
        type = column.get().type();
        autoIncrement = column.get().identity().isPresent();
        writable = isBranch(schema);
      }
    }
    boolean nullable = field.getType().isNullable();
    return Infos.column(
        field.getName(), name, table, schema, nullable, type, autoIncrement, writable);
  }

  private boolean isBranch(String schema) {
    return Carried.through(() -> versions.find(schema).flatMap(Version::branch).isPresent());
  }

  private Optional<Column> originColumn(String schema, String table, String column) {
    return Carried.through(
        () ->
            versions
                .find(schema)
                .flatMap(version -> version.snapshot().findTable(table))
                .flatMap(found -> found.schema().findColumn(column)));
  }

  /** How many {@code ?} a statement has. */
  public static int parameterCount(SqlNode statement) {
    int[] count = {0};
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            count[0] = Math.max(count[0], parameter.getIndex() + 1);
            return null;
          }
        });
    return count[0];
  }

  private static List<ParameterInfo> parameters(
      SqlValidator validator, SqlNode valid, int parameterCount) {
    TreeMap<Integer, RelDataType> found = new TreeMap<>();
    valid.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            RelDataType type = validator.getValidatedNodeTypeIfKnown(parameter);
            if (type != null) {
              found.put(parameter.getIndex(), type);
            }
            return null;
          }
        });
    List<ParameterInfo> infos = new ArrayList<>();
    for (int i = 0; i < parameterCount; i++) {
      RelDataType type = found.get(i);
      infos.add(type == null ? Infos.ANY : Infos.parameter(SqlTypes.toTensor(type)));
    }
    return infos;
  }

  /** Names near to wrong ones in a statement. */
  private final class NearTables implements SqlErrors.Near {
    private final SqlNode statement;

    NearTables(SqlNode statement) {
      this.statement = statement;
    }

    @Override
    public String of(String wrong, @Nullable String schema) throws StoreException {
      return scope.nearTables(wrong, schema);
    }

    @Override
    public boolean hasStarOf(String wrong) {
      boolean[] found = {false};
      statement.accept(
          new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier id) {
              found[0] |= id.isStar() && !id.isSimple() && id.skipLast(1).toString().equals(wrong);
              return null;
            }
          });
      return found[0];
    }

    @Override
    public String ofColumn(String wrong) throws StoreException {
      List<String> columns = new ArrayList<>();
      List<List<String>> paths = new ArrayList<>();
      statement.accept(
          new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier id) {
              paths.add(id.names);
              return null;
            }

            /** New names of columns are some, too. */
            @Override
            public @Nullable Void visit(SqlCall call) {
              if (call.getKind() == SqlKind.AS) {
                call.getOperandList().stream()
                    .skip(1)
                    .filter(SqlIdentifier.class::isInstance)
                    .forEach(name -> columns.add(((SqlIdentifier) name).getSimple()));
              }
              return super.visit(call);
            }
          });
      for (List<String> path : paths) {
        String schema = path.size() > 1 ? path.get(path.size() - 2) : versions.current();
        Optional<TableSnapshot> table =
            versions
                .find(schema)
                .flatMap(version -> version.snapshot().findTable(path.get(path.size() - 1)));
        if (table.isPresent()) {
          table.get().schema().columns().forEach(column -> columns.add(column.name()));
        }
      }
      columns.removeIf(wrong::equalsIgnoreCase); // it is there, but not in its reach
      return io.versor.format.ref.NearNames.question(wrong, columns);
    }
  }
}
