package io.versor.engine.type;

import io.versor.format.ref.NearNames;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Shape;
import io.versor.format.type.TensorType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Types of tensors as a user writes them. */
public final class TypeText {
  /** What types are called that somebody may have meant. */
  public static final List<String> NAMES =
      List.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "INT",
          "BIGINT",
          "REAL",
          "FLOAT",
          "DOUBLE",
          "DECIMAL",
          "NUMERIC",
          "CHAR",
          "VARCHAR",
          "TEXT",
          "BINARY",
          "VARBINARY",
          "DATE",
          "TIME",
          "TIMESTAMP",
          "JSON",
          "LIST",
          "TENSOR",
          "EMBEDDING",
          "IMAGE",
          "AUDIO",
          "VIDEO",
          "CLASS_LABEL",
          "BBOX",
          "KEYPOINTS",
          "SEGMENT_MASK",
          "BINARY_MASK",
          "POLYGON",
          "POINT_CLOUD",
          "UUID");

  /** Behind the type of the elements of a sequence. */
  private static final String ARRAY = " ARRAY";

  /** Of types that are nothing without what stands behind them. */
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "TENSOR", "TENSOR(FLOAT32, *, 3)",
          "EMBEDDING", "EMBEDDING(512)",
          "CLASS_LABEL", "CLASS_LABEL('cat', 'dog')");

  private TypeText() {}

  /** What is said of a name that is no type. */
  public static String unknown(String name) {
    String example = EXAMPLES.get(name.toUpperCase(Locale.ROOT));
    return example == null
        ? "no type " + name + NearNames.question(name, NAMES)
        : "no type " + name + " alone; it is written as in " + example;
  }

  /** The whole type, as in CREATE TABLE: {@code TENSOR(FLOAT32, *, 3)}. */
  public static String of(TensorType type) {
    String name = name(type);
    Htype htype = type.htype();
    if (htype.isMedia()) {
      return type.mediaType().map(media -> name + "(" + quoted(media) + ")").orElse(name);
    }
    return switch (htype) {
      case SEQUENCE -> of(type.element().orElseThrow()) + ARRAY;
      case CLASS_LABEL -> type.labels().isEmpty() ? name : name + "(" + labels(type) + ")";
      case EMBEDDING ->
          type.dtype() == Dtype.FLOAT32
              ? name + "(" + type.shape().extent(0) + ")"
              : tensor(type.dtype(), type.shape());
      case GENERIC ->
          type.shape().rank() > 0
              ? tensor(type.dtype(), type.shape())
              : switch (type.dtype()) {
                case DECIMAL -> name + "(" + type.precision() + ", " + type.scale() + ")";
                case UTF8, BYTES ->
                    type.precision() == 0 ? name : name + "(" + type.precision() + ")";
                case TIME, TIMESTAMP -> name + "(" + type.precision() + ")";
                case TIMESTAMP_TZ -> "TIMESTAMP(" + type.precision() + ") WITH TIME ZONE";
                case UINT8, UINT16, UINT32, UINT64, FLOAT16 -> name + "(" + type.dtype() + ")";
                default -> name;
              };
      default -> name;
    };
  }

  /** Its first word or words, as tools list types: {@code TENSOR}. */
  public static String name(TensorType type) {
    if (type.element().isPresent()) {
      return name(type.element().get()) + ARRAY;
    }
    if (type.htype() != Htype.GENERIC) {
      return type.htype().name();
    }
    if (type.shape().rank() > 0) {
      return "TENSOR";
    }
    return switch (type.dtype()) {
      case BOOL -> "BOOLEAN";
      case INT8 -> "TINYINT";
      case INT16 -> "SMALLINT";
      case INT32 -> "INTEGER";
      case INT64 -> "BIGINT";
      case FLOAT32 -> "REAL";
      case FLOAT64 -> "DOUBLE";
      case UINT8, UINT16, UINT32, UINT64, FLOAT16 -> "TENSOR";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case TIMESTAMP -> "TIMESTAMP";
      case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
      case DECIMAL -> "DECIMAL";
      case UTF8 -> "VARCHAR";
      case BYTES -> "VARBINARY";
      case UUID -> "UUID";
    };
  }

  private static String tensor(Dtype dtype, Shape shape) {
    StringJoiner text = new StringJoiner(", ", "TENSOR(", ")");
    text.add(dtype.name());
    for (int extent : shape.extents()) {
      text.add(extent == Shape.RAGGED ? "*" : Integer.toString(extent));
    }
    return text.toString();
  }

  private static String labels(TensorType type) {
    List<String> labels = type.labels();
    StringJoiner text = new StringJoiner(", ");
    for (String label : labels) {
      text.add(quoted(label));
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
