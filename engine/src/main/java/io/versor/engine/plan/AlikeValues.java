package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import io.versor.engine.type.TensorSqlType;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Values of which one is taken, or that are compared, where some are tensors or lists. Calcite
 * takes a tensor for a value of any type, and neither casts it nor knows what it is equal to: here
 * values are cast to their common type, and comparisons of unlike tensors are put in terms of
 * {@code =}.
 */
final class AlikeValues {
  private static final Set<SqlKind> COMPARISONS =
      EnumSet.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM);

  private final Function<SqlNode, RelDataType> typeOf;
  private final VersorTypeFactory types;

  AlikeValues(Function<SqlNode, RelDataType> typeOf, VersorTypeFactory types) {
    this.typeOf = typeOf;
    this.types = types;
  }

  void resolve(SqlCall call) {
    if (call.getKind() == SqlKind.CAST) {
      if (isEmptyArray(call.operand(0))) {
        emptyArrays(call, List.of(0, 1));
      }
      checkLevels(call);
    } else if (call instanceof SqlCase choice) {
      choice(choice);
    } else if (COMPARISONS.contains(call.getKind()) && call instanceof SqlBasicCall comparison) {
      comparison(comparison);
    } else if (call instanceof SqlBasicCall) {
      List<Integer> alike = alike(call);
      if (!alike.isEmpty()) {
        emptyArrays(call, alike);
        unify(call, alike);
        if (call.getKind() == SqlKind.LAG || call.getKind() == SqlKind.LEAD) {
          instead(call);
        }
      } else if (call.getOperandList().stream().anyMatch(AlikeValues::isEmptyArray)) {
        emptyArrays(call, all(call));
      }
      unsigned(call);
    }
  }

  /** Lists are cast to lists with as many levels, and to texts. */
  private void checkLevels(SqlCall cast) {
    SqlNode value = cast.operand(0);
    if (value instanceof SqlDynamicParam || isEmptyArray(value)) {
      return;
    }
    RelDataType from = typeOf.apply(value);
    RelDataType to = typeOf.apply(cast.operand(1));
    boolean other =
        from instanceof TensorSqlType
            || isNull(from)
            || from.getSqlTypeName() == SqlTypeName.ANY
            || SqlTypeUtil.isCharacter(to);
    if (!other && levels(from) != levels(to)) {
      throw TensorRules.noCast(from, to, "");
    }
  }

  private static int levels(RelDataType type) {
    RelDataType element = type.getComponentType();
    return element == null ? 0 : 1 + levels(element);
  }

  /** Places of arguments that are of one type; empty if there are none. */
  private static List<Integer> alike(SqlCall call) {
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "IFNULL", "NVL", "ARRAY" -> all(call);
      case "NVL2", "IF" -> call.operandCount() == 3 ? List.of(1, 2) : List.of();
      case "LAG", "LEAD" -> call.operandCount() == 3 ? List.of(0, 2) : List.of();
      default -> List.of();
    };
  }

  private static List<Integer> all(SqlCall call) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < call.operandCount(); i++) {
      places.add(i);
    }
    return places;
  }

  private void choice(SqlCase choice) {
    SqlNodeList then = choice.getThenOperands();
    List<SqlNode> values = new ArrayList<>(then.getList());
    SqlNode otherwise = choice.getElseOperand();
    if (otherwise != null) {
      values.add(otherwise);
    }
    List<SqlNode> alike = unified(fillEmpty(values));
    for (int i = 0; i < then.size(); i++) {
      then.set(i, alike.get(i));
    }
    if (otherwise != null) {
      choice.setOperand(3, alike.get(then.size()));
    }
  }

  /** What LAG and LEAD give where there is no row: of the type of the rows' values. */
  private void instead(SqlCall call) {
    SqlNode otherwise = call.operand(2);
    RelDataType type = typeOf.apply(call.operand(0));
    if (!isCell(type) && !SqlUtil.isNullLiteral(otherwise, false)) {
      call.setOperand(2, cast(otherwise, type));
    }
  }

  private void unify(SqlCall call, List<Integer> places) {
    List<SqlNode> values = places.stream().<SqlNode>map(call::operand).toList();
    List<SqlNode> alike = unified(values);
    for (int i = 0; i < alike.size(); i++) {
      if (alike.get(i) != values.get(i)) { // each time, all operands are copied
        call.setOperand(places.get(i), alike.get(i));
      }
    }
  }

  /** The columns of VALUES. */
  void rows(List<SqlNode> rows) {
    int columns = rows.get(0) instanceof SqlCall first ? first.operandCount() : 0;
    for (SqlNode row : rows) {
      if (!(row instanceof SqlCall call) || call.operandCount() != columns) {
        return; // refused for that
      }
    }
    for (int column = 0; column < columns; column++) {
      int at = column;
      List<SqlNode> values =
          rows.stream().<SqlNode>map(row -> ((SqlCall) row).operand(at)).toList();
      if (values.stream().allMatch(SqlLiteral.class::isInstance)) {
        continue; // the usual case, and there may be many
      }
      List<SqlNode> alike = unified(fillEmpty(values));
      for (int i = 0; i < rows.size(); i++) {
        if (alike.get(i) != values.get(i)) {
          ((SqlCall) rows.get(i)).setOperand(at, alike.get(i));
        }
      }
    }
  }

  /** The values, cast where they are not of the type that all of them have in common. */
  private List<SqlNode> unified(List<SqlNode> values) {
    List<RelDataType> known = new ArrayList<>();
    boolean cells = false;
    boolean uuids = false;
    boolean truths = false;
    for (SqlNode value : values) {
      if (!(value instanceof SqlDynamicParam)) {
        RelDataType type = typeOf.apply(value);
        known.add(type);
        cells |= isCell(type);
        uuids |= type.getSqlTypeName() == SqlTypeName.UUID;
        truths |= type.getSqlTypeName() == SqlTypeName.BOOLEAN;
      }
    }
    if (uuids && values.stream().anyMatch(UuidTexts::isText)) {
      return unified(
          values.stream()
              .map(value -> UuidTexts.isText(value) ? UuidTexts.cast((SqlLiteral) value) : value)
              .toList());
    }
    boolean parameters = known.size() < values.size();
    if (!cells && !(parameters && (uuids || truths))) {
      return values;
    }
    RelDataType common = common(known);
    if (common == null) {
      throw unlike(known, values);
    }
    return values.stream().map(value -> cast(value, common)).toList();
  }

  /** Null if there is none; Calcite would take a list beside a scalar for a text. */
  private @Nullable RelDataType common(List<RelDataType> known) {
    boolean cells = known.stream().anyMatch(AlikeValues::isCell);
    boolean others = known.stream().anyMatch(type -> !isCell(type) && !isNull(type));
    return cells && others ? null : types.leastRestrictive(known);
  }

  private static boolean isNull(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.NULL;
  }

  private static boolean isCell(RelDataType type) {
    return type instanceof TensorSqlType || type.getSqlTypeName() == SqlTypeName.ARRAY;
  }

  private Carried unlike(List<RelDataType> known, List<SqlNode> values) {
    RelDataType first =
        known.stream()
            .filter(AlikeValues::isCell)
            .findFirst()
            .orElseThrow(IllegalStateException::new);
    RelDataType other =
        known.stream()
            .filter(type -> !isNull(type) && common(List.of(first, type)) == null)
            .findFirst()
            .orElse(known.get(known.size() - 1));
    SqlParserPos place = values.get(0).getParserPosition();
    return noCommon(first, other, place);
  }

  static Carried noCommon(RelDataType first, RelDataType other, SqlParserPos place) {
    return new Carried(
        new StatementException(
            "42804",
            "no common type of " + first + " and " + other + "; CAST one of them",
            place.getLineNum(),
            place.getColumnNum()));
  }

  private SqlNode cast(SqlNode value, RelDataType to) {
    boolean unknown = value instanceof SqlDynamicParam;
    RelDataType from = unknown ? null : typeOf.apply(value);
    return from != null && SqlTypeUtil.equalSansNullability(types, from, to)
        ? value
        : cast(value, from, to);
  }

  /** A CAST, of tensors and lists of them too. */
  static SqlNode cast(SqlNode value, @Nullable RelDataType from, RelDataType to) {
    SqlParserPos place = value.getParserPosition();
    if (to instanceof TensorSqlType tensor) {
      return TensorCast.call(value, tensor.tensor(), place);
    }
    boolean isNull = from != null && from.getSqlTypeName() == SqlTypeName.NULL;
    if (to.getComponentType() instanceof TensorSqlType tensor) {
      return isNull ? value : ListCast.toTensors(value, tensor.tensor(), place);
    }
    return isNull
        ? value
        : SqlStdOperatorTable.CAST.createCall(place, value, SqlTypeUtil.convertTypeToSpec(to));
  }

  // --- arrays of nothing

  static boolean isEmptyArray(SqlNode node) {
    return node.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
        && ((SqlCall) node).operandCount() == 0;
  }

  static Carried unknownArray(SqlNode array) {
    return new Carried(
        new StatementException(
            "42P18",
            "nothing tells what ARRAY[] would be made of; CAST it, as in"
                + " CAST(ARRAY[] AS INTEGER ARRAY)",
            array.getParserPosition().getLineNum(),
            array.getParserPosition().getColumnNum()));
  }

  private void emptyArrays(SqlCall call, List<Integer> places) {
    List<SqlNode> values = places.stream().<SqlNode>map(call::operand).toList();
    List<SqlNode> filled = fillEmpty(values);
    for (int i = 0; i < filled.size(); i++) {
      if (filled.get(i) != values.get(i)) {
        call.setOperand(places.get(i), filled.get(i));
      }
    }
  }

  /** Arrays of nothing are of the type of what stands beside them. */
  private List<SqlNode> fillEmpty(List<SqlNode> values) {
    if (values.stream().noneMatch(AlikeValues::isEmptyArray)) {
      return values;
    }
    RelDataType beside = null;
    for (SqlNode value : values) {
      if (value instanceof SqlNodeList list) {
        for (SqlNode each : list) {
          beside = beside == null ? cellType(each) : beside;
        }
      } else if (beside == null) {
        beside = cellType(value);
      }
    }
    RelDataType found = beside;
    return found == null
        ? values
        : values.stream().map(value -> isEmptyArray(value) ? empty(value, found) : value).toList();
  }

  private @Nullable RelDataType cellType(SqlNode value) {
    if (isEmptyArray(value) || value instanceof SqlDynamicParam) {
      return null;
    }
    RelDataType type = typeOf.apply(value);
    return isCell(type) ? type : null;
  }

  private static SqlNode empty(SqlNode array, RelDataType type) {
    SqlParserPos place = array.getParserPosition();
    if (type instanceof TensorSqlType tensor && tensor.tensor().shape().isFixed()) {
      throw new Carried(
          new StatementException(
              "42804",
              "ARRAY[] has no elements and cannot be " + type + ", whose extents are fixed",
              place.getLineNum(),
              place.getColumnNum()));
    }
    return type instanceof TensorSqlType tensor
        ? TensorCast.call(SqlLiteral.createCharString("[]", place), tensor.tensor(), place)
        : ListCast.empty(type, place);
  }

  // --- comparisons

  private void comparison(SqlBasicCall call) {
    SqlNode left = call.operand(0);
    SqlNode right = call.operand(1);
    if (right instanceof SqlNodeList list) {
      list(call, left, list);
      return;
    }
    if (left.getKind() == SqlKind.ROW && right.getKind() == SqlKind.ROW) {
      rows(call, (SqlCall) left, (SqlCall) right);
      return;
    }
    boolean query = right.isA(SqlKind.QUERY);
    if (query && call.getKind() != SqlKind.EQUALS && call.getKind() != SqlKind.NOT_EQUALS) {
      return;
    }
    emptyArrays(call, List.of(0, 1));
    unsigned(call);
    pair(call);
  }

  /** Makes two lists alike, and puts IS DISTINCT FROM of unlike tensors in terms of {@code =}. */
  private void pair(SqlBasicCall call) {
    SqlNode left = call.operand(0);
    SqlNode right = call.operand(1);
    if (left instanceof SqlDynamicParam || right instanceof SqlDynamicParam) {
      return;
    }
    RelDataType a = typeOf.apply(left);
    RelDataType b = typeOf.apply(right);
    boolean equality = call.getKind() == SqlKind.EQUALS || call.getKind() == SqlKind.NOT_EQUALS;
    if (ofTensors(a) || ofTensors(b)) {
      unify(call, List.of(0, 1));
    } else if (!equality && isUnlike(a, b)) {
      boolean distinct = call.getKind() == SqlKind.IS_DISTINCT_FROM;
      SqlParserPos place = call.getParserPosition();
      SqlNode same = SqlStdOperatorTable.EQUALS.createCall(place, left, right);
      SqlNode none = and(place, isNull(left), isNull(right));
      call.setOperand(
          0,
          distinct
              ? SqlStdOperatorTable.IS_NOT_TRUE.createCall(place, same)
              : SqlStdOperatorTable.IS_TRUE.createCall(place, same));
      call.setOperand(1, distinct ? SqlStdOperatorTable.NOT.createCall(place, none) : none);
      call.setOperator(distinct ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR);
    }
  }

  private static boolean ofTensors(RelDataType type) {
    return type.getComponentType() instanceof TensorSqlType;
  }

  private static boolean isUnlike(RelDataType left, RelDataType right) {
    boolean none =
        left.getSqlTypeName() == SqlTypeName.NULL || right.getSqlTypeName() == SqlTypeName.NULL;
    boolean tensor = left instanceof TensorSqlType || right instanceof TensorSqlType;
    return tensor
        && !none
        && !(left instanceof TensorSqlType a
            && right instanceof TensorSqlType b
            && a.tensor().equals(b.tensor()));
  }

  private static SqlNode isNull(SqlNode value) {
    return SqlStdOperatorTable.IS_NULL.createCall(value.getParserPosition(), value);
  }

  private static SqlNode and(SqlParserPos place, SqlNode left, SqlNode right) {
    return SqlStdOperatorTable.AND.createCall(place, left, right);
  }

  /** {@code x IN (a, b)}, where some of them are tensors of other types than others. */
  private void list(SqlBasicCall call, SqlNode left, SqlNodeList list) {
    boolean in = call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN;
    if (!in || list.size() == 0 || left instanceof SqlDynamicParam) {
      return;
    }
    if (left.getKind() == SqlKind.ROW) {
      boolean cells =
          ((SqlCall) left)
              .getOperandList().stream()
                  .filter(part -> !(part instanceof SqlDynamicParam))
                  .anyMatch(part -> isCell(typeOf.apply(part)));
      if (cells) {
        expand(call, left, list);
      }
      return;
    }
    RelDataType type = typeOf.apply(left);
    if (!isCell(type)) {
      return;
    }
    List<SqlNode> filled = new ArrayList<>();
    for (SqlNode value : list) {
      filled.add(isEmptyArray(value) ? empty(value, type) : value);
    }
    for (int i = 0; i < filled.size(); i++) {
      list.set(i, filled.get(i));
    }
    boolean unlike =
        filled.stream()
            .filter(value -> !(value instanceof SqlDynamicParam))
            .map(typeOf)
            .anyMatch(each -> isUnlike(type, each) || ofTensors(type) && !each.equals(type));
    if (unlike) {
      expand(call, left, list);
    } else if (filled.stream().anyMatch(SqlDynamicParam.class::isInstance)) {
      for (int i = 0; i < filled.size(); i++) {
        list.set(i, cast(filled.get(i), type));
      }
    }
  }

  private void expand(SqlBasicCall call, SqlNode left, SqlNodeList list) {
    boolean not = call.getKind() == SqlKind.NOT_IN;
    SqlOperator each = not ? SqlStdOperatorTable.NOT_EQUALS : SqlStdOperatorTable.EQUALS;
    SqlOperator between = not ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR;
    List<SqlNode> tests = new ArrayList<>();
    for (SqlNode value : list) {
      tests.add(each.createCall(value.getParserPosition(), left, value));
    }
    combine(call, between, tests, not);
  }

  /** {@code (a, b) <> (c, d)}, and {@code =} with tensors or lists among them: each with each. */
  private void rows(SqlBasicCall call, SqlCall left, SqlCall right) {
    boolean cells = false;
    if (left.operandCount() != right.operandCount()) {
      return; // refused for that
    }
    for (SqlCall row : List.of(left, right)) {
      for (SqlNode part : row.getOperandList()) {
        boolean known = !(part instanceof SqlDynamicParam) && !isEmptyArray(part);
        cells |= !known && isEmptyArray(part) || known && isCell(typeOf.apply(part));
      }
    }
    // rows that are equal as far as they are known are not known to be equal
    if (!cells && call.getKind() == SqlKind.EQUALS) {
      return;
    }
    boolean any =
        call.getKind() == SqlKind.NOT_EQUALS || call.getKind() == SqlKind.IS_DISTINCT_FROM;
    List<SqlNode> tests = new ArrayList<>();
    for (int i = 0; i < left.operandCount(); i++) {
      SqlNode part = left.operand(i);
      tests.add(call.getOperator().createCall(part.getParserPosition(), part, right.operand(i)));
    }
    combine(call, any ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND, tests, !any);
  }

  /** Halves, so that a long list does not nest deeply. */
  private static void combine(
      SqlBasicCall call, SqlOperator between, List<SqlNode> tests, boolean neutral) {
    SqlParserPos place = call.getParserPosition();
    int half = tests.size() / 2;
    call.setOperand(0, tree(place, between, half == 0 ? tests : tests.subList(0, half)));
    call.setOperand(
        1,
        half == 0
            ? SqlLiteral.createBoolean(neutral, place)
            : tree(place, between, tests.subList(half, tests.size())));
    call.setOperator(between);
  }

  private static SqlNode tree(SqlParserPos place, SqlOperator between, List<SqlNode> tests) {
    if (tests.size() == 1) {
      return tests.get(0);
    }
    int half = tests.size() / 2;
    return between.createCall(
        place,
        tree(place, between, tests.subList(0, half)),
        tree(place, between, tests.subList(half, tests.size())));
  }

  /** Whole numbers beyond 64 signed bits beside a tensor that has such: no DECIMALs. */
  private void unsigned(SqlCall call) {
    boolean expression = call instanceof SqlBasicCall && call.getKind() != SqlKind.AS;
    if (!expression || call.operandCount() < 2) {
      return;
    }
    for (int i = 0; i < call.operandCount(); i++) {
      SqlNode array = call.operand(i);
      if (array.getKind() != SqlKind.ARRAY_VALUE_CONSTRUCTOR || isEmptyArray(array)) {
        continue;
      }
      boolean beside =
          call.getOperandList().stream()
              .filter(other -> other != array && isExpression(other))
              .map(typeOf)
              .anyMatch(
                  type ->
                      type instanceof TensorSqlType tensor
                          && tensor.tensor().dtype() == Dtype.UINT64);
      if (!beside) {
        continue;
      }
      int rank = 0;
      RelDataType element = typeOf.apply(array);
      for (; element.getComponentType() != null; element = element.getComponentType()) {
        rank++;
      }
      if (element.getSqlTypeName() == SqlTypeName.DECIMAL && element.getScale() <= 0) {
        int[] ragged = new int[rank];
        Arrays.fill(ragged, Shape.RAGGED);
        call.setOperand(
            i,
            TensorCast.call(
                array,
                TensorType.tensor(Dtype.UINT64, Shape.of(ragged)),
                array.getParserPosition()));
      }
    }
  }

  private static boolean isExpression(SqlNode node) {
    return !(node instanceof SqlDynamicParam)
        && !(node instanceof SqlNodeList)
        && !(node instanceof SqlDataTypeSpec)
        && !isEmptyArray(node);
  }
}
