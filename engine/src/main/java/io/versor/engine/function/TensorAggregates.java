package io.versor.engine.function;

import io.versor.engine.function.TensorOperator.Arguments;
import io.versor.engine.type.Promotion;
import io.versor.engine.type.TensorSqlType;
import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/** Sums and averages of a column of tensors: element by element, over the rows of a group. */
final class TensorAggregates {
  static final SqlUserDefinedAggFunction SUM =
      new Aggregate("SUM", TensorTotal.Sum.class, Promotion::sum);
  static final SqlUserDefinedAggFunction AVG =
      new Aggregate("AVG", TensorTotal.Average.class, dtype -> Dtype.FLOAT64);

  private TensorAggregates() {}

  private static final class Aggregate extends SqlUserDefinedAggFunction {
    Aggregate(String name, Class<?> code, UnaryOperator<Dtype> dtype) {
      super(
          new SqlIdentifier(name, SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          binding -> {
            Arguments call = new Arguments(name, binding);
            TensorType tensor = call.tensor(0);
            return call.orNull(
                call.returns(TensorType.tensor(dtype.apply(tensor.dtype()), tensor.shape())));
          },
          (binding, returns, operands) -> operands[0] = returns,
          TensorOperator.Signature.of(TensorOperator.Kind.TENSOR),
          java.util.Objects.requireNonNull(AggregateFunctionImpl.create(code)),
          false,
          false,
          Optionality.FORBIDDEN);
    }

    /** Not looked up: it would be the one of numbers again. */
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
      for (SqlNode operand : call.getOperandList()) {
        if (!(validator.deriveType(scope, operand) instanceof TensorSqlType)) {
          throw new IllegalStateException(call + " is no aggregate of tensors");
        }
      }
      return validateOperands(validator, scope, call);
    }
  }
}
