package io.versor.engine.plan;

import io.versor.engine.function.FunctionException;
import io.versor.engine.function.JavaFunction;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** {@code CAST(list AS VARCHAR)}: JSON, from which an INSERT makes the same list. */
public final class ListText {
  /** Stands for the cast until types are known: the list, and the most characters. */
  private static final SqlFunction CAST =
      new SqlFunction(
          "CAST_LIST",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.ARG0_NULLABLE),
          null,
          OperandTypes.ANY_ANY,
          SqlFunctionCategory.SYSTEM) {
        /** Nobody can call it, so it cannot be found by its name. */
        @Override
        public RelDataType deriveType(
            SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
          for (SqlNode operand : call.getOperandList()) {
            validator.deriveType(scope, operand);
          }
          return validateOperands(validator, scope, call);
        }
      };

  private static final SqlUserDefinedFunction TEXT =
      new SqlUserDefinedFunction(
          new SqlIdentifier("LIST_TEXT", SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0, // every call is made with its type
          null,
          OperandTypes.operandMetadata(List.of(), factory -> List.of(), i -> "arg" + i, i -> false),
          JavaFunction.of(ListText.class, "text"));

  private ListText() {}

  /** Puts the text of a list in the place of a list that is cast to text. */
  static void resolve(SqlCall call, Function<SqlNode, RelDataType> typeOf) {
    if (call.getKind() != SqlKind.CAST
        || !(call.operand(1) instanceof SqlDataTypeSpec to)
        || !(to.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)
        || !SqlTypeName.CHAR_TYPES.contains(SqlTypeName.get(basic.getTypeName().getSimple()))) {
      return;
    }
    SqlNode list = call.operand(0);
    if (typeOf.apply(list).getComponentType() != null) {
      SqlParserPos place = list.getParserPosition();
      int most = basic.getPrecision() < 0 ? TensorType.MAX_SAMPLE_BYTES : basic.getPrecision();
      SqlNode limit = SqlLiteral.createExactNumeric(Integer.toString(most), place);
      call.setOperand(0, CAST.createCall(place, list, limit));
    }
  }

  static boolean isCall(RexCall call) {
    return call.getOperator() == CAST;
  }

  /** The call that runs; it is told what the elements are. */
  static RexNode of(RexCall call, RexBuilder builder) {
    RexNode list = call.getOperands().get(0);
    RelDataType element = Objects.requireNonNull(list.getType().getComponentType());
    if (element.getComponentType() != null || element.isStruct()) {
      throw TensorRules.noCast(list.getType(), call.getType(), ": its elements are lists or rows");
    }
    return builder.makeCall(
        call.getType(),
        TEXT,
        List.of(
            list,
            builder.makeLiteral(element.getSqlTypeName().name()),
            number(element.getPrecision(), builder),
            number(element.getScale(), builder),
            call.getOperands().get(1)));
  }

  private static RexNode number(int number, RexBuilder builder) {
    return builder.makeExactLiteral(BigDecimal.valueOf(number));
  }

  /**
   * @param name of the elements' type
   * @param most characters: 22001 for more
   */
  @Strict
  public static String text(Object list, String name, int precision, int scale, int most) {
    VersorTypeFactory factory = new VersorTypeFactory();
    SqlTypeName type = SqlTypeName.valueOf(name);
    RelDataType element =
        type == SqlTypeName.DECIMAL
            ? factory.createSqlType(type, precision, scale)
            : factory.createSqlType(type);
    String text;
    try {
      text = PublicValues.list((List<?>) list, element).toString();
    } catch (StoreException e) {
      throw new FunctionException("22003", String.valueOf(e.getMessage()), e);
    }
    if (text.length() > most) {
      throw new FunctionException(
          "22001", "the text of a list has more than " + most + " characters");
    }
    return text;
  }
}
