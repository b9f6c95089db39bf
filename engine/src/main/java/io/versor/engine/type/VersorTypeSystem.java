package io.versor.engine.type;

import io.versor.format.type.TensorType;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Widths of types and of what aggregates make of them. Calcite's own give the average of integers
 * as an integer, let sums wrap, and cut binaries at 65,536 bytes.
 */
public final class VersorTypeSystem extends RelDataTypeSystemImpl {
  public static final VersorTypeSystem INSTANCE = new VersorTypeSystem();

  /** Digits behind the point of an average of DECIMALs, at least. */
  private static final int LEAST_AVERAGE_SCALE = 6;

  private VersorTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName name) {
    return switch (name) {
      case DECIMAL -> TensorType.MAX_DECIMAL_DIGITS;
      case CHAR, VARCHAR, BINARY, VARBINARY -> TensorType.MAX_SAMPLE_BYTES;
      case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> TensorType.MAX_TIME_DIGITS;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> TensorType.MAX_TIME_DIGITS;
      default -> super.getMaxPrecision(name);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName name) {
    return name == SqlTypeName.DECIMAL ? TensorType.MAX_DECIMAL_DIGITS : super.getMaxScale(name);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName name) {
    return switch (name) {
      case DECIMAL -> TensorType.MAX_DECIMAL_DIGITS;
      case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> TensorType.MAX_TIME_DIGITS;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> TensorType.MAX_TIME_DIGITS;
      default -> super.getDefaultPrecision(name);
    };
  }

  @Override
  public RoundingMode roundingMode() {
    return RoundingMode.HALF_UP;
  }

  /** 'a' UNION 'bcd' is VARCHAR(3): padding with blanks surprises everyone. */
  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType sum =
        switch (argument.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER -> factory.createSqlType(SqlTypeName.BIGINT);
          case BIGINT ->
              factory.createSqlType(SqlTypeName.DECIMAL, TensorType.MAX_DECIMAL_DIGITS, 0);
          case DECIMAL ->
              factory.createSqlType(
                  SqlTypeName.DECIMAL, TensorType.MAX_DECIMAL_DIGITS, argument.getScale());
          case REAL, FLOAT, DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
          default -> argument;
        };
    return factory.createTypeWithNullability(sum, argument.isNullable());
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType average =
        switch (argument.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE ->
              factory.createSqlType(SqlTypeName.DOUBLE);
          case DECIMAL ->
              factory.createSqlType(
                  SqlTypeName.DECIMAL,
                  TensorType.MAX_DECIMAL_DIGITS,
                  Math.max(LEAST_AVERAGE_SCALE, argument.getScale()));
          default -> argument;
        };
    return factory.createTypeWithNullability(average, argument.isNullable());
  }

  @Override
  public RelDataType deriveCovarType(
      RelDataTypeFactory factory, RelDataType first, RelDataType second) {
    return factory.createTypeWithNullability(
        factory.createSqlType(SqlTypeName.DOUBLE), first.isNullable() || second.isNullable());
  }
}
