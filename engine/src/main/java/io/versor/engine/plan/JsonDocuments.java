package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonExistsErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Calls that read JSON, with numbers of all their digits, paths that are known to be ones, and ON
 * ERROR for texts that are no JSON: Calcite reads floats, takes a wrong path for an error of the
 * value, and a lax path into no JSON for one that leads to nothing.
 */
final class JsonDocuments {
  private static final Set<String> WITH_MODE =
      Set.of("JSON_VALUE", "JSON_QUERY", "JSON_EXISTS", "JSON_LENGTH", "JSON_KEYS");
  private static final Set<String> WITH_ERRORS = Set.of("JSON_VALUE", "JSON_QUERY", "JSON_EXISTS");
  private static final Set<String> CHANGES =
      Set.of("JSON_INSERT", "JSON_REMOVE", "JSON_REPLACE", "JSON_SET");
  private static final Set<String> OF_ALL =
      Set.of("JSON_DEPTH", "JSON_PRETTY", "JSON_STORAGE_SIZE");

  private final RexBuilder builder;

  JsonDocuments(RexBuilder builder) {
    this.builder = builder;
  }

  static boolean reads(RexCall call, String name) {
    return (WITH_MODE.contains(name) || CHANGES.contains(name) || OF_ALL.contains(name))
        && !call.getOperands().isEmpty();
  }

  RexNode rewrite(RexCall call, String name) {
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    int step = name.equals("JSON_REMOVE") ? 1 : 2;
    int last = CHANGES.contains(name) ? operands.size() - 1 : 1;
    for (int i = 1; i <= Math.min(last, operands.size() - 1); i += step) {
      if (isText(operands.get(i))) {
        String check = WITH_MODE.contains(name) ? "JSON_PATH" : "JSON_PLAIN_PATH";
        operands.set(i, own(check, operands.get(i).getType(), operands.get(i)));
      }
    }
    RexNode document = operands.get(0);
    if (!isText(document)) {
      return call.clone(call.getType(), operands);
    }
    if (CHANGES.contains(name)) { // which change the document itself: none that others read, too
      operands.set(0, own("JSON_CHECKED", document.getType(), document));
      return call.clone(call.getType(), operands);
    }
    boolean errors = WITH_ERRORS.contains(name);
    if (!errors || fails(operands)) {
      document = own("JSON_CHECKED", document.getType(), document);
      if (errors && name.equals("JSON_VALUE")) {
        document = own("JSON_SCALAR_CHECKED", document.getType(), document, operands.get(1));
      }
    }
    operands.set(
        0,
        builder.makeCall(
            builder.getTypeFactory().createSqlType(SqlTypeName.ANY),
            SqlStdOperatorTable.JSON_VALUE_EXPRESSION,
            List.of(document)));
    RexNode read = call.clone(call.getType(), operands);
    return errors && !fails(operands) && says(operands)
        ? orElse(call, name, operands.get(1), read)
        : read;
  }

  /** What ON ERROR says, where the text is no JSON, or has no value at the path. */
  private RexNode orElse(RexCall call, String name, RexNode path, RexNode read) {
    RelDataType truth =
        builder
            .getTypeFactory()
            .createTypeWithNullability(
                builder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN), true);
    RexNode document = call.getOperands().get(0);
    RexNode wrong =
        name.equals("JSON_VALUE")
            ? own("JSON_HAS_NO_SCALAR", truth, document, path)
            : own("JSON_IS_WRONG", truth, document);
    RelDataType type = builder.getTypeFactory().createTypeWithNullability(call.getType(), true);
    return builder.makeCall(
        type, SqlStdOperatorTable.CASE, List.of(wrong, onError(call, type), read));
  }

  private RexNode onError(RexCall call, RelDataType type) {
    List<RexNode> operands = call.getOperands();
    for (int i = 2; i < operands.size(); i++) {
      Object word = word(operands.get(i));
      if (word instanceof SqlJsonExistsErrorBehavior exists) {
        return exists == SqlJsonExistsErrorBehavior.UNKNOWN
            ? builder.makeNullLiteral(type)
            : builder.makeLiteral(exists == SqlJsonExistsErrorBehavior.TRUE);
      }
      if (word instanceof SqlJsonQueryEmptyOrErrorBehavior query && i == operands.size() - 1) {
        return query == SqlJsonQueryEmptyOrErrorBehavior.NULL
            ? builder.makeNullLiteral(type)
            : builder.makeCast(
                type,
                builder.makeLiteral(
                    query == SqlJsonQueryEmptyOrErrorBehavior.EMPTY_ARRAY ? "[]" : "{}"));
      }
      if (word == SqlJsonValueEmptyOrErrorBehavior.DEFAULT
          && word(operands.get(i + 2)) == SqlJsonEmptyOrError.ERROR) {
        return builder.makeCast(type, operands.get(i + 1));
      }
    }
    return call.getType().getSqlTypeName() == SqlTypeName.BOOLEAN
        ? builder.makeLiteral(false)
        : builder.makeNullLiteral(type);
  }

  /** Whether anything but NULL, or FALSE, is told for what is missing or wrong. */
  private static boolean says(List<RexNode> operands) {
    return operands.stream()
        .map(JsonDocuments::word)
        .anyMatch(
            word ->
                word instanceof SqlJsonExistsErrorBehavior exists
                        && exists != SqlJsonExistsErrorBehavior.FALSE
                    || word instanceof SqlJsonQueryEmptyOrErrorBehavior query
                        && query != SqlJsonQueryEmptyOrErrorBehavior.NULL
                    || word instanceof SqlJsonValueEmptyOrErrorBehavior value
                        && value != SqlJsonValueEmptyOrErrorBehavior.NULL);
  }

  /** ERROR ON ERROR: a text that is no JSON is one, too, even to a lax path. */
  private static boolean fails(List<RexNode> operands) {
    boolean error = false;
    for (int i = 0; i < operands.size(); i++) {
      Object word = word(operands.get(i));
      boolean last = i == operands.size() - 1;
      if (word == SqlJsonExistsErrorBehavior.ERROR
          || word == SqlJsonQueryEmptyOrErrorBehavior.ERROR && last
          || word == SqlJsonEmptyOrError.ERROR && error) {
        return true;
      }
      error = word == SqlJsonValueEmptyOrErrorBehavior.ERROR;
    }
    return false;
  }

  private static @Nullable Object word(RexNode operand) {
    return operand instanceof RexLiteral literal ? literal.getValue() : null;
  }

  private static boolean isText(RexNode operand) {
    return SqlTypeName.CHAR_TYPES.contains(operand.getType().getSqlTypeName());
  }

  private RexNode own(String name, RelDataType type, RexNode... operands) {
    return OwnFunctions.call(builder, name, type, List.of(operands));
  }
}
