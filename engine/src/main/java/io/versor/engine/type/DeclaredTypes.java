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
import java.util.Optional;
import java.util.stream.Collectors;

/** Types of tensors from how they are declared. */
public final class DeclaredTypes {
  private DeclaredTypes() {}

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
      default -> throw new StatementException("42704", "no type " + spec.name());
    };
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
