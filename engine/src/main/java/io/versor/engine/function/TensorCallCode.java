package io.versor.engine.function;

import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.TensorSqlType;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.Dtype;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;

/** The code that Calcite's executor runs for a call of a {@link TensorOperator}. */
final class TensorCallCode implements ScalarFunction, ImplementableFunction {
  private static final VersorTypeFactory JAVA_TYPES = new VersorTypeFactory();
  private static final Method TENSOR = method(TensorArguments.class, "of");
  private static final Method OPERAND = method(TensorArguments.class, "operand");
  private static final Method INDEX = method(TensorArguments.class, "index");

  private final String name;
  private final Method method;
  private final TensorOperator.Signature signature;

  TensorCallCode(String name, Method method, TensorOperator.Signature signature) {
    this.name = name;
    this.method = method;
    this.signature = signature;
  }

  /** A method by its name, which only one has. */
  static Method method(Class<?> functions, String name) {
    for (Method method : functions.getMethods()) {
      if (method.getName().equals(name)) {
        return method;
      }
    }
    throw new IllegalStateException("no function is written as " + name);
  }

  Method method() {
    return method;
  }

  @Override
  public CallImplementor getImplementor() {
    return RexImpTable.createImplementor(
        (translator, call, operands) ->
            Expressions.convert_(
                Expressions.call(method, arguments(call, operands)),
                Primitive.box(JAVA_TYPES.getJavaClass(call.getType()))),
        NullPolicy.SEMI_STRICT,
        false);
  }

  private List<Expression> arguments(RexCall call, List<Expression> operands) {
    List<Expression> given = new ArrayList<>();
    Class<?>[] parameters = method.getParameterTypes();
    int at = 0;
    for (Class<?> parameter : parameters) {
      if (parameter == Dtype.class) {
        given.add(dtype(call.getType()));
      } else if (parameter == int[].class) {
        List<Expression> rest = new ArrayList<>();
        for (; at < operands.size(); at++) {
          rest.add(index(operands.get(at)));
        }
        given.add(Expressions.newArrayInit(int.class, rest));
      } else {
        given.add(argument(call, operands, at));
        at++;
      }
    }
    return given;
  }

  private Expression argument(RexCall call, List<Expression> operands, int i) {
    Expression operand = operands.get(i);
    return switch (signature.kind(i)) {
      case TENSOR ->
          Expressions.call(
              TENSOR,
              Expressions.constant(name),
              boxed(operand),
              dtype(call.getOperands().get(i).getType()));
      case OPERAND ->
          Expressions.call(
              OPERAND,
              Expressions.constant(name),
              boxed(operand),
              dtype(call.getOperands().get(i).getType()));
      case INTEGER -> index(operand);
    };
  }

  private Expression index(Expression operand) {
    return Expressions.call(INDEX, Expressions.constant(name), boxed(operand));
  }

  private static Expression boxed(Expression operand) {
    return Expressions.convert_(Expressions.box(operand), Object.class);
  }

  /** What an array written in SQL is as a tensor, and what a result shall be made of. */
  private static Expression dtype(RelDataType type) {
    boolean known = type instanceof TensorSqlType || type.getComponentType() != null;
    Dtype dtype = known ? SqlTypes.toTensor(type).dtype() : Dtype.FLOAT64;
    return Expressions.field(null, Dtype.class, (dtype.isNumber() ? dtype : Dtype.FLOAT64).name());
  }

  /** Not asked for: the operator knows its own types. */
  @Override
  public RelDataType getReturnType(RelDataTypeFactory factory) {
    return factory.createJavaType(Object.class);
  }

  @Override
  public List<FunctionParameter> getParameters() {
    return List.of();
  }
}
