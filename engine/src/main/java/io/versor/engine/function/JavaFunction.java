package io.versor.engine.function;

import java.lang.reflect.Method;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.schema.impl.ReflectiveFunctionBase;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;

/**
 * A static method as the code of a function. Calcite's own class asks at once for what calls it,
 * which loads its whole table of implementations: nothing that most statements need.
 */
public final class JavaFunction extends ReflectiveFunctionBase
    implements ScalarFunction, ImplementableFunction {
  private JavaFunction(Method method) {
    super(method);
  }

  /**
   * @param method public and static, of a public class
   */
  public static JavaFunction of(Method method) {
    return new JavaFunction(method);
  }

  /** The method of that name, which only one has. */
  public static JavaFunction of(Class<?> functions, String name) {
    return new JavaFunction(TensorCallCode.method(functions, name));
  }

  @Override
  public RelDataType getReturnType(RelDataTypeFactory factory) {
    return factory.createJavaType(method.getReturnType());
  }

  @Override
  public CallImplementor getImplementor() {
    return ((ImplementableFunction) ScalarFunctionImpl.create(method)).getImplementor();
  }
}
