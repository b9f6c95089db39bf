package io.versor.engine.window;

import io.versor.engine.function.FunctionException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.jspecify.annotations.Nullable;

/** An aggregate that is a class with {@code init}, {@code add} and {@code result}. */
final class OwnAggregate implements Accumulated.State {
  private final AggregateFunctionImpl code;
  private final @Nullable Object self;
  private @Nullable Object state;

  OwnAggregate(AggregateFunctionImpl code) {
    this.code = code;
    try {
      this.self =
          Modifier.isStatic(code.initMethod.getModifiers())
              ? null
              : code.declaringClass.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(code.declaringClass + " is no aggregate", e);
    }
    this.state = call(code.initMethod);
  }

  @Override
  public void add(@Nullable Object[] arguments) {
    @Nullable Object[] all = new @Nullable Object[arguments.length + 1];
    all[0] = state;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    state = call(code.addMethod, all);
  }

  @Override
  public @Nullable Object result() {
    Method result = code.resultMethod;
    return result == null ? state : call(result, state);
  }

  private @Nullable Object call(Method method, @Nullable Object... arguments) {
    try {
      return method.invoke(self, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new FunctionException(FunctionException.INVALID_VALUE, e.getCause() + "", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }
}
