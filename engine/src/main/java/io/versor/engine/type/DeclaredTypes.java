package io.versor.engine.type;

import io.versor.engine.StatementException;
import io.versor.engine.media.MediaFormat;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Shape;
import io.versor.format.type.TensorType;
import io.versor.parser.ast.SqlTensorTypeSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;

/** Types of tensors from how they are declared. */
public final class DeclaredTypes {
  private static final Map<String, Dtype> UNSIGNED =
      Map.of(
          "UTINYINT", Dtype.UINT8,
          "USMALLINT", Dtype.UINT16,
          "UINTEGER", Dtype.UINT32,
          "UBIGINT", Dtype.UINT64);

  private static final Set<String> SIZED = Set.of("CHAR", "VARCHAR", "BINARY", "VARBINARY");

  private DeclaredTypes() {}

  /**
   * What a column is declared to be.
   *
   * @param derived what the planner takes a type of its own for
   * @throws StatementException if no column can be of it
   */
  public static TensorType column(
      SqlTypeNameSpec spec, Function<SqlTypeNameSpec, RelDataType> derived)
      throws StatementException {
    if (spec instanceof SqlTensorTypeSpec tensor) {
      return tensor(tensor);
    }
    if (spec instanceof SqlCollectionTypeNameSpec collection) {
      return list(collection, derived);
    }
    Dtype unsigned = spec instanceof SqlBasicTypeNameSpec ? UNSIGNED.get(name(spec)) : null;
    if (unsigned != null) {
      return TensorType.scalar(unsigned);
    }
    checkLength(spec);
    RelDataType type = derived.apply(spec);
    if (!SqlTypes.isStored(type)) {
      throw noColumn(spec);
    }
    return SqlTypes.toTensor(type);
  }

  /**
   * Refuses texts and bytes of no length.
   *
   * @throws StatementException 42611
   */
  public static void checkLength(SqlTypeNameSpec spec) throws StatementException {
    boolean sized =
        spec instanceof SqlBasicTypeNameSpec basic
            && basic.getPrecision() == 0
            && SIZED.contains(name(spec));
    if (sized) {
      throw new StatementException(
              "42611",
              name(spec) + "(0): the length is at least 1; leave it out for values of any length")
          .at(spec.getParserPos());
    }
  }

  /** Arrays of plain numbers are tensors, at any depth; all others are lists. */
  private static TensorType list(
      SqlCollectionTypeNameSpec spec, Function<SqlTypeNameSpec, RelDataType> derived)
      throws StatementException {
    if (!name(spec).equals("ARRAY")) {
      throw noColumn(spec);
    }
    TensorType element = column(spec.getElementTypeName(), derived);
    boolean number = element.htype() == Htype.GENERIC && element.dtype().isNumber();
    boolean ofNumbers = spec.getElementTypeName() instanceof SqlCollectionTypeNameSpec;
    if (number && (element.shape().rank() == 0 || ofNumbers)) {
      int[] extents = new int[element.shape().rank() + 1];
      Arrays.fill(extents, Shape.RAGGED);
      return TensorType.tensor(element.dtype(), Shape.of(extents));
    }
    if (element.element().isPresent()) {
      throw noColumn(spec);
    }
    return TensorType.sequence(element);
  }

  private static String name(SqlTypeNameSpec spec) {
    return spec.getTypeName().getSimple().toUpperCase(Locale.ROOT);
  }

  private static String described(SqlTypeNameSpec spec) {
    return spec instanceof SqlCollectionTypeNameSpec collection
        ? described(collection.getElementTypeName()) + " " + name(spec)
        : name(spec);
  }

  private static StatementException noColumn(SqlTypeNameSpec spec) {
    return new StatementException(
            "0A000",
            "no column can be of type "
                + described(spec)
                + "; lists are ARRAYs of one level, and JSON takes what is nested or has names")
        .at(spec.getParserPos());
  }

  /**
   * What a declaration means.
   *
   * @throws StatementException if it means nothing
   */
  public static TensorType tensor(SqlTensorTypeSpec spec) throws StatementException {
    String name = spec.name().toUpperCase(Locale.ROOT);
    return switch (name) {
      case "TEXT" -> TensorType.text();
      case "JSON" -> TensorType.json();
      case "LIST" -> TensorType.list();
      case "BLOB", "BYTEA" -> TensorType.varbinary(0);
      case "IMAGE", "AUDIO", "VIDEO" ->
          TensorType.media(Htype.valueOf(name), mediaType(name, spec.texts()));
      case "CLASS_LABEL" -> TensorType.classLabel(spec.texts());
      case "EMBEDDING" -> embedding(spec);
      case "TENSOR" -> generic(spec);
      case "BBOX" -> TensorType.bbox();
      case "KEYPOINTS" -> TensorType.keypoints();
      case "SEGMENT_MASK" -> TensorType.segmentMask();
      case "BINARY_MASK" -> TensorType.binaryMask();
      case "POLYGON" -> TensorType.polygon();
      case "POINT_CLOUD" -> TensorType.pointCloud();
      case "BIT" ->
          throw absent(
              "no strings of bits: TENSOR(BOOL, *) has truths in a row, VARBINARY bytes", spec);
      case "INTERVAL" ->
          throw absent(
              "no column of INTERVALs: BIGINT takes a count of microseconds or months, from which"
                  + " n * INTERVAL '1' SECOND is computed, and VARCHAR its text",
              spec);
      default ->
          throw new StatementException("42704", TypeText.unknown(spec.name()))
              .at(spec.getParserPos());
    };
  }

  private static StatementException absent(String message, SqlTensorTypeSpec spec) {
    return new StatementException("0A000", message).at(spec.getParserPos());
  }

  /** As it is written; a format that is unknown, or of something else, could never be stored. */
  private static Optional<String> mediaType(String name, List<String> texts)
      throws StatementException {
    Optional<String> word = texts.stream().findFirst();
    boolean known =
        texts.size() <= 1
            && word.stream()
                .allMatch(
                    text ->
                        MediaFormat.find(text)
                            .filter(format -> format.kind().name().equals(name))
                            .isPresent());
    if (known) {
      return word;
    }
    String formats =
        Arrays.stream(MediaFormat.values())
            .filter(format -> format.kind().name().equals(name))
            .map(format -> "'" + format.mediaType() + "'")
            .collect(Collectors.joining(", "));
    throw new StatementException(
        "42601",
        name + "('" + String.join("', '", texts) + "'), expected one of " + formats + " or none");
  }

  private static TensorType embedding(SqlTensorTypeSpec spec) throws StatementException {
    List<Integer> extents = spec.extents();
    if (extents.size() != 1 || extents.get(0) < 1) {
      throw new StatementException("42601", "EMBEDDING takes its length, as in EMBEDDING(512)");
    }
    return TensorType.embedding(extents.get(0));
  }

  private static TensorType generic(SqlTensorTypeSpec spec) throws StatementException {
    Optional<String> word = spec.dtype();
    if (word.isEmpty()) {
      throw new StatementException(
          "42601", "TENSOR takes a dtype and extents, as in TENSOR(FLOAT32, 128)");
    }
    Dtype dtype = dtype(word.get());
    int[] extents =
        spec.extents().stream()
            .mapToInt(extent -> extent == SqlTensorTypeSpec.RAGGED ? Shape.RAGGED : extent)
            .toArray();
    return TensorType.tensor(dtype, Shape.of(extents));
  }

  private static Dtype dtype(String word) throws StatementException {
    String upper = word.toUpperCase(Locale.ROOT);
    for (Dtype dtype : Dtype.values()) {
      if (dtype.isNumber() && dtype.name().equals(upper)) {
        return dtype;
      }
    }
    throw new StatementException(
        "42601",
        "no dtype "
            + word
            + "; there are BOOL, INT8 to INT64, UINT8 to UINT64, FLOAT16, FLOAT32 and FLOAT64");
  }
}
