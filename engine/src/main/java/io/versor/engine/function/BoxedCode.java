package io.versor.engine.function;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** The code of a function of values of any type, NULL among them: a method that takes objects. */
final class BoxedCode implements ScalarFunction, ImplementableFunction {
  private final Method method;

  private BoxedCode(Method method) {
    this.method = method;
  }

  /**
   * A function that nobody can call by its name.
   *
   * @param method public and static, of a public class, the only one of its name; of the last
   *     parameter there may be several
   */
  static SqlUserDefinedFunction operator(
      String name, SqlReturnTypeInference returns, Class<?> functions, String method) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        returns,
        null,
        OperandTypes.operandMetadata(List.of(), factory -> List.of(), i -> "arg" + i, i -> false),
        new BoxedCode(TensorCallCode.method(functions, method))) {
      @Override
      public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        for (var operand : call.getOperandList()) {
          validator.deriveType(scope, operand);
        }
        return validateOperands(validator, scope, call);
      }

      @Override
      public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
        return true; // who puts it in knows
      }

      @Override
      public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
      }

      @Override
      protected void checkOperandCount(
          SqlValidator validator, @Nullable SqlOperandTypeChecker checker, SqlCall call) {}
    };
  }

  @Override
  public CallImplementor getImplementor() {
    return RexImpTable.createImplementor(
        (translator, call, operands) -> Expressions.call(method, arguments(operands)),
        NullPolicy.NONE,
        false);
  }

  private List<Expression> arguments(List<Expression> operands) {
    Class<?>[] parameters = method.getParameterTypes();
    int single = method.isVarArgs() ? parameters.length - 1 : parameters.length;
    List<Expression> arguments = new ArrayList<>();
    for (int i = 0; i < single; i++) {
      arguments.add(parameters[i] == Object.class ? boxed(operands.get(i)) : operands.get(i));
    }
    if (method.isVarArgs()) {
      arguments.add(
          Expressions.newArrayInit(
              Object.class,
              operands.subList(single, operands.size()).stream().map(BoxedCode::boxed).toList()));
    }
    return arguments;
  }

  private static Expression boxed(Expression operand) {
    return Expressions.convert_(Expressions.box(operand), Object.class);
  }

  /** Not asked for: every call is made with its type. */
  @Override
  public RelDataType getReturnType(RelDataTypeFactory factory) {
    return factory.createJavaType(method.getReturnType());
  }

  @Override
  public List<FunctionParameter> getParameters() {
    return List.of();
  }
}
