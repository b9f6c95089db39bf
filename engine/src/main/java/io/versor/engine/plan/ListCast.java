package io.versor.engine.plan;

import io.versor.engine.function.FunctionException;
import io.versor.engine.function.JavaFunction;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Lists that Calcite's CAST cannot make: of tensors, and of nothing. Public because generated code
 * calls it.
 */
public final class ListCast {
  private ListCast() {}

  /** A list whose elements become tensors of a type, exactly. */
  static SqlCall toTensors(SqlNode list, TensorType element, SqlParserPos place) {
    String extents =
        element.shape().extents().stream().map(String::valueOf).collect(Collectors.joining(","));
    if (AlikeValues.isEmptyArray(list)) {
      return operator("EMPTY_LIST", binding -> of(element, binding), null, "empty", 0)
          .createCall(place);
    }
    SqlReturnTypeInference type =
        binding ->
            binding
                .getTypeFactory()
                .createTypeWithNullability(
                    of(element, binding), binding.getOperandType(0).isNullable());
    SqlOperandTypeInference parameters =
        (binding, returns, operands) ->
            operands[0] = // of a ?
                binding.getTypeFactory().createTypeWithNullability(of(element, binding), true);
    return operator("CAST_TENSORS", type, parameters, "tensors", 3)
        .createCall(
            place,
            list,
            SqlLiteral.createCharString(element.dtype().name(), place),
            SqlLiteral.createCharString(extents, place));
  }

  private static RelDataType of(TensorType element, SqlOperatorBinding binding) {
    VersorTypeFactory factory = (VersorTypeFactory) binding.getTypeFactory();
    return factory.createArrayType(factory.createTensorType(element, true), -1);
  }

  /** {@code ARRAY[]}, once it is known of what. */
  static SqlCall empty(RelDataType list, SqlParserPos place) {
    return operator("EMPTY_LIST", binding -> list, null, "empty", 0).createCall(place);
  }

  private static SqlUserDefinedFunction operator(
      String name,
      SqlReturnTypeInference type,
      @Nullable SqlOperandTypeInference parameters,
      String method,
      int operands) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        type,
        parameters,
        OperandTypes.operandMetadata(
            java.util.Collections.nCopies(operands, SqlTypeFamily.ANY),
            factory -> List.of(),
            i -> "arg" + i,
            i -> false),
        JavaFunction.of(ListCast.class, method)) {
      /** There is one for each type, so it cannot be found by its name. */
      @Override
      public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        for (SqlNode operand : call.getOperandList()) {
          validator.deriveType(scope, operand);
        }
        return validateOperands(validator, scope, call);
      }
    };
  }

  @Strict
  public static List<?> tensors(Object list, String dtype, String extents) {
    if (!(list instanceof List<?> given)) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE, "CAST: a list is expected, found '" + list + "'");
    }
    List<@Nullable Object> tensors = new ArrayList<>(given.size());
    for (Object element : given) {
      tensors.add(element == null ? null : TensorCast.cast(element, dtype, extents));
    }
    return tensors;
  }

  public static List<?> empty() {
    return List.of();
  }
}
