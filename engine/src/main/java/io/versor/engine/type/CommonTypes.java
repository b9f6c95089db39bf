package io.versor.engine.type;

import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The type that tensors of unlike types are brought to where one value of several is taken: by
 * CASE, COALESCE, UNION, VALUES.
 */
public final class CommonTypes {
  private CommonTypes() {}

  /**
   * Of tensors, NULLs, and arrays written in SQL; empty if there is none. An array takes the dtype
   * of the tensors beside it, but fractions beside integers make FLOAT64.
   */
  static Optional<TensorType> of(List<RelDataType> types) {
    TensorType common = null;
    for (RelDataType type : types) {
      if (type instanceof TensorSqlType tensor) {
        Optional<TensorType> both =
            common == null ? Optional.of(tensor.tensor()) : common(common, tensor.tensor());
        if (both.isEmpty()) {
          return both;
        }
        common = both.get();
      }
    }
    for (RelDataType type : types) {
      if (common == null || isUnknown(type) || type instanceof TensorSqlType) {
        continue;
      }
      Optional<TensorType> both = withArray(common, type);
      if (both.isEmpty()) {
        return both;
      }
      common = both.get();
    }
    return Optional.ofNullable(common);
  }

  static boolean isUnknown(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return name == SqlTypeName.NULL
        || name == SqlTypeName.UNKNOWN
        || name == SqlTypeName.ANY && !(type instanceof TensorSqlType);
  }

  /** Numbers go together, and truths; extents that differ become ragged. */
  public static Optional<TensorType> common(TensorType left, TensorType right) {
    if (left.equals(right)) {
      return Optional.of(left);
    }
    boolean truths = left.dtype() == Dtype.BOOL;
    if (left.shape().rank() != right.shape().rank() || truths != (right.dtype() == Dtype.BOOL)) {
      return Optional.empty();
    }
    Dtype dtype = truths ? Dtype.BOOL : Promotion.of(left.dtype(), right.dtype());
    return Optional.of(TensorType.tensor(dtype, common(left.shape(), right.shape())));
  }

  private static Shape common(Shape left, Shape right) {
    int[] extents = new int[left.rank()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = left.extent(i) == right.extent(i) ? left.extent(i) : Shape.RAGGED;
    }
    return Shape.of(extents);
  }

  private static Optional<TensorType> withArray(TensorType tensor, RelDataType array) {
    List<RelDataType> levels = new ArrayList<>();
    for (RelDataType type = array; type != null; type = type.getComponentType()) {
      levels.add(type);
    }
    RelDataType element = levels.get(levels.size() - 1);
    int rank = levels.size() - 1;
    boolean empty = isUnknown(element) && rank > 0 && rank <= tensor.shape().rank();
    if (!empty && rank != tensor.shape().rank()) {
      return Optional.empty();
    }
    Dtype dtype = tensor.dtype();
    boolean number = SqlTypeName.NUMERIC_TYPES.contains(element.getSqlTypeName());
    boolean truth = element.getSqlTypeName() == SqlTypeName.BOOLEAN;
    if (!empty && !(dtype == Dtype.BOOL ? truth : number)) {
      return Optional.empty();
    }
    boolean fraction =
        number
            && !SqlTypeName.INT_TYPES.contains(element.getSqlTypeName())
            && !(element.getSqlTypeName() == SqlTypeName.DECIMAL && element.getScale() <= 0);
    Dtype wide = fraction && !dtype.isFloat() ? Dtype.FLOAT64 : dtype;
    int[] ragged = new int[tensor.shape().rank()];
    java.util.Arrays.fill(ragged, Shape.RAGGED);
    return Optional.of(TensorType.tensor(wide, Shape.of(ragged)));
  }
}
