package io.versor.engine.type;

import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Shape;
import io.versor.format.type.TensorType;
import java.sql.Types;
import java.util.Arrays;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What tensors are in SQL, and back. Encoded media are VARBINARY and class labels VARCHAR, so every
 * function and tool can use them; unsigned numbers are the next wider type; tensors with extents
 * are a type of their own.
 */
public final class SqlTypes {
  /** Decimal digits that a FLOAT64 tells apart. */
  private static final int DOUBLE_DIGITS = 15;

  /** Digits of the greatest UINT64. */
  private static final int UINT64_DIGITS = 20;

  private SqlTypes() {}

  public static RelDataType toSql(Column column, VersorTypeFactory factory) {
    return toSql(column.type(), column.nullable(), factory);
  }

  public static RelDataType toSql(TensorType type, boolean nullable, VersorTypeFactory factory) {
    if (type.shape().rank() > 0) {
      return factory.createTensorType(type, nullable);
    }
    if (type.element().isPresent()) {
      RelDataType element = toSql(type.element().get(), true, factory);
      return factory.createTypeWithNullability(factory.createArrayType(element, -1), nullable);
    }
    RelDataType scalar = scalarToSql(type, factory);
    return factory.createTypeWithNullability(scalar, nullable);
  }

  private static RelDataType scalarToSql(TensorType type, VersorTypeFactory factory) {
    if (type.htype() == Htype.CLASS_LABEL) {
      return factory.createSqlType(SqlTypeName.VARCHAR);
    }
    return switch (type.dtype()) {
      case BOOL -> factory.createSqlType(SqlTypeName.BOOLEAN);
      case INT8 -> factory.createSqlType(SqlTypeName.TINYINT);
      case INT16, UINT8 -> factory.createSqlType(SqlTypeName.SMALLINT);
      case INT32, UINT16 -> factory.createSqlType(SqlTypeName.INTEGER);
      case INT64, UINT32 -> factory.createSqlType(SqlTypeName.BIGINT);
      case UINT64 -> factory.createSqlType(SqlTypeName.DECIMAL, UINT64_DIGITS, 0);
      case FLOAT16, FLOAT32 -> factory.createSqlType(SqlTypeName.REAL);
      case FLOAT64 -> factory.createSqlType(SqlTypeName.DOUBLE);
      case DATE -> factory.createSqlType(SqlTypeName.DATE);
      case TIME -> factory.createSqlType(SqlTypeName.TIME, type.precision());
      case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, type.precision());
      case TIMESTAMP_TZ ->
          factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, type.precision());
      case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
      case UTF8 -> sized(SqlTypeName.VARCHAR, type.precision(), factory);
      case BYTES -> sized(SqlTypeName.VARBINARY, type.precision(), factory);
      case UUID -> factory.createSqlType(SqlTypeName.UUID);
    };
  }

  private static RelDataType sized(SqlTypeName name, int precision, VersorTypeFactory factory) {
    return precision == 0 ? factory.createSqlType(name) : factory.createSqlType(name, precision);
  }

  /** A tensor that can hold the values of an expression. */
  public static TensorType toTensor(RelDataType type) {
    if (type instanceof TensorSqlType tensor) {
      return tensor.tensor();
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> TensorType.scalar(Dtype.BOOL);
      case TINYINT -> TensorType.scalar(Dtype.INT8);
      case SMALLINT -> TensorType.scalar(Dtype.INT16);
      case INTEGER -> TensorType.scalar(Dtype.INT32);
      case BIGINT -> TensorType.scalar(Dtype.INT64);
      case REAL -> TensorType.scalar(Dtype.FLOAT32);
      case FLOAT, DOUBLE -> TensorType.scalar(Dtype.FLOAT64);
      case DECIMAL -> TensorType.decimal(type.getPrecision(), Math.max(0, type.getScale()));
      case DATE -> TensorType.scalar(Dtype.DATE);
      case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIME_TZ -> TensorType.time(Dtype.TIME, digits(type));
      case TIMESTAMP -> TensorType.time(Dtype.TIMESTAMP, digits(type));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
          TensorType.time(Dtype.TIMESTAMP_TZ, digits(type));
      case BINARY, VARBINARY -> TensorType.varbinary(Math.max(0, type.getPrecision()));
      case CHAR, VARCHAR -> TensorType.varchar(Math.max(0, type.getPrecision()));
      case UUID -> TensorType.scalar(Dtype.UUID);
      case ARRAY, MULTISET -> arrayToTensor(type);
      default -> TensorType.varchar(0);
    };
  }

  private static int digits(RelDataType type) {
    return Math.max(0, Math.min(TensorType.MAX_TIME_DIGITS, type.getPrecision()));
  }

  private static TensorType arrayToTensor(RelDataType type) {
    int rank = 0;
    RelDataType element = type;
    while (element.getComponentType() != null) {
      rank++;
      element = element.getComponentType();
    }
    if (rank > Shape.MAX_RANK) {
      return TensorType.list();
    }
    TensorType of = toTensor(element);
    boolean near = of.dtype() == Dtype.DECIMAL && of.precision() <= DOUBLE_DIGITS;
    Dtype dtype = near ? Dtype.FLOAT64 : of.dtype();
    if (of.shape().rank() > 0 || !dtype.isNumber()) {
      return rank == 1 && isStored(element) ? TensorType.sequence(of) : TensorType.list();
    }
    int[] extents = new int[rank];
    Arrays.fill(extents, Shape.RAGGED);
    return TensorType.tensor(dtype, Shape.of(extents));
  }

  /** Whether a column can hold values of a type as they are, not only their text. */
  static boolean isStored(RelDataType type) {
    return type instanceof TensorSqlType
        || switch (type.getSqlTypeName()) {
          case BOOLEAN,
              TINYINT,
              SMALLINT,
              INTEGER,
              BIGINT,
              REAL,
              FLOAT,
              DOUBLE,
              DECIMAL,
              DATE,
              TIME,
              TIMESTAMP,
              TIMESTAMP_WITH_LOCAL_TIME_ZONE,
              TIMESTAMP_TZ,
              TIME_WITH_LOCAL_TIME_ZONE,
              TIME_TZ,
              CHAR,
              VARCHAR,
              BINARY,
              VARBINARY,
              UUID ->
              true;
          default -> false;
        };
  }

  /** The type of {@link java.sql.Types} that tools are told. */
  public static int jdbcType(TensorType type) {
    if (type.shape().rank() > 0 || type.element().isPresent()) {
      return Types.ARRAY;
    }
    if (type.htype() == Htype.CLASS_LABEL) {
      return Types.VARCHAR;
    }
    return switch (type.dtype()) {
      case BOOL -> Types.BOOLEAN;
      case INT8 -> Types.TINYINT;
      case INT16, UINT8 -> Types.SMALLINT;
      case INT32, UINT16 -> Types.INTEGER;
      case INT64, UINT32 -> Types.BIGINT;
      case UINT64, DECIMAL -> Types.DECIMAL;
      case FLOAT16, FLOAT32 -> Types.REAL;
      case FLOAT64 -> Types.DOUBLE;
      case DATE -> Types.DATE;
      case TIME -> Types.TIME;
      case TIMESTAMP -> Types.TIMESTAMP;
      case TIMESTAMP_TZ -> Types.TIMESTAMP_WITH_TIMEZONE;
      case UTF8 -> Types.VARCHAR;
      case BYTES -> Types.VARBINARY;
      case UUID -> Types.OTHER;
    };
  }

  /** Digits, characters or bytes as tools are told; 0 if unlimited. */
  public static int precision(TensorType type) {
    if (type.shape().rank() > 0 || type.htype() == Htype.CLASS_LABEL) {
      return 0;
    }
    return switch (type.dtype()) {
      case BOOL -> 1;
      case INT8, UINT8 -> 3;
      case INT16, UINT16 -> 5;
      case INT32, UINT32 -> 10;
      case INT64 -> 19;
      case UINT64 -> UINT64_DIGITS;
      case FLOAT16, FLOAT32 -> 7;
      case FLOAT64 -> 15;
      case DATE -> 10;
      default -> type.precision();
    };
  }
}
