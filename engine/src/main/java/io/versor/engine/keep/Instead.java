package io.versor.engine.keep;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.EnumerableDefaults;
import org.apache.calcite.linq4j.ExtendedEnumerable;

/** Which counted operator is called instead of one of Calcite's. */
public final class Instead {
  /** Those that hand rows on, or keep those of a key at most. */
  private static final Set<String> STREAMING =
      Set.of(
          "asEnumerable",
          "concat",
          "enumerator",
          "leftMarkNestedLoopJoin",
          "select",
          "selectMany",
          "skip",
          "sortedGroupBy",
          "take",
          "where");

  private static final Map<String, Method> COUNTED = new HashMap<>();

  static {
    for (Class<?> operators :
        List.of(
            CountedOperators.class, CountedJoins.class, CountedSets.class, CountedGroups.class)) {
      for (Method method : operators.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())) {
          COUNTED.put(key(method.getName(), method.getParameterCount()), method);
        }
      }
    }
  }

  private Instead() {}

  private static String key(String name, int parameters) {
    return name + " " + parameters;
  }

  /**
   * What to call instead of a method.
   *
   * @param arguments how many, with the enumerable that it is called of
   * @return a static method, which takes that one as its first argument; empty if the method keeps
   *     nothing
   */
  public static Optional<Method> of(Method method, int arguments) {
    Class<?> owner = method.getDeclaringClass();
    if (owner != ExtendedEnumerable.class
        && owner != Enumerable.class
        && owner != EnumerableDefaults.class) {
      return Optional.empty();
    }
    Method counted = COUNTED.get(key(method.getName(), arguments));
    if (counted == null && !STREAMING.contains(method.getName())) {
      throw new IllegalStateException("nobody counts what " + method + " keeps");
    }
    return Optional.ofNullable(counted);
  }
}
