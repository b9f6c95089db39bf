package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.CheckText;
import io.versor.engine.catalog.ColumnNames;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RandomNames;
import io.versor.engine.plan.RowConditions;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.write.CellWriter;
import io.versor.format.Snapshot;
import io.versor.format.TableSnapshot;
import io.versor.format.Transaction;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.StopSignal;
import io.versor.format.ref.NearNames;
import io.versor.format.type.Column;
import io.versor.format.type.Identity;
import io.versor.format.type.InvalidTypeException;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import io.versor.parser.ast.ColumnDeclaration;
import io.versor.parser.ast.LikeClause;
import io.versor.parser.ast.SqlAlterTable;
import io.versor.parser.ast.SqlCommentOn;
import io.versor.parser.ast.SqlCreateTable;
import io.versor.parser.ast.SqlDropTable;
import io.versor.parser.ast.TableAlteration;
import io.versor.parser.ast.TableConstraint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER and DROP TABLE, COMMENT ON. */
final class Tables {
  /** Stands for the table where a default is stored for a try. */
  private static final String DEFAULTS = "the defaults";

  private final SessionState session;
  private final IdentityColumns identities;

  Tables(SessionState session) {
    this.session = session;
    this.identities = new IdentityColumns(session);
  }

  // --- create

  long create(SqlCreateTable statement, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    String branch = Target.branch(statement.name(), session.versions());
    String name = last(statement.name());
    return session.write(
        branch,
        (transaction, versions) -> {
          Version version = versions.require(branch);
          Snapshot now = version.snapshot();
          if (statement.ifNotExists() && TableNames.isTaken(name, now)) {
            session.warn("a table or view " + name + " exists already");
            return 0L;
          }
          if (statement.query().isPresent()) {
            return createAs(name, statement, parameters, transaction, versions);
          }
          createEmpty(name, statement, transaction, versions);
          return 0L;
        });
  }

  private void createEmpty(
      String name, SqlCreateTable statement, Transaction transaction, Versions versions)
      throws StoreException, StatementException {
    List<Column> columns = new ArrayList<>();
    List<LikeColumns> likes = new ArrayList<>();
    for (LikeClause like : statement.likes()) {
      likes.add(LikeColumns.of(like, versions));
    }
    List<ColumnDeclaration> declared = statement.columns();
    refuseTwice(name, declared);
    for (int i = 0; i <= declared.size(); i++) {
      for (LikeColumns like : likes) {
        if (like.clause().place() == i) {
          columns.addAll(like.columns());
        }
      }
      if (i < declared.size()) {
        columns.add(column(declared.get(i), versions, isKey(declared.get(i), statement)));
      }
    }
    checkNames(name, columns);
    TableSchema wanted = checked(() -> TableSchema.of(name, columns));
    long id = ValuePlaces.at(statement.name(), () -> transaction.createTable(wanted));
    TableSchema made = transaction.snapshot().findTable(id).orElseThrow().schema();
    Constraints constraints = new Constraints(made);
    for (LikeColumns like : likes) {
      addAll(constraints, like.constraints());
    }
    for (ColumnDeclaration declaration : declared) {
      addAll(constraints, declaration.constraints());
    }
    addAll(constraints, statement.constraints());
    TableSchema constrained = constraints.schema();
    if (!constrained.equals(made)) {
      checkConditions(constrained, versions);
      transaction.alterTable(id, made.comment(), constrained.properties());
    }
  }

  /** Of two names that differ in case alone no statement could tell one. */
  private static void checkNames(String table, List<Column> columns) throws StoreException {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Column column : columns) {
      checkName("table " + table, column.name(), names);
    }
  }

  /** Refuses a column that another one before is called like. */
  static String checkName(String owner, String column, Set<String> before) throws StoreException {
    if (!before.add(column)) {
      throw new StoreException(
          Code.COLUMN_EXISTS, owner + " has two columns " + column + "; rename one");
    }
    return column;
  }

  /** The same of those that stand in the statement, which tells where. */
  private static void refuseTwice(String table, List<ColumnDeclaration> declared)
      throws StoreException, StatementException {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (ColumnDeclaration declaration : declared) {
      SqlIdentifier name = declaration.name();
      ValuePlaces.at(name, () -> checkName("table " + table, last(name), names));
    }
  }

  private static void addAll(Constraints constraints, List<TableConstraint> added)
      throws StoreException, StatementException {
    for (TableConstraint constraint : added) {
      StopSignal.check();
      add(constraints, constraint);
    }
  }

  private static void add(Constraints constraints, TableConstraint constraint)
      throws StoreException, StatementException {
    try {
      constraints.add(constraint);
    } catch (InvalidTypeException e) {
      throw e.toStoreException();
    }
  }

  private static boolean isKey(ColumnDeclaration declaration, SqlCreateTable statement) {
    return declaration.isPrimaryKey()
        || statement.constraints().stream()
            .filter(constraint -> constraint.kind() == TableConstraint.Kind.PRIMARY_KEY)
            .flatMap(constraint -> constraint.columns().stream())
            .anyMatch(key -> last(key).equalsIgnoreCase(last(declaration.name())));
  }

  private Column column(ColumnDeclaration declaration, Versions versions, boolean key)
      throws StoreException, StatementException {
    StopSignal.check();
    Optional<Identity> identity = identities.declared(declaration);
    String name = columnName(declaration.name());
    TensorType type =
        ValuePlaces.at(
            declaration.type(), () -> new QueryPlanner(versions).declaredType(declaration.type()));
    Optional<String> defaultSql = declaration.defaultValue().map(CheckText::sql);
    Optional<String> comment =
        Literals.optionalText(declaration.comment(), List.of(), "the comment");
    boolean nullable = !declaration.notNull() && !key && identity.isEmpty();
    Column column =
        checked(() -> new Column(0, name, type, nullable, defaultSql, identity, comment, Map.of()));
    if (defaultSql.isPresent()) { // one that cannot be stored is an error now, not at an INSERT
      ValuePlaces.at(declaration.defaultValue().get(), () -> fill(column, versions));
    }
    return column;
  }

  private long createAs(
      String name,
      SqlCreateTable statement,
      List<@Nullable Object> parameters,
      Transaction transaction,
      Versions versions)
      throws StoreException, StatementException {
    QueryPlan plan = new QueryPlanner(versions).plan(statement.query().orElseThrow(), parameters);
    List<SqlNode> names = statement.names();
    if (names.size() > plan.columns().size()) {
      throw new StatementException(
              "42601", names.size() + " names for " + plan.columns().size() + " columns")
          .at(statement.names().getParserPosition());
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < plan.columns().size(); i++) {
      ColumnInfo info = plan.columns().get(i);
      String label =
          i < names.size() ? columnName((SqlIdentifier) names.get(i)) : columnName(info.label());
      columns.add(checked(() -> Column.of(label, info.type())));
    }
    checkNames(name, columns);
    long id = transaction.createTable(checked(() -> TableSchema.of(name, columns)));
    if (!statement.data()) {
      return 0;
    }
    TableSnapshot made = transaction.snapshot().findTable(id).orElseThrow();
    Run run = session.run(versions, parameters);
    RowWriter writer = new RowWriter(transaction, made, session, run);
    try (RowCursor rows = plan.executable().open(run)) {
      while (rows.next()) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          values.add(rows.objectAt(i));
        }
        writer.add(values);
      }
    }
    return writer.finish();
  }

  // --- drop and alter

  long drop(SqlDropTable statement) throws StoreException, StatementException {
    String branch = SeveralTables.branch(statement.names(), session.versions());
    return session.write(
        branch,
        (transaction, versions) ->
            DependentViews.around(
                statement.behavior(),
                session,
                branch,
                transaction,
                versions,
                () -> {
                  Set<Long> dropped = new HashSet<>();
                  for (SqlIdentifier name : statement.names()) {
                    if (statement.ifExists() && isMissing(name, branch, versions)) {
                      continue;
                    }
                    long id = Target.of(name, versions).schema().id();
                    if (dropped.add(id)) {
                      transaction.dropTable(id);
                    }
                  }
                }));
  }

  /** For IF EXISTS, which warns. */
  private boolean isMissing(SqlIdentifier table, String branch, Versions versions)
      throws StoreException, StatementException {
    if (TableNames.isTaken(last(table), versions.require(branch).snapshot())) {
      return false;
    }
    session.warn("no table " + last(table));
    return true;
  }

  long alter(SqlAlterTable statement, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    String branch = Target.branch(statement.name(), session.versions());
    return session.write(
        branch,
        (transaction, versions) -> {
          if (statement.ifExists() && isMissing(statement.name(), branch, versions)) {
            return 0L;
          }
          Target target = Target.of(statement.name(), versions);
          alter(target.schema(), statement.alteration(), parameters, transaction, versions);
          return 0L;
        });
  }

  private void alter(
      TableSchema table,
      TableAlteration alteration,
      List<@Nullable Object> parameters,
      Transaction transaction,
      Versions versions)
      throws StoreException, StatementException {
    if (alteration instanceof TableAlteration.AddColumn add) {
      addColumn(table, add, transaction, versions);
    } else if (alteration instanceof TableAlteration.DropColumn drop) {
      if (drop.ifExists() && table.columnsIgnoreCase(last(drop.column())).isEmpty()) {
        session.warn("no column " + last(drop.column()) + " in " + table.name());
        return;
      }
      Column column = table.columns().get(ColumnNames.position(table, drop.column()));
      transaction.dropColumn(table.id(), column.id());
    } else if (alteration instanceof TableAlteration.AddConstraint add) {
      addConstraint(table, add.constraint(), transaction, versions);
    } else if (alteration instanceof TableAlteration.DropConstraint drop) {
      dropConstraint(table, drop, transaction);
    } else if (alteration instanceof TableAlteration.RenameColumn rename) {
      Column column = table.columns().get(ColumnNames.position(table, rename.column()));
      String newName = columnName(rename.newName());
      ValuePlaces.at(
          rename.newName(),
          () -> {
            transaction.renameColumn(table.id(), column.id(), newName);
            return newName;
          });
    } else if (alteration instanceof TableAlteration.RenameTable rename) {
      transaction.renameTable(table.id(), last(rename.newName()));
    } else if (alteration instanceof TableAlteration.SetNotNull set) {
      Column column = table.columns().get(ColumnNames.position(table, set.column()));
      if (!set.notNull()) {
        IdentityColumns.refuse(column, set.column());
      }
      transaction.alterColumn(table.id(), column.withNullable(!set.notNull()));
    } else if (alteration instanceof TableAlteration.SetDefault set) {
      Column column = table.columns().get(ColumnNames.position(table, set.column()));
      IdentityColumns.refuse(column, set.column());
      Column changed = checked(() -> column.withDefault(set.value().map(CheckText::sql)));
      if (changed.defaultSql().isPresent()) {
        ValuePlaces.at(set.value().get(), () -> fill(changed, versions));
      }
      transaction.alterColumn(table.id(), changed);
    } else if (alteration instanceof TableAlteration.SetType set) {
      ColumnTypes.alter(
          table, set, new QueryPlanner(versions).declaredType(set.type()), transaction);
    } else if (alteration instanceof TableAlteration.SetProperty set) {
      setProperty(table, set, parameters, transaction);
    } else {
      identities.alter(table, alteration, transaction);
    }
  }

  private void addColumn(
      TableSchema table, TableAlteration.AddColumn add, Transaction transaction, Versions versions)
      throws StoreException, StatementException {
    ColumnDeclaration declaration = add.column();
    String name = last(declaration.name());
    if (add.ifNotExists() && !table.columnsIgnoreCase(name).isEmpty()) {
      session.warn("column " + name + " exists already in " + table.name());
      return;
    }
    Column column = column(declaration, versions, declaration.isPrimaryKey());
    if (RandomNames.isIn(Cells.defaultOf(column))) {
      throw new StatementException(
              "0A000",
              "the default of column "
                  + name
                  + " is another value in each row, and ADD COLUMN gives all rows there are one; add"
                  + " the column without it, UPDATE it, then ALTER COLUMN … SET DEFAULT")
          .at(declaration.name().getParserPosition());
    }
    Optional<HeapColumn> filling =
        column.defaultSql().isPresent() ? Optional.of(fill(column, versions)) : Optional.empty();
    ValuePlaces.at(declaration.name(), () -> transaction.addColumn(table.id(), column, filling));
    for (TableConstraint constraint : declaration.constraints()) {
      TableSchema now = transaction.snapshot().findTable(table.id()).orElseThrow().schema();
      addConstraint(now, constraint, transaction, versions);
    }
  }

  /** What cannot be evaluated is an error now. */
  private void checkConditions(TableSchema table, Versions versions)
      throws StoreException, StatementException {
    Optional<RowConditions> conditions = session.conditions(table, versions);
    if (conditions.isPresent()) {
      conditions.get().checkLiterals(session.run(versions, List.of()));
    }
  }

  /** Adds a constraint that all rows there are have to meet. */
  private void addConstraint(
      TableSchema table, TableConstraint constraint, Transaction transaction, Versions versions)
      throws StoreException, StatementException {
    Constraints constraints = new Constraints(table);
    add(constraints, constraint);
    if (constraint.kind() == TableConstraint.Kind.PRIMARY_KEY) {
      for (SqlIdentifier name : constraint.columns()) {
        Column column = table.columns().get(ColumnNames.position(table, name));
        if (column.nullable()) {
          transaction.alterColumn(table.id(), column.notNull());
        }
      }
    }
    transaction.alterTable(table.id(), table.comment(), constraints.schema().properties());
    if (constraint.kind() != TableConstraint.Kind.CHECK) {
      transaction.requireKeys(table.id());
      return;
    }
    TableSnapshot now = transaction.snapshot().findTable(table.id()).orElseThrow();
    Run run = session.run(versions, List.of());
    checkConditions(now.schema(), versions);
    RowConditions conditions = session.conditions(now.schema(), versions).orElseThrow();
    StoredRows.check(conditions, now, Optional.empty(), run);
  }

  private void dropConstraint(
      TableSchema table, TableAlteration.DropConstraint drop, Transaction transaction)
      throws StoreException, StatementException {
    Constraints constraints = new Constraints(table);
    String name = last(drop.constraint());
    if (constraints.drop(name)) {
      transaction.alterTable(table.id(), table.comment(), constraints.schema().properties());
    } else if (drop.ifExists()) {
      session.warn("no constraint " + name + " in " + table.name());
    } else {
      throw new StatementException(
              "42704",
              "no constraint "
                  + name
                  + " in "
                  + table.name()
                  + NearNames.question(name, constraints.names().keySet()))
          .at(drop.constraint().getParserPosition());
    }
  }

  /** One row of a column's default. */
  private HeapColumn fill(Column column, Versions versions)
      throws StoreException, StatementException {
    Cells cells = new Cells();
    cells.add(Cells.defaultOf(column), column);
    Run run = session.run(versions, List.of());
    List<@Nullable Object> values = cells.compute(cells.plans(versions, List.of()), run);
    CellWriter writer = new CellWriter(DEFAULTS, column);
    try {
      writer.append(values.get(0), 1);
    } catch (StoreException e) {
      String why = String.valueOf(e.getMessage());
      String row = " of " + DEFAULTS + ", row 1: ";
      throw new StoreException(e.code(), "DEFAULT of " + why.replace(row, ": "), e);
    }
    return writer.take();
  }

  private static void setProperty(
      TableSchema table,
      TableAlteration.SetProperty set,
      List<@Nullable Object> parameters,
      Transaction transaction)
      throws StoreException, StatementException {
    String key = Literals.text(set.key(), parameters, "the property's name");
    if (key.startsWith("versor.")) {
      throw new StatementException(
          "42939", "properties that begin with versor. are set by Versor alone: " + key);
    }
    Object value = Literals.find(set.value()).map(found -> found.of(parameters)).orElse(null);
    if (set.column().isEmpty()) {
      Map<String, String> properties = with(table.properties(), key, value);
      transaction.alterTable(table.id(), table.comment(), properties);
      return;
    }
    Column column = table.columns().get(ColumnNames.position(table, set.column().get()));
    Map<String, String> properties = with(column.properties(), key, value);
    Column changed = checked(() -> column.withProperties(properties));
    transaction.alterColumn(table.id(), changed);
  }

  private static Map<String, String> with(
      Map<String, String> properties, String key, @Nullable Object value) {
    Map<String, String> changed = new TreeMap<>(properties);
    if (value == null) {
      changed.remove(key);
    } else {
      changed.put(key, value.toString());
    }
    return changed;
  }

  long comment(SqlCommentOn statement, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    SqlIdentifier name = statement.name();
    boolean ofColumn = statement.kind() == SqlCommentOn.Kind.COLUMN;
    SqlIdentifier table = ofColumn ? name.skipLast(1) : name;
    if (table.names.isEmpty()) {
      throw new StatementException("42601", "COMMENT ON COLUMN takes table.column, found " + name);
    }
    Optional<String> text = Literals.optionalText(statement.text(), parameters, "the comment");
    String branch = Target.branch(table, session.versions());
    return session.write(
        branch,
        (transaction, versions) -> {
          TableSchema schema = Target.of(table, versions).schema();
          if (!ofColumn) {
            transaction.alterTable(schema.id(), text, schema.properties());
            return 0L;
          }
          Column column = schema.columns().get(ColumnNames.position(schema, name));
          transaction.alterColumn(schema.id(), checked(() -> column.withComment(text)));
          return 0L;
        });
  }

  /** A new column's name; those that every table has under the hood are taken. */
  private static String columnName(SqlIdentifier name) throws StatementException {
    try {
      return columnName(last(name));
    } catch (StatementException e) {
      throw e.at(name.getParserPosition());
    }
  }

  private static String columnName(String name) throws StatementException {
    if (name.equalsIgnoreCase(Field.ROW_ID) || name.equalsIgnoreCase(Field.INDEX)) {
      throw new StatementException(
          "42939", "every table has a hidden column " + name + " already; choose another name");
    }
    return name;
  }

  static String last(SqlIdentifier name) {
    return name.names.get(name.names.size() - 1);
  }

  /** Descriptions are checked by their constructors. */
  static <T> T checked(Supplier<T> made) throws StoreException {
    try {
      return made.get();
    } catch (InvalidTypeException e) {
      throw e.toStoreException();
    }
  }

  static StoreException unsupported(String what) {
    return new StoreException(Code.UNSUPPORTED, what + " is not supported by this version");
  }
}
