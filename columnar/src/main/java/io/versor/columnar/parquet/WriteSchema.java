package io.versor.columnar.parquet;

import io.versor.engine.ColumnInfo;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The schema of a file with given columns. */
final class WriteSchema {
  /** Digits that 4 and 8 bytes hold. */
  static final int INT_DIGITS = 9;

  static final int LONG_DIGITS = 18;

  private static final String ELEMENT = "element";

  private WriteSchema() {}

  static MessageType of(List<ColumnInfo> columns) {
    List<Type> fields = new ArrayList<>();
    for (ColumnInfo column : columns) {
      fields.add(field(column.label(), column.type()));
    }
    return new MessageType("versor", fields);
  }

  /** A list has samples as its elements, tensors among them lists of their own. */
  private static Type field(String name, TensorType type) {
    return type.element().isPresent()
        ? Types.optionalList().element(sample(ELEMENT, type.element().get(), 0)).named(name)
        : sample(name, type, 0);
  }

  /** Tensors are lists of lists; an element is never NULL but marked as if it could be. */
  private static Type sample(String name, TensorType type, int level) {
    if (level == type.shape().rank()) {
      return value(name, type);
    }
    return Types.optionalList().element(sample(ELEMENT, type, level + 1)).named(name);
  }

  private static PrimitiveType value(String name, TensorType type) {
    if (isText(type)) {
      LogicalTypeAnnotation meaning =
          type.htype() == Htype.JSON
              ? LogicalTypeAnnotation.jsonType()
              : LogicalTypeAnnotation.stringType();
      return Types.optional(PrimitiveTypeName.BINARY).as(meaning).named(name);
    }
    Dtype dtype = type.dtype();
    return switch (dtype) {
      case BOOL -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
      case INT8, INT16, INT32, UINT8, UINT16, UINT32 -> whole(PrimitiveTypeName.INT32, dtype, name);
      case INT64, UINT64 -> whole(PrimitiveTypeName.INT64, dtype, name);
      case FLOAT16 ->
          Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
              .length(2)
              .as(LogicalTypeAnnotation.float16Type())
              .named(name);
      case FLOAT32 -> Types.optional(PrimitiveTypeName.FLOAT).named(name);
      case FLOAT64 -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
      case DATE ->
          Types.optional(PrimitiveTypeName.INT32).as(LogicalTypeAnnotation.dateType()).named(name);
      case TIME ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timeType(false, TimeUnit.MICROS))
              .named(name);
      case TIMESTAMP, TIMESTAMP_TZ ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timestampType(dtype == Dtype.TIMESTAMP_TZ, TimeUnit.MICROS))
              .named(name);
      case DECIMAL -> decimal(type, name);
      case UUID ->
          Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
              .length(Dtype.UUID.width())
              .as(LogicalTypeAnnotation.uuidType())
              .named(name);
      default -> Types.optional(PrimitiveTypeName.BINARY).named(name);
    };
  }

  static boolean isText(TensorType type) {
    return type.dtype() == Dtype.UTF8 || type.htype() == Htype.CLASS_LABEL;
  }

  private static PrimitiveType whole(PrimitiveTypeName kept, Dtype dtype, String name) {
    boolean plain = dtype == Dtype.INT32 || dtype == Dtype.INT64;
    return plain
        ? Types.optional(kept).named(name)
        : Types.optional(kept)
            .as(LogicalTypeAnnotation.intType(8 * dtype.width(), !dtype.isUnsigned()))
            .named(name);
  }

  private static PrimitiveType decimal(TensorType type, String name) {
    LogicalTypeAnnotation meaning =
        LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
    if (type.precision() <= INT_DIGITS) {
      return Types.optional(PrimitiveTypeName.INT32).as(meaning).named(name);
    }
    if (type.precision() <= LONG_DIGITS) {
      return Types.optional(PrimitiveTypeName.INT64).as(meaning).named(name);
    }
    return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(Dtype.DECIMAL.width())
        .as(meaning)
        .named(name);
  }
}
