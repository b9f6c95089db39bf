package io.versor.engine.statement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * Expressions with their constants taken out: {@code 1 + 1} and {@code 7 + 5} are one shape, which
 * is planned once, with parameters of the constants' types. Only constants that operators take
 * whatever their value are taken out; all else is part of the shape.
 */
final class RowShape {
  private static final Set<SqlKind> OPERATORS =
      Set.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE, SqlKind.MINUS_PREFIX);

  private static final Set<String> FUNCTIONS =
      Set.of(
          "ABS",
          "ACOS",
          "ASIN",
          "ATAN",
          "ATAN2",
          "CBRT",
          "CEIL",
          "CEILING",
          "CHARACTER_LENGTH",
          "CHAR_LENGTH",
          "CONCAT",
          "COS",
          "DEGREES",
          "EXP",
          "FLOOR",
          "INITCAP",
          "LENGTH",
          "LN",
          "LOG10",
          "LOWER",
          "MD5",
          "MOD",
          "POWER",
          "RADIANS",
          "REPLACE",
          "REVERSE",
          "SIGN",
          "SIN",
          "SQRT",
          "TAN",
          "UPPER");

  private static final Set<String> CASTS =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "DECIMAL",
          "REAL",
          "FLOAT",
          "DOUBLE",
          "CHAR",
          "VARCHAR",
          "BOOLEAN",
          "DATE",
          "TIME",
          "TIMESTAMP");

  private final List<SqlNode> items = new ArrayList<>();
  private final List<Literals.Value> values = new ArrayList<>();

  /** Which of the statement's parameters a value is; -1 for a constant. */
  private final List<Integer> sources = new ArrayList<>();

  private RowShape() {}

  static RowShape of(List<SqlNode> expressions) {
    RowShape shape = new RowShape();
    for (SqlNode each : expressions) {
      shape.items.add(shape.call(each));
    }
    return shape;
  }

  /** Expressions to plan. */
  List<SqlNode> items() {
    return items;
  }

  /** What expressions of the same shape have in common. */
  String key() {
    StringBuilder key = new StringBuilder();
    items.forEach(item -> key.append(item).append('\n'));
    return key.toString();
  }

  /** Values of the parameters of {@link #items}. */
  List<Literals.Value> values() {
    return values;
  }

  List<Integer> sources() {
    return sources;
  }

  /** Whether no parameter is left where it was, whose number would be the statement's. */
  boolean isWhole() {
    int[] found = {0};
    for (SqlNode item : items) {
      item.accept(
          new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
              found[0]++;
              return null;
            }
          });
    }
    return found[0] == values.size();
  }

  /** A DECIMAL without digits has those of what it is made of. */
  private static boolean isPlain(SqlBasicTypeNameSpec type) {
    String name = type.getTypeName().getSimple();
    return CASTS.contains(name) && (!name.equals("DECIMAL") || type.getPrecision() >= 0);
  }

  /** Whether an operator takes constants out of which a value alone follows, never a type. */
  private static boolean isOpen(SqlNode node) {
    return node instanceof SqlCall call
        && (OPERATORS.contains(call.getKind())
            || call.getOperator() == SqlStdOperatorTable.CONCAT
            || call.getKind() == SqlKind.CAST
                && call.operandCount() == 2
                && call.operand(1) instanceof SqlDataTypeSpec type
                && type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec spec
                && isPlain(spec)
            || call.getOperator() instanceof SqlFunction
                && call.getFunctionQuantifier() == null
                && FUNCTIONS.contains(call.getOperator().getName()));
  }

  private SqlNode call(SqlNode node) {
    if (!isOpen(node)) {
      return node;
    }
    SqlCall call = (SqlCall) node;
    boolean isNumeric = OPERATORS.contains(call.getKind());
    List<SqlNode> operands = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      operands.add(operand instanceof SqlDataTypeSpec ? operand : operand(operand, isNumeric));
    }
    return call.getOperator().createCall(call.getParserPosition(), operands);
  }

  private SqlNode operand(SqlNode node, boolean isNumeric) {
    if (node instanceof SqlDynamicParam parameter) {
      return add(
          parameters -> parameters.get(parameter.getIndex()),
          parameter.getIndex(),
          node.getParserPosition());
    }
    if (!(node instanceof SqlLiteral literal)) {
      return call(node);
    }
    SqlTypeName type = SqlUtil.isNullLiteral(literal, false) ? null : literal.getTypeName();
    Object value =
        type == null ? null : Literals.find(literal).map(v -> v.of(List.of())).orElse(null);
    boolean isTyped = isNumeric && value instanceof String; // a text as a number, a date, a list
    SqlDataTypeSpec as = value == null || isTyped ? null : type(type, value, literal.getValue());
    if (as == null) {
      return node;
    }
    SqlParserPos place = node.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(place, add(parameters -> value, -1, place), as);
  }

  private SqlNode add(Literals.Value value, int source, SqlParserPos place) {
    values.add(value);
    sources.add(source);
    return new SqlDynamicParam(values.size() - 1, place);
  }

  /** The type of a constant; null where it is left in its place. */
  private static @Nullable SqlDataTypeSpec type(
      SqlTypeName type, Object value, @Nullable Object literal) {
    if (value instanceof String && literal instanceof NlsString text) {
      boolean plain = text.getCharsetName() == null && text.getCollation() == null;
      return plain ? spec(SqlTypeName.VARCHAR, -1, -1) : null;
    }
    if (value instanceof Double) {
      return spec(SqlTypeName.DOUBLE, -1, -1);
    }
    if (type != SqlTypeName.DECIMAL || !(value instanceof BigDecimal number)) {
      return null;
    }
    if (number.scale() > 0) {
      int digits = Math.max(number.precision(), number.scale());
      return digits > 18 ? null : spec(SqlTypeName.DECIMAL, digits, number.scale());
    }
    if (number.scale() < 0 || number.toBigInteger().bitLength() > 63) {
      return null;
    }
    return spec(
        number.toBigInteger().bitLength() > 31 ? SqlTypeName.BIGINT : SqlTypeName.INTEGER, -1, -1);
  }

  private static SqlDataTypeSpec spec(SqlTypeName type, int precision, int scale) {
    return new SqlDataTypeSpec(
        new SqlBasicTypeNameSpec(type, precision, scale, SqlParserPos.ZERO), SqlParserPos.ZERO);
  }
}
