package io.versor.engine.plan;

import com.google.common.collect.ImmutableSet;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.function.TensorCalls;
import io.versor.engine.type.Carried;
import io.versor.engine.type.DeclaredTypes;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.engine.work.Poll;
import io.versor.parser.ast.FetchedRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SelectNamespace;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlMonotonicity;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.Litmus;
import org.apache.calcite.util.Static;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Calcite's validator, but {@code *} leaves hidden columns out. */
final class VersorValidator extends SqlValidatorImpl {
  private static final SqlTypeMappingRule CASTS = casts();

  /** Where stars stand in the text; what they are expanded to keeps the place. */
  private final Set<Long> stars = new HashSet<>();

  /** Calls whose meaning is known: to ask again at each level takes a time that doubles with it. */
  private final Set<SqlNode> resolved = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Set<SqlNode> alike = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<Integer, RelDataType> parameterTypes = new HashMap<>();

  private final UntypedParameters parameters = new UntypedParameters(this);

  /** Joins that are valid. */
  private final Set<SqlNode> joined = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Map<SqlMatchRecognize, RowPattern> patterns = new IdentityHashMap<>();

  private final CommonColumns common = new CommonColumns(this::shownColumns);

  private final DoubledColumns doubled = new DoubledColumns();

  private final SelectLists lists = new SelectLists();

  private final CommonNames commonNames = new CommonNames(common, this::columns);

  VersorValidator(
      SqlOperatorTable operators,
      CalciteCatalogReader catalog,
      VersorTypeFactory types,
      Config config) {
    super(operators, catalog, types, config);
  }

  /** Tells the type of a parameter before anything is asked. */
  void setParameterType(int index, RelDataType type) {
    parameterTypes.put(index, type);
  }

  @Override
  public SqlNode validate(SqlNode top) {
    top.accept(new SubqueryNames(doubled::add));
    top.accept(new WindowNames());
    RecursiveForms recursive = new RecursiveForms();
    top.accept(recursive);
    top.accept(new RecursiveUnions());
    top.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            if (id.isStar()) {
              stars.add(start(id.getParserPosition()));
            }
            return null;
          }

          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            RelDataType type = parameterTypes.get(parameter.getIndex());
            if (type != null) {
              setValidatedNodeType(parameter, type);
            }
            return null;
          }

          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call instanceof SqlSelect select && select.getGroup() != null) {
              GroupingSetCount.check(select.getGroup());
            }
            setFetchType(call);
            return super.visit(call);
          }
        });
    SqlNode valid = super.validate(top);
    recursive.checkValid();
    return valid;
  }

  private void setFetchType(SqlCall call) {
    boolean percent = FetchedRows.isPercent(call);
    if ((percent || FetchedRows.isTied(call)) && call.operand(0) instanceof SqlDynamicParam) {
      setValidatedNodeType(
          call.operand(0),
          percent
              ? getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 19, 6)
              : getTypeFactory().createSqlType(SqlTypeName.INTEGER));
    }
  }

  /** An operator between tensors is another one than between numbers. */
  @Override
  public RelDataType deriveType(SqlValidatorScope scope, SqlNode expr) {
    Poll.poll();
    if (AlikeValues.isEmptyArray(expr)) {
      throw AlikeValues.unknownArray(expr);
    }
    if (expr instanceof SqlDataTypeSpec type) {
      Carried.through(
          () -> {
            DeclaredTypes.checkLength(type.getTypeNameSpec());
            return type;
          });
    }
    checkDoubled(expr, scope);
    makeAlike(expr, scope);
    if (expr instanceof SqlBasicCall call && !resolved.contains(call)) {
      ArrayConcat.resolve(
          call, operand -> deriveType(scope, operand), (VersorTypeFactory) getTypeFactory());
      JsonColumns.resolve(call, scope, this);
      JsonMoments.resolve(call, operand -> deriveType(scope, operand));
      TextAggregates.resolve(call, operand -> deriveType(scope, operand));
      PostgresCalls.resolve(
          call, operand -> deriveType(scope, operand), (VersorTypeFactory) getTypeFactory());
      TensorCalls.resolve(call, operand -> deriveType(scope, operand));
      BareDecimals.resolve(call, operand -> deriveType(scope, operand));
      ListText.resolve(call, operand -> deriveType(scope, operand));
      UuidTexts.resolve(call, operand -> deriveType(scope, operand));
      DateArithmetic.resolve(call, operand -> deriveType(scope, operand));
      ArrayCalls.resolve(
          call, operand -> deriveType(scope, operand), (VersorTypeFactory) getTypeFactory());
      resolved.add(call);
      RelDataType type = super.deriveType(scope, expr);
      TensorCalls.check(call, this::getValidatedNodeTypeIfKnown);
      return type;
    }
    return super.deriveType(scope, expr);
  }

  @Override
  public boolean isAggregate(SqlSelect select) {
    SelectScope scope = getRawSelectScope(select);
    return lists.isAggregate(
        select,
        scope == null ? null : scope.getExpandedSelectList(),
        () -> super.isAggregate(select));
  }

  /** Asked for each key of ORDER BY. */
  @Override
  public SqlNodeList expandStar(SqlNodeList list, SqlSelect select, boolean systemColumns) {
    return systemColumns
        ? super.expandStar(list, select, true)
        : lists.expanded(select, list, () -> super.expandStar(list, select, false));
  }

  /** Ordinals count the columns that a star before them stands for. */
  @Override
  protected void validateGroupClause(SqlSelect select) {
    StarOrdinals.resolve(select, this);
    super.validateGroupClause(select);
  }

  @Override
  protected void validateOrderList(SqlSelect select) {
    SqlNodeList order = select.getOrderList();
    for (int i = 0; order != null && i < order.size(); i++) {
      SqlNode key = order.get(i);
      while (key.getKind() == SqlKind.DESCENDING
          || key.getKind() == SqlKind.NULLS_FIRST
          || key.getKind() == SqlKind.NULLS_LAST) {
        key = ((SqlCall) key).operand(0);
      }
      addPlace(key);
      checkDoubled(key, getOrderScope(select));
    }
    super.validateOrderList(select);
  }

  /** Keys that are places in the select list stand for what a star has there, too. */
  private void addPlace(SqlNode key) {
    if (key instanceof SqlNumericLiteral) {
      stars.add(start(key.getParserPosition()));
    }
  }

  private void checkDoubled(SqlNode expr, SqlValidatorScope scope) {
    if (!stars.contains(start(expr.getParserPosition())) && isDoubled(expr, scope)) {
      throw newValidationError(
          expr, Static.RESOURCE.columnAmbiguous(Util.last(((SqlIdentifier) expr).names)));
    }
  }

  /** Calcite's leaves out the frame that stands beside the name of a window. */
  @Override
  public SqlWindow resolveWindow(SqlNode windowOrName, SqlValidatorScope scope) {
    SqlWindow resolved = super.resolveWindow(windowOrName, scope);
    SqlWindow window =
        windowOrName instanceof SqlIdentifier name
            ? scope.lookupWindow(name.getSimple())
            : (SqlWindow) windowOrName;
    if (window != null && resolved != window) {
      resolved.setLowerBound(window.getLowerBound());
      resolved.setUpperBound(window.getUpperBound());
      resolved.setOperand(resolved.operandCount() - 1, window.getExclude());
    }
    return resolved;
  }

  /** Calcite's asks for the types of parameters in windows without a name alone. */
  @Override
  protected void validateWindowClause(SqlSelect select) {
    for (SqlNode window : select.getWindowList()) {
      SqlValidatorScope scope = getFromScope(select);
      SqlWindow named = (SqlWindow) window;
      named.setPartitionList(known(named.getPartitionList(), scope));
      named.setOrderList(known(named.getOrderList(), scope));
    }
    List<SqlNode> all = List.copyOf(select.getWindowList());
    Map<SqlWindow, SqlWindow> alike = alike(select.getWindowList());
    super.validateWindowClause(select);
    alike.forEach((window, first) -> validateAlike(window, first, select));
    select.getWindowList().clear();
    select.getWindowList().addAll(all);
  }

  /** Takes out windows that are defined as one before them, which Calcite refuses. */
  private static Map<SqlWindow, SqlWindow> alike(SqlNodeList windows) {
    Map<SqlWindow, SqlWindow> alike = new LinkedHashMap<>();
    List<SqlNode> different = new ArrayList<>();
    for (SqlNode window : windows) {
      SqlNode first = null;
      for (int i = 0; first == null && i < different.size(); i++) {
        first = different.get(i).equalsDeep(window, Litmus.IGNORE) ? different.get(i) : null;
      }
      if (first == null) {
        different.add(window);
      } else {
        alike.put((SqlWindow) window, (SqlWindow) first);
      }
    }
    if (!alike.isEmpty()) {
      windows.clear();
      windows.addAll(different);
    }
    return alike;
  }

  private void validateAlike(SqlWindow window, SqlWindow first, SqlSelect select) {
    SelectScope scope = (SelectScope) Objects.requireNonNull(getFromScope(select), "scope");
    SqlIdentifier name = Objects.requireNonNull(window.getDeclName(), "name");
    if (scope.existingWindowName(name.toString())) {
      throw newValidationError(name, Static.RESOURCE.duplicateWindowName());
    }
    scope.addWindowName(name.toString());
    window.setPartitionList(first.getPartitionList());
    window.setOrderList(first.getOrderList());
  }

  private SqlNodeList known(SqlNodeList list, SqlValidatorScope scope) {
    SqlNodeList expanded = (SqlNodeList) expand(list, scope);
    expanded.forEach(node -> inferUnknownTypes(unknownType, scope, node));
    return expanded;
  }

  /**
   * Ranks have no frames, and do not mind those of windows that others share with them. Without an
   * order all rows are the first.
   */
  @Override
  public void validateWindow(
      SqlNode windowOrName, SqlValidatorScope scope, @Nullable SqlCall call) {
    if (call == null || call.getOperator().allowsFraming()) {
      super.validateWindow(windowOrName, scope, call);
      return;
    }
    SqlWindow window = resolveWindow(windowOrName, scope);
    SqlParserPos place = window.getParserPosition();
    SqlNodeList any = SqlNodeList.of(SqlLiteral.createBoolean(true, place));
    SqlWindow frameless =
        SqlWindow.create(
            null,
            null,
            window.getPartitionList(),
            window.getOrderList().isEmpty() ? any : window.getOrderList(),
            SqlLiteral.createBoolean(false, place),
            null,
            null,
            null,
            SqlWindow.createExcludeNoOthers(place),
            place);
    super.validateWindow(frameless, scope, call);
  }

  /**
   * Before the types of a call's parameters are asked for, of which its other operands tell; one of
   * which nothing tells is a text, as in PostgreSQL.
   */
  @Override
  protected void inferUnknownTypes(RelDataType inferred, SqlValidatorScope scope, SqlNode node) {
    makeAlike(node, scope);
    if (inferred.equals(unknownType) && node instanceof SqlDynamicParam) {
      if (parameters.isUntyped(node)) {
        super.inferUnknownTypes(typeFactory.createSqlType(SqlTypeName.VARCHAR), scope, node);
      }
      return;
    }
    super.inferUnknownTypes(inferred, scope, node);
    parameters.after(node);
  }

  private void makeAlike(SqlNode node, SqlValidatorScope scope) {
    boolean value = node instanceof SqlBasicCall || node instanceof SqlCase;
    if (value && alike.add(node)) {
      parameters.before((SqlCall) node, scope);
      alike(scope).resolve((SqlCall) node);
    }
  }

  private AlikeValues alike(SqlValidatorScope scope) {
    return new AlikeValues(
        operand -> deriveType(scope, operand), (VersorTypeFactory) getTypeFactory());
  }

  /**
   * Whether a column of a subquery ascends is asked of the one below, for each place that names it;
   * only streams would need to know.
   */
  @Override
  protected SelectNamespace createSelectNamespace(SqlSelect select, SqlNode enclosingNode) {
    return new SelectNamespace(this, select, enclosingNode) {
      @Override
      public SqlMonotonicity getMonotonicity(String columnName) {
        return SqlMonotonicity.NOT_MONOTONIC;
      }
    };
  }

  /** PI alone is a column, as everywhere but in Calcite; PI() is the number. */
  @Override
  public @Nullable SqlCall makeNullaryCall(SqlIdentifier id) {
    SqlCall call = super.makeNullaryCall(id);
    boolean constant =
        call != null && call.getOperator().getSyntax() == SqlSyntax.FUNCTION_ID_CONSTANT;
    return constant ? null : call;
  }

  @Override
  protected void validateValues(SqlCall values, RelDataType target, SqlValidatorScope scope) {
    if (resolved.add(values)) {
      alike(scope).rows(values.getOperandList());
    }
    if (!target.isStruct()) {
      parameters.rows(values, scope);
    }
    super.validateValues(values, target, scope);
  }

  @Override
  public void validateCall(SqlCall call, SqlValidatorScope scope) {
    if (call.getKind() == SqlKind.UNNEST) {
      unnestArrays(call, scope);
    }
    super.validateCall(call, scope);
  }

  /** Names are qualified here, as if nothing had been put in the place of a tensor before. */
  @Override
  protected void validateUnnest(SqlCall call, SqlValidatorScope scope, RelDataType targetRowType) {
    super.validateUnnest(call, scope, targetRowType);
    unnestArrays(call, scope);
    call.getOperandList().forEach(operand -> deriveType(scope, operand));
  }

  @Override
  protected void validateJoin(SqlJoin join, SqlValidatorScope scope) {
    if (!joined.add(join)) {
      return; // it is asked for below and again by the one around
    }
    SqlValidatorScope both = getJoinScope(join);
    if (join.isNatural() || join.getConditionType() == JoinConditionType.USING) {
      validateFrom(join.getLeft(), unknownType, both);
      validateFrom(join.getRight(), unknownType, both);
      common.resolve(join);
    } else if (join.getConditionType() == JoinConditionType.ON && join.getCondition() != null) {
      validateFrom(join.getLeft(), unknownType, both);
      validateFrom(join.getRight(), unknownType, both);
      join.setOperand(5, LabelNumbers.in(join.getCondition(), both));
      if (common.isIn(join)) {
        join.setOperand(5, commonNames.in(join.getCondition(), join));
      }
    }
    super.validateJoin(join, scope);
  }

  /** The first clause behind FROM: only now is known which columns joins have in common. */
  @Override
  protected void validateWhereClause(SqlSelect select) {
    SqlNode from = select.getFrom();
    LabelNumbers.resolve(select, getWhereScope(select));
    if (from != null && common.isIn(from)) {
      commonNames.resolve(select, from, name -> doubled.add(select, name));
    }
    if (isAggregate(select)) {
      OuterColumns.mark(select, getWhereScope(select));
    }
    super.validateWhereClause(select);
  }

  private List<String> columns(SqlNode from) {
    SqlValidatorNamespace namespace = getNamespace(from);
    return namespace == null ? List.of() : namespace.getRowType().getFieldNames();
  }

  private List<String> shownColumns(SqlNode from) {
    SqlValidatorNamespace namespace = Objects.requireNonNull(getNamespace(from), "namespace");
    SqlValidatorTable table = namespace.getTable();
    VersorTable source = table == null ? null : table.unwrap(VersorTable.class);
    return namespace.getRowType().getFieldNames().stream()
        .filter(name -> source == null || !isHidden(name, source))
        .toList();
  }

  /** Calcite's own does without much of the standard, and takes some for what it is not. */
  @Override
  public void validateMatchRecognize(SqlCall call) {
    SqlMatchRecognize match = (SqlMatchRecognize) call;
    SqlNode table = match.getTableRef();
    validateFrom(table, unknownType, getMatchRecognizeScope(match));
    SqlValidatorNamespace rows = Objects.requireNonNull(getNamespace(table), "namespace");
    RowPattern pattern = RowPatternReader.read(this, match, rows.getRowType(), shownColumns(table));
    patterns.put(match, pattern);
    Objects.requireNonNull(getNamespace(match), "namespace").setType(pattern.rowType());
  }

  /** What a valid MATCH_RECOGNIZE says. */
  RowPattern rowPattern(SqlMatchRecognize match) {
    return Objects.requireNonNull(patterns.get(match), "the pattern is not valid yet");
  }

  /** An expression as its validation leaves it. */
  SqlNode valid(SqlNode expression, SqlValidatorScope scope, @Nullable RelDataType expected) {
    SqlNode expanded = expand(expression, scope);
    inferUnknownTypes(expected == null ? unknownType : expected, scope, expanded);
    deriveType(scope, expanded);
    expanded.validateExpr(this, scope);
    return expanded;
  }

  private void unnestArrays(SqlCall call, SqlValidatorScope scope) {
    TensorUnnest.resolve(
        call, operand -> deriveType(scope, operand), (VersorTypeFactory) getTypeFactory());
  }

  /** A truth as a number and back, as PostgreSQL has it. */
  @Override
  public SqlTypeMappingRule getTypeMappingRule() {
    return CASTS;
  }

  private static SqlTypeMappingRule casts() {
    Map<SqlTypeName, ImmutableSet<SqlTypeName>> casts =
        new HashMap<>(SqlTypeCoercionRule.instance().getTypeMapping());
    for (SqlTypeName whole : SqlTypeName.INT_TYPES) {
      allow(casts, whole, SqlTypeName.BOOLEAN);
      allow(casts, SqlTypeName.BOOLEAN, whole);
    }
    return SqlTypeCoercionRule.instance(casts);
  }

  private static void allow(
      Map<SqlTypeName, ImmutableSet<SqlTypeName>> casts, SqlTypeName to, SqlTypeName from) {
    casts.put(
        to,
        ImmutableSet.<SqlTypeName>builder()
            .addAll(casts.getOrDefault(to, ImmutableSet.of()))
            .add(from)
            .build());
  }

  private static long start(SqlParserPos place) {
    return (long) place.getLineNum() << 32 | place.getColumnNum();
  }

  /**
   * Called for each column a star stands for, with the star's own place, and for each item of the
   * list that is no star, with its place.
   */
  @Override
  protected void addToSelectList(
      List<SqlNode> list,
      Set<String> aliases,
      List<Map.Entry<String, RelDataType>> fields,
      SqlNode item,
      SelectScope scope,
      boolean includeSystemVars) {
    boolean fromStar =
        item instanceof SqlIdentifier && stars.contains(start(item.getParserPosition()));
    if (fromStar && isHidden((SqlIdentifier) item, scope)) {
      return;
    }
    String name = fromStar ? SqlValidatorUtil.alias(item) : null;
    if (name != null && (aliases.contains(name) || isDoubled(item, scope))) {
      doubled.add(scope.getNode(), name);
    }
    super.addToSelectList(list, aliases, fields, item, scope, includeSystemVars);
  }

  private boolean isDoubled(SqlNode node, SqlValidatorScope scope) {
    if (doubled.isEmpty() || !(node instanceof SqlIdentifier id) || id.isStar()) {
      return false;
    }
    try {
      SqlQualified column = scope.fullyQualify(id);
      SqlNode query = column.namespace == null ? null : column.namespace.resolve().getNode();
      return query != scope.getNode() // or it is an alias in ORDER BY
          && doubled.has(query, Util.last(column.identifier.names));
    } catch (CalciteException e) {
      return false; // another name than a column's, or a wrong one, which is said elsewhere
    }
  }

  private static boolean isHidden(SqlIdentifier id, SelectScope scope) {
    String name = id.names.get(id.names.size() - 1);
    if (!name.startsWith("_") && !name.endsWith(Field.LABEL_ID_SUFFIX)) {
      return false;
    }
    SqlQualified qualified = scope.fullyQualify(id);
    if (qualified.namespace == null) {
      return false;
    }
    SqlValidatorTable table = qualified.namespace.getTable();
    VersorTable source = table == null ? null : table.unwrap(VersorTable.class);
    return source != null && isHidden(name, source);
  }

  private static boolean isHidden(String name, VersorTable table) {
    return table.fields().stream().anyMatch(field -> field.hidden() && field.name().equals(name));
  }
}
