package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.function.VersorOperators;
import io.versor.engine.system.RowHistories;
import io.versor.engine.system.SystemSchema;
import io.versor.engine.type.Carried;
import io.versor.engine.type.DeclaredTypes;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import io.versor.parser.ast.SqlDistinctOn;
import io.versor.parser.ast.SqlSystemTimeAll;
import io.versor.parser.ast.SqlTensorTypeSpec;
import io.versor.parser.ast.SqlVersionedTable;
import io.versor.parser.ast.VersionKind;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Replaces every way to name a version of a table by a path: {@code t AS OF BRANCH 'b'} by {@code
 * b.t}, commits, tags, instants and hints by the commit's id. So a version brings its own columns,
 * EXPLAIN shows it, and everything behind knows one form only. Table functions of {@code versor}
 * become tables of that schema the same way.
 */
final class VersionPaths extends SqlShuttle {
  private final Versions versions;
  private final SystemSchema system;

  /** What makes something of all columns of a table, of which hidden ones are none. */
  private static final Set<SqlKind> SHOWN_ALONE = EnumSet.of(SqlKind.PIVOT, SqlKind.UNPIVOT);

  private static final Set<String> NO_TYPES = Set.of("ANY", "GEOMETRY", "VARIANT", "SYMBOL");

  private final List<@Nullable Object> parameters;
  private final List<Premises.Named> named = new ArrayList<>();
  private final ArrayAggregates arrays = new ArrayAggregates();
  private final SharedSyntax shared = new SharedSyntax();
  private boolean usedParameters;

  /**
   * @param parameters values of {@code ?}; where one that names a version is not known yet, what is
   *     current stands in for it
   */
  VersionPaths(Versions versions, SystemSchema system, List<@Nullable Object> parameters) {
    this.versions = versions;
    this.system = system;
    this.parameters = parameters;
  }

  /** Whether a version was named by a {@code ?}: other values may need another plan. */
  boolean usedParameters() {
    return usedParameters;
  }

  /** The commits it named, and how. */
  List<Premises.Named> named() {
    return named;
  }

  static SqlNode rewrite(SqlNode query, VersionPaths paths) {
    return paths.rewritten(query);
  }

  private SqlNode rewritten(SqlNode node) {
    SqlNode rewritten = node.accept(this);
    return rewritten == null ? node : rewritten;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlVersionedTable versioned) {
      return versioned(versioned);
    }
    if (call instanceof SqlSystemTimeAll all) {
      SqlIdentifier table = tableName(all.table());
      SqlIdentifier alias =
          new SqlIdentifier(table.names.get(table.names.size() - 1), table.getParserPosition());
      return SqlStdOperatorTable.AS.createCall(table.getParserPosition(), history(table), alias);
    }
    if (call.getKind() == SqlKind.AS && call.operand(0) instanceof SqlSystemTimeAll all) {
      List<SqlNode> operands = new ArrayList<>(call.getOperandList());
      operands.set(0, history(tableName(all.table())));
      return SqlStdOperatorTable.AS.createCall(call.getParserPosition(), operands);
    }
    if (call instanceof SqlSnapshot snapshot) {
      return snapshot(snapshot);
    }
    if (call instanceof SqlTableRef hinted) {
      return hinted(hinted);
    }
    if (call.getKind() == SqlKind.AS && SeriesSyntax.is(call.operand(0))) {
      return copied(SeriesSyntax.named(call));
    }
    if (SeriesSyntax.is(call)) {
      return copied(SeriesSyntax.rows(call));
    }
    if (call.getKind() == SqlKind.COLLECTION_TABLE) {
      return tableFunction(call);
    }
    if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
      return shownColumns(call.operand(0)).accept(this);
    }
    if (call.getKind() == SqlKind.AS && call.operandCount() > 2 && isTable(call.operand(0))) {
      List<SqlNode> operands = new ArrayList<>(call.getOperandList());
      operands.set(0, shownColumns(call.operand(0)));
      return copied(SqlStdOperatorTable.AS.createCall(call.getParserPosition(), operands));
    }
    if (SHOWN_ALONE.contains(call.getKind()) && isTable(call.operand(0))) {
      SqlNode copy = copied(call);
      if (copy instanceof SqlCall ofTable) {
        ofTable.setOperand(0, shownColumns(ofTable.operand(0)));
      }
      return copy;
    }
    if (call instanceof SqlOrderBy ordered && ordered.query instanceof SqlDistinctOn select) {
      return DistinctOn.of(OrderSyntax.of(ordered), select).accept(this);
    }
    if (call instanceof SqlDistinctOn select) {
      return DistinctOn.of(select).accept(this);
    }
    if (MatchInput.is(call)) {
      return MatchInput.named((SqlMatchRecognize) call).accept(this);
    }
    if (call instanceof SqlSelect select) {
      SqlNode visited = copied(call);
      if (visited instanceof SqlSelect copy) {
        LabelIds.group(copy, null);
        QualifySyntax.check(copy);
      }
      return visited;
    }
    if (call instanceof SqlOrderBy ordered) {
      SqlNode visited = copied(OrderSyntax.of(ordered));
      if (visited instanceof SqlOrderBy copy && copy.query instanceof SqlSelect select) {
        LabelIds.group(select, copy.orderList);
      }
      return visited;
    }
    if (call.getKind() == SqlKind.CAST
        && call.operand(1) instanceof SqlDataTypeSpec type
        && type.getTypeNameSpec() instanceof SqlTensorTypeSpec spec) {
      TensorType tensor = Carried.through(() -> DeclaredTypes.tensor(spec));
      SqlNode cast = copied(call);
      return tensor.shape().rank() > 0 && cast instanceof SqlCall copy
          ? TensorCast.call(copy, tensor)
          : cast;
    }
    if (call.getKind() == SqlKind.CAST
        && call.operand(1) instanceof SqlDataTypeSpec type
        && type.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec list
        && list.getTypeName().getSimple().equals(SqlTypeName.ARRAY.name())
        && list.getElementTypeName() instanceof SqlTensorTypeSpec spec) {
      TensorType element = Carried.through(() -> DeclaredTypes.tensor(spec));
      if (element.shape().rank() > 0 && copied(call) instanceof SqlCall copy) {
        return ListCast.toTensors(copy.operand(0), element, call.getParserPosition());
      }
    }
    if (call.getOperator() instanceof SqlFunction && call.operandCount() == 1) {
      SqlNode labelId = LabelIds.column(call);
      if (labelId != null) {
        return labelId;
      }
    }
    if (call.getKind() == SqlKind.RESPECT_NULLS
        && call.operand(0) instanceof SqlCall inner
        && ArrayAggregates.is(inner)) {
      return inner.accept(this);
    }
    if (ZippedLists.is(call)) {
      return copied(ZippedLists.unnest(call));
    }
    if (arrays.takes(call)) {
      return copied(ArrayAggregates.keepingNulls(call));
    }
    if (call instanceof SqlWith with) {
      checkNames(with);
    }
    SqlNode copy = copied(OperatorSyntax.call(JsonSyntax.call(MomentSyntax.call(call))));
    if (copy instanceof SqlWith with) {
      shared.mark(with);
    }
    return copy;
  }

  /** Calcite takes the last of two tables with one name. */
  private static void checkNames(SqlWith with) {
    Set<String> names = new HashSet<>();
    for (SqlNode item : with.withList) {
      SqlIdentifier name = ((SqlWithItem) item).name;
      if (!names.add(name.getSimple().toLowerCase(Locale.ROOT))) {
        throw new Carried(
            new StatementException(
                "42712",
                "WITH has two tables " + name.getSimple() + "; rename one",
                name.getParserPosition().getLineNum(),
                name.getParserPosition().getColumnNum()));
      }
    }
  }

  private static boolean isTable(SqlNode node) {
    return node instanceof SqlIdentifier
        || node instanceof SqlTableRef
        || node instanceof SqlVersionedTable
        || node instanceof SqlSnapshot
        || node.getKind() == SqlKind.TABLESAMPLE;
  }

  /** What new names of columns count: those of {@code *}, without the hidden ones. */
  private static SqlNode shownColumns(SqlNode table) {
    SqlParserPos place = table.getParserPosition();
    return Selects.of(place, List.of(SqlIdentifier.star(place)), table, null);
  }

  /** Always: the validator changes the tree it is given, and this one is planned again. */
  private @Nullable SqlNode copied(SqlCall call) {
    CallCopyingArgHandler copy = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, copy);
    SqlNode result = copy.result();
    if (result instanceof SqlBasicCall basic
        && basic.getOperator() instanceof SqlUnresolvedFunction function) {
      VersorOperators.byCount(function.getName(), basic.operandCount())
          .ifPresent(basic::setOperator);
    }
    return result;
  }

  @Override
  public SqlNode visit(SqlNodeList list) {
    List<@Nullable SqlNode> copies = new ArrayList<>(list.size());
    for (SqlNode node : list) {
      copies.add(node == null ? null : node.accept(this));
    }
    return new SqlNodeList(copies, list.getParserPosition());
  }

  @Override
  public SqlNode visit(SqlIdentifier id) {
    return id.clone(id.getParserPosition());
  }

  /** Calcite's types that no value here has. */
  @Override
  public SqlNode visit(SqlDataTypeSpec type) {
    String name = type.getTypeName().getSimple().toUpperCase(Locale.ROOT);
    if (NO_TYPES.contains(name)) {
      throw new Carried(
          new StatementException(
              "0A000",
              "no value has the type " + name,
              type.getParserPosition().getLineNum(),
              type.getParserPosition().getColumnNum()));
    }
    return type;
  }

  /** U&'…' is the same text as any other, not one of another character set. */
  @Override
  public SqlNode visit(SqlLiteral literal) {
    if (UuidTexts.isLiteral(literal)) {
      return UuidTexts.cast(literal);
    }
    if (MomentSyntax.isZoned(literal)) {
      return MomentSyntax.zoned(literal);
    }
    if (literal instanceof SqlUnknownLiteral moment) {
      return MomentSyntax.moment(moment);
    }
    if (literal instanceof SqlIntervalLiteral interval) {
      return MomentSyntax.literal(interval);
    }
    return literal.getValue() instanceof NlsString text && text.getCharsetName() != null
        ? SqlLiteral.createCharString(text.getValue(), literal.getParserPosition())
        : literal;
  }

  // --- versions

  private SqlNode versioned(SqlVersionedTable versioned) {
    SqlNode named = versioned.table();
    SqlIdentifier table =
        tableName(named instanceof SqlTableRef hinted ? hinted.getOperandList().get(0) : named);
    Optional<String> revision = argument(versioned.revision());
    return revision.isPresent()
        ? placed(versioned.revision(), () -> asOf(table, versioned.kind(), revision.get()))
        : Carried.through(() -> unknown((SqlDynamicParam) versioned.revision(), table));
  }

  /** A name of no version is told with its place. */
  private static SqlNode placed(SqlNode revision, Supplier<SqlNode> lookup) {
    try {
      return lookup.get();
    } catch (Carried e) {
      if (e.getCause() instanceof StoreException store
          && store.code() == StoreException.Code.NO_SUCH_REF) {
        SqlParserPos place = revision.getParserPosition();
        throw new Carried(
            new StatementException(
                "3F000", store.getMessage(), place.getLineNum(), place.getColumnNum()));
      }
      throw e;
    }
  }

  /** The table of every version of a table's rows. */
  private static SqlIdentifier history(SqlIdentifier table) {
    List<String> names = new ArrayList<>(table.names);
    names.set(names.size() - 1, names.get(names.size() - 1) + RowHistories.SUFFIX);
    return new SqlIdentifier(names, null, table.getParserPosition(), null);
  }

  private SqlNode snapshot(SqlSnapshot snapshot) {
    SqlIdentifier table = tableName(snapshot.getTableRef());
    Instant instant = Carried.through(() -> instant(snapshot.getPeriod()));
    String branch = Carried.through(() -> branchOf(table));
    return path(Carried.through(() -> commitAt(instant, branch)), table);
  }

  private Instant instant(SqlNode period) throws StatementException {
    if (period instanceof SqlDynamicParam parameter) {
      usedParameters = true;
      Object value =
          parameter.getIndex() < parameters.size() ? parameters.get(parameter.getIndex()) : null;
      if (value instanceof LocalDateTime local) {
        return local.toInstant(ZoneOffset.UTC);
      }
      if (value instanceof OffsetDateTime offset) {
        return offset.toInstant();
      }
      if (value instanceof Instant at) {
        return at;
      }
      return value != null ? parse(value.toString(), period) : unknown(parameter, Instant.MAX);
    }
    SqlNode literal = period;
    if (period instanceof SqlBasicCall cast && cast.getKind() == SqlKind.CAST) {
      literal = cast.operand(0);
    }
    if (SqlUtil.isNullLiteral(literal, false)) {
      throw noVersion(period);
    }
    if (literal instanceof SqlLiteral value) {
      Object given = value.getValue();
      if (given instanceof TimestampString timestamp) {
        return parse(timestamp.toString(), period);
      }
      String text = value.getValueAs(String.class);
      if (text != null) {
        return parse(text, period);
      }
    }
    throw new StatementException(
        "42601",
        "FOR SYSTEM_TIME AS OF takes a TIMESTAMP literal or ?, found " + period,
        period.getParserPosition().getLineNum(),
        period.getParserPosition().getColumnNum());
  }

  /** What stands in for a version while the parameter that names it has no value; NULL is none. */
  private <T> T unknown(SqlDynamicParam parameter, T standIn) throws StatementException {
    if (parameter.getIndex() < parameters.size()) {
      throw noVersion(parameter);
    }
    return standIn;
  }

  private static StatementException noVersion(SqlNode place) {
    return new StatementException(
        "22004",
        "the version to read is NULL; name a branch, a tag, a commit or an instant",
        place.getParserPosition().getLineNum(),
        place.getParserPosition().getColumnNum());
  }

  private static Instant parse(String text, SqlNode place) throws StatementException {
    return Instants.parse(text)
        .orElseThrow(
            () ->
                new StatementException(
                    "22007",
                    "'" + text + "' is no instant; expected '2026-11-23 12:00:00' in UTC",
                    place.getParserPosition().getLineNum(),
                    place.getParserPosition().getColumnNum()));
  }

  /** The branch that a table's own schema says HEAD is of. */
  private String branchOf(SqlIdentifier table) throws StoreException {
    if (table.names.size() < 2) {
      return versions.branch();
    }
    Version version = versions.require(table.names.get(table.names.size() - 2));
    return version.branch().orElse(versions.branch());
  }

  private SqlNode hinted(SqlTableRef hinted) {
    SqlIdentifier table = (SqlIdentifier) hinted.getOperandList().get(0);
    SqlNodeList hints = (SqlNodeList) hinted.getOperandList().get(1);
    List<SqlNode> others = new ArrayList<>();
    SqlNode named = table;
    for (SqlNode each : hints) {
      SqlHint hint = (SqlHint) each;
      String name = hint.getName().toUpperCase(Locale.ROOT);
      if (!name.startsWith("AS_OF_")) {
        others.add(hint);
        continue;
      }
      if (named != table) {
        throw new Carried(
            new StatementException(
                "42601",
                "a second version of " + table + " in the hint " + name + "; a table has one",
                hint.getParserPosition().getLineNum(),
                hint.getParserPosition().getColumnNum()));
      }
      List<String> options = hint.getOptionList();
      if (options.size() != 1) {
        throw new Carried(
            new StatementException(
                "42601",
                "the hint " + name + " takes one text, as in " + name + "('main~1')",
                hint.getParserPosition().getLineNum(),
                hint.getParserPosition().getColumnNum()));
      }
      String given = options.get(0);
      named =
          switch (name) {
            case "AS_OF_BRANCH" -> asOf(table, VersionKind.BRANCH, given);
            case "AS_OF_COMMIT" -> asOf(table, VersionKind.COMMIT, given);
            case "AS_OF_TAG" -> asOf(table, VersionKind.TAG, given);
            case "AS_OF_TIMESTAMP" ->
                path(Carried.through(() -> commitAt(parse(given, hint), branchOf(table))), table);
            default ->
                throw new Carried(
                    new StatementException(
                        "42601",
                        "no hint "
                            + name
                            + "; there are AS_OF_BRANCH, AS_OF_COMMIT, AS_OF_TAG, AS_OF_TIMESTAMP",
                        hint.getParserPosition().getLineNum(),
                        hint.getParserPosition().getColumnNum()));
          };
    }
    return others.isEmpty()
        ? named
        : new SqlTableRef(
            hinted.getParserPosition(),
            (SqlIdentifier) named,
            new SqlNodeList(others, hints.getParserPosition()));
  }

  private SqlIdentifier asOf(SqlIdentifier table, VersionKind kind, String revision) {
    return path(Carried.through(() -> schemaOf(table, kind, revision)), table);
  }

  private String schemaOf(SqlIdentifier table, VersionKind kind, String revision)
      throws StoreException {
    String branch = branchOf(table);
    return switch (kind) {
      case BRANCH -> versions.store().branch(revision).name();
      case COMMIT -> commit(now -> now.commitSchema(revision, branch));
      case TAG -> commit(now -> tag(now, revision));
    };
  }

  private String commitAt(Instant instant, String branch) throws StoreException {
    return commit(now -> now.commitAt(instant, branch).id().hex());
  }

  /** Names a commit, and remembers how. */
  private String commit(Premises.Naming naming) throws StoreException {
    String schema = naming.find(versions);
    named.add(new Premises.Named(naming, schema));
    return schema;
  }

  /** The commit of a tag, for sure no branch's. */
  static String tag(Versions versions, String name) throws StoreException {
    List<String> names = new ArrayList<>();
    Optional<String> similar = Optional.empty();
    for (var tag : versions.store().tags()) {
      if (tag.name().equals(name)) {
        return tag.commit().hex();
      }
      if (tag.name().equalsIgnoreCase(name)) {
        similar = Optional.of(tag.commit().hex());
      }
      names.add(tag.name());
    }
    if (similar.isPresent()) {
      return similar.get();
    }
    throw new StoreException(
        StoreException.Code.NO_SUCH_REF,
        "no tag '" + name + "'" + io.versor.format.ref.NearNames.question(name, names));
  }

  private static SqlIdentifier path(String schema, SqlIdentifier table) {
    SqlParserPos place = table.getParserPosition();
    return new SqlIdentifier(
        List.of(schema, table.names.get(table.names.size() - 1)),
        null,
        place,
        List.of(place, place));
  }

  private static SqlIdentifier tableName(SqlNode table) {
    if (table instanceof SqlIdentifier id) {
      return id;
    }
    throw new Carried(
        new StatementException(
            "42601",
            "AS OF stands behind the name of a table, found " + table,
            table.getParserPosition().getLineNum(),
            table.getParserPosition().getColumnNum()));
  }

  // --- functions

  private @Nullable SqlNode tableFunction(SqlCall collection) {
    SqlNode inner = collection.operand(0);
    if (!(inner instanceof SqlCall call)
        || !(call.getOperator() instanceof SqlFunction function)
        || function.getNameAsId().names.size() != 2
        || !function.getNameAsId().names.get(0).equalsIgnoreCase(Versions.SYSTEM)) {
      return copied(collection);
    }
    String name = function.getNameAsId().names.get(1).toLowerCase(Locale.ROOT);
    List<Optional<String>> arguments = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      arguments.add(argument(operand));
    }
    String table =
        Carried.through(
            () -> {
              try {
                return system.registerFunction(name, arguments, versions);
              } catch (StatementException e) {
                throw e.at(call.getParserPosition());
              }
            });
    SqlParserPos place = call.getParserPosition();
    return new SqlIdentifier(List.of(Versions.SYSTEM, table), null, place, List.of(place, place));
  }

  private Optional<String> argument(SqlNode operand) {
    if (operand instanceof SqlDynamicParam parameter) {
      usedParameters = true;
      return parameter.getIndex() < parameters.size()
          ? Optional.ofNullable(parameters.get(parameter.getIndex())).map(Object::toString)
          : Optional.empty();
    }
    if (operand instanceof SqlIdentifier id) {
      return Optional.of(String.join(".", id.names));
    }
    if (operand instanceof SqlLiteral literal) {
      return SqlUtil.isNullLiteral(literal, false)
          ? Optional.empty()
          : Optional.of(String.valueOf(literal.toValue()));
    }
    throw new Carried(
        new StatementException(
            "42601",
            "arguments of versor's table functions are texts or ?, found " + operand,
            operand.getParserPosition().getLineNum(),
            operand.getParserPosition().getColumnNum()));
  }
}
