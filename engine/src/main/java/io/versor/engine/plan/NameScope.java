package io.versor.engine.plan;

import io.versor.engine.catalog.DerivedTables;
import io.versor.engine.catalog.RootSchema;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.system.InformationSchema;
import io.versor.engine.system.SystemSchema;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.Branch;
import io.versor.format.ref.NearNames;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/**
 * Where the names of a query are looked up: those of a statement in what is current, those of a
 * view's query in the version the view is read in. One thread.
 */
final class NameScope {
  /** Beyond so many rows in a list it becomes a table. */
  private static final int FEW_ROWS = 20;

  private final Versions versions;
  private final SystemSchema system;
  private final InformationSchema information;
  private final VersorTypeFactory types;
  private final CopiedQueries copies;
  private final CalciteCatalogReader catalog;

  NameScope(
      Versions versions, DerivedTables derived, VersorTypeFactory types, CopiedQueries copies) {
    this(versions, derived, types, copies, Map.of());
  }

  /**
   * @param more schemas that are of no version, by their names
   */
  NameScope(
      Versions versions,
      DerivedTables derived,
      VersorTypeFactory types,
      CopiedQueries copies,
      Map<String, Schema> more) {
    this.versions = versions;
    this.copies = copies;
    this.system = new SystemSchema(derived);
    this.information = new InformationSchema(derived);
    this.types = types;
    Map<String, Schema> schemas = new HashMap<>(more);
    schemas.put(Versions.SYSTEM, system);
    schemas.put(InformationSchema.NAME, information);
    CalciteSchema root = RootSchema.of(versions, schemas, derived);
    this.catalog = WideRows.catalog(root, versions.current(), types);
  }

  Versions versions() {
    return versions;
  }

  SystemSchema system() {
    return system;
  }

  VersorValidator validator() {
    SqlOperatorTable operators = SqlOperatorTables.chain(Operators.TABLE, catalog);
    SqlValidator.Config config =
        SqlValidator.Config.DEFAULT
            .withConformance(SqlConformanceEnum.LENIENT)
            .withIdentifierExpansion(true)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withTypeCoercionEnabled(true)
            .withTypeCoercionFactory(TensorCoercion::new);
    return new VersorValidator(operators, catalog, types, config);
  }

  /**
   * @param query which the converter is for
   */
  SqlToRelConverter converter(SqlNode query, SqlValidator validator, RelOptCluster cluster) {
    return copies.converter(
        validator,
        catalog,
        cluster,
        SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(true)
            .withInSubQueryThreshold(listsRows(query) ? FEW_ROWS : Integer.MAX_VALUE)
            // what is simplified before Promises were taken back may be wrong already, and
            // merged projections lose what subqueries in them refer to
            .withRelBuilderConfigTransform(builder -> builder.withSimplify(false).withBloat(-1)));
  }

  /** Whether there is an IN of rows: a long one is best joined, one of single values a set. */
  private static boolean listsRows(SqlNode query) {
    boolean[] found = {false};
    query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            found[0] |=
                (call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN)
                    && call.operand(0).getKind() == SqlKind.ROW;
            return found[0] ? null : super.visit(call);
          }
        });
    return found[0];
  }

  /** Tables of a schema, or tables and schemas, with names like a wrong one, as a question. */
  String nearTables(String wrong, @Nullable String schema) throws StoreException {
    List<String> names = new ArrayList<>();
    Optional<Version> version = versions.find(schema == null ? versions.current() : schema);
    version.ifPresent(known -> names.addAll(TableNames.all(known.snapshot())));
    if (schema == null) {
      for (Branch branch : versions.store().branches()) {
        names.add(branch.name());
      }
      names.add(Versions.SYSTEM);
    } else if (schema.equalsIgnoreCase(Versions.SYSTEM)) {
      SystemSchema.listed().forEach(table -> names.add(table.schema().name()));
    } else if (schema.equalsIgnoreCase(InformationSchema.NAME)) {
      names.addAll(information.tables().getNames(LikePattern.any()));
    }
    return NearNames.question(wrong, names);
  }
}
