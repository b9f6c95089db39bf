package io.versor.engine.plan;

import io.versor.engine.TensorValue;
import io.versor.engine.function.FunctionException;
import io.versor.engine.function.JavaFunction;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * CAST to a tensor: of an array, a text or another tensor. Exact, as at an INSERT. Public because
 * generated code calls it.
 */
public final class TensorCast {
  private TensorCast() {}

  /** The call that stands for a cast. */
  static SqlCall call(SqlCall cast, TensorType type) {
    return call(cast.operand(0), type, cast.getParserPosition());
  }

  static SqlCall call(SqlNode value, TensorType type, SqlParserPos place) {
    String extents =
        type.shape().extents().stream().map(String::valueOf).collect(Collectors.joining(","));
    SqlNode dtype = SqlLiteral.createCharString(type.dtype().name(), place);
    SqlNode shape = SqlLiteral.createCharString(extents, place);
    SqlNode given =
        AlikeValues.isEmptyArray(value) ? SqlLiteral.createCharString("[]", place) : value;
    return operator(type).createCall(place, given, dtype, shape);
  }

  private static SqlUserDefinedFunction operator(TensorType type) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier("CAST_TENSOR", SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        binding ->
            ((VersorTypeFactory) binding.getTypeFactory())
                .createTensorType(type, binding.getOperandType(0).isNullable()),
        (binding, returns, operands) -> {
          VersorTypeFactory factory = (VersorTypeFactory) binding.getTypeFactory();
          operands[0] = factory.createTensorType(type, true); // of a ?
        },
        OperandTypes.operandMetadata(
            List.of(
                org.apache.calcite.sql.type.SqlTypeFamily.ANY,
                org.apache.calcite.sql.type.SqlTypeFamily.CHARACTER,
                org.apache.calcite.sql.type.SqlTypeFamily.CHARACTER),
            factory -> List.of(),
            i -> "arg" + i,
            i -> false),
        JavaFunction.of(TensorCast.class, "cast")) {
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

  /** The value as a tensor of this dtype and shape, -1 for any extent. */
  @Strict
  public static Object cast(Object value, String dtypeName, String extents) {
    Dtype dtype = Dtype.valueOf(dtypeName);
    Shape shape = Shape.of(Arrays.stream(extents.split(",")).mapToInt(Integer::parseInt).toArray());
    try {
      return cast(value, dtype, shape);
    } catch (StoreException e) {
      String state = e.code() == Code.OUT_OF_RANGE ? "22003" : FunctionException.INVALID_VALUE;
      throw new FunctionException(state, String.valueOf(e.getMessage()), e);
    }
  }

  private static TensorValue cast(Object value, Dtype dtype, Shape shape) throws StoreException {
    if (value instanceof String text) {
      TensorValue read = TensorTextReader.read(text, dtype, shape);
      if (!shape.admits(read.shape())) {
        throw shapeExpected("a text of shape " + Arrays.toString(read.shape()), dtype, shape);
      }
      return read;
    }
    boolean nested =
        value instanceof TensorValue || value instanceof List<?> || value.getClass().isArray();
    int[] found =
        value instanceof TensorValue tensor ? tensor.shape() : TensorElements.shapeOf(value);
    if (!nested || !shape.admits(found)) {
      throw shapeExpected(
          nested ? "a tensor of shape " + Arrays.toString(found) : "'" + value + "'", dtype, shape);
    }
    return value instanceof TensorValue tensor && tensor.dtype() == dtype
        ? tensor
        : RowValues.tensor(dtype, found, TensorElements.bytes(dtype, found, value, "CAST"));
  }

  private static FunctionException shapeExpected(String found, Dtype dtype, Shape shape) {
    return new FunctionException(
        FunctionException.INVALID_VALUE,
        "CAST of " + found + " as " + dtype + " " + shape + ": expected that shape");
  }
}
