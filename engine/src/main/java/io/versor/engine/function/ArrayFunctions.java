package io.versor.engine.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Arrays put together by {@code ||}, and how long they are, as in PostgreSQL: an array that is NULL
 * adds nothing, an element that is NULL is one more. Called from generated code.
 */
public final class ArrayFunctions {
  /** {@code array || array}. */
  public static final SqlUserDefinedFunction CONCAT =
      BoxedCode.operator("ARRAY_AND_ARRAY", ArrayFunctions::both, ArrayFunctions.class, "concat");

  /** {@code array || element}. */
  public static final SqlUserDefinedFunction APPEND =
      BoxedCode.operator(
          "ARRAY_AND_ELEMENT", call -> with(call, 0, 1), ArrayFunctions.class, "append");

  /** {@code element || array}. */
  public static final SqlUserDefinedFunction PREPEND =
      BoxedCode.operator(
          "ELEMENT_AND_ARRAY", call -> with(call, 1, 0), ArrayFunctions.class, "prepend");

  /** {@code ARRAY_LENGTH(array, dimension)}. */
  public static final SqlUserDefinedFunction LENGTH =
      BoxedCode.operator(
          "LENGTH_OF_DIMENSION",
          ReturnTypes.INTEGER_NULLABLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
          ArrayFunctions.class,
          "length");

  private ArrayFunctions() {}

  private static RelDataType both(SqlOperatorBinding call) {
    RelDataType left = call.getOperandType(0);
    RelDataType right = call.getOperandType(1);
    boolean nullElements = element(left).isNullable() || element(right).isNullable();
    return array(call, element(left), nullElements, left.isNullable() && right.isNullable());
  }

  private static RelDataType with(SqlOperatorBinding call, int list, int element) {
    RelDataType elements = element(call.getOperandType(list));
    boolean nullElements = elements.isNullable() || call.getOperandType(element).isNullable();
    return array(call, elements, nullElements, false);
  }

  private static RelDataType element(RelDataType list) {
    return Optional.ofNullable(list.getComponentType()).orElseThrow();
  }

  private static RelDataType array(
      SqlOperatorBinding call, RelDataType element, boolean nullElements, boolean nullable) {
    RelDataTypeFactory types = call.getTypeFactory();
    return types.createTypeWithNullability(
        types.createArrayType(types.createTypeWithNullability(element, nullElements), -1),
        nullable);
  }

  public static @Nullable List<@Nullable Object> concat(
      @Nullable Object left, @Nullable Object right) {
    if (left == null && right == null) {
      return null;
    }
    List<@Nullable Object> all = list(left);
    all.addAll(list(right));
    return all;
  }

  public static List<@Nullable Object> append(@Nullable Object list, @Nullable Object element) {
    List<@Nullable Object> all = list(list);
    all.add(element);
    return all;
  }

  public static List<@Nullable Object> prepend(@Nullable Object element, @Nullable Object list) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(element);
    all.addAll(list(list));
    return all;
  }

  private static List<@Nullable Object> list(@Nullable Object list) {
    return list == null ? new ArrayList<>() : new ArrayList<>((List<?>) list);
  }

  /**
   * How many elements there are in a dimension, which counts from 1.
   *
   * @return NULL if there are none, or no such dimension
   */
  public static @Nullable Integer length(@Nullable Object list, @Nullable Object dimension) {
    Object at = dimension == null ? null : list;
    long levels = dimension == null ? 0 : ((Number) dimension).longValue();
    for (long level = 1; level < levels && at instanceof List<?> outer; level++) {
      at = outer.isEmpty() ? null : outer.get(0);
    }
    return levels > 0 && at instanceof List<?> elements && !elements.isEmpty()
        ? (Integer) elements.size()
        : null;
  }
}
