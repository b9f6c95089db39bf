package io.versor.engine.plan;

import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.Htype;
import io.versor.format.type.TensorType;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What parameters are that a query gives to columns as they are. Their types hold all that is
 * given, so that it is the column which refuses what it cannot hold.
 */
final class StoredParameters {
  private static final int MAX_DIGITS = 38;

  /** Digits behind the point of decimals, where a column has fewer. */
  private static final int MIN_SCALE = 9;

  private StoredParameters() {}

  /** Types of scalars; others are found as in any query. */
  static Map<Integer, RelDataType> types(
      Map<Integer, TensorType> stored, VersorTypeFactory factory) {
    Map<Integer, RelDataType> types = new HashMap<>();
    stored.forEach(
        (index, type) -> {
          if (type.shape().rank() == 0 && type.element().isEmpty()) {
            types.put(index, factory.createTypeWithNullability(wide(type, factory), true));
          }
        });
    return types;
  }

  private static RelDataType wide(TensorType type, VersorTypeFactory factory) {
    if (type.htype() == Htype.CLASS_LABEL) {
      return factory.createSqlType(SqlTypeName.VARCHAR);
    }
    return switch (type.dtype()) {
      case FLOAT16, FLOAT32 -> factory.createSqlType(SqlTypeName.DOUBLE);
      case DECIMAL ->
          factory.createSqlType(SqlTypeName.DECIMAL, MAX_DIGITS, Math.max(MIN_SCALE, type.scale()));
      case UTF8 -> factory.createSqlType(SqlTypeName.VARCHAR);
      case BYTES -> factory.createSqlType(SqlTypeName.VARBINARY);
      default -> SqlTypes.toSql(type, true, factory);
    };
  }
}
