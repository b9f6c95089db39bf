package io.versor.deeplake;

import com.fasterxml.jackson.databind.JsonNode;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a tensor is at one node.
 *
 * @param htype without {@code sequence[…]} and {@code link[…]} around it; {@code generic} where
 *     none was given
 * @param dtype as written: {@code int64}, {@code str}, {@code Any}, {@code List}; empty before the
 *     first sample told it
 * @param element of arrays; empty for texts and before the first sample
 * @param bigEndian whether numbers lie with the highest byte first
 * @param length samples as noted; not to be relied on for sequences: see {@link Tensor#length}
 * @param minShape the smallest extents of its samples; of items for sequences
 * @param maxShape the greatest
 * @param hidden whether Deep Lake keeps it for itself: ids, shapes, file infos
 */
public record TensorMeta(
    String htype,
    Optional<String> dtype,
    Optional<ElementType> element,
    boolean bigEndian,
    Optional<String> sampleCompression,
    Optional<String> chunkCompression,
    long length,
    List<Integer> minShape,
    List<Integer> maxShape,
    boolean isSequence,
    boolean isLink,
    boolean hidden) {
  static final String LZ4 = "lz4";

  /** Extents of a sample: numpy has no more. */
  static final int MAX_RANK = 32;

  private static final String LINK = "link[";
  private static final String SEQUENCE = "sequence[";

  public TensorMeta {
    minShape = List.copyOf(minShape);
    maxShape = List.copyOf(maxShape);
  }

  /** What the bytes of its samples are, unless a sample is tiled: then they are an ARRAY. */
  public Content content() {
    if (isLink) {
      return Content.LINK;
    }
    switch (htype) {
      case "json", "list", "tag":
        return Content.JSON;
      case "text":
        return Content.TEXT;
      case "polygon":
        return Content.POLYGON;
      default:
        break;
    }
    if (dtype.filter("str"::equals).isPresent()) {
      return Content.TEXT;
    }
    return sampleCompression.filter(name -> !name.equals(LZ4)).isPresent()
        ? Content.ENCODED
        : Content.ARRAY;
  }

  /**
   * @param path for messages
   */
  static TensorMeta parse(JsonNode json, DatasetFiles files, String path) throws StoreException {
    String htype = Optional.ofNullable(json.path("htype").textValue()).orElse("generic");
    boolean sequence = json.path("is_sequence").asBoolean() || htype.startsWith(SEQUENCE);
    boolean link = json.path("is_link").asBoolean() || htype.contains(LINK);
    while (htype.endsWith("]") && (htype.startsWith(SEQUENCE) || htype.startsWith(LINK))) {
      htype = htype.substring(htype.indexOf('[') + 1, htype.length() - 1);
    }
    Optional<String> dtype = Optional.ofNullable(json.path("dtype").textValue());
    Optional<String> typestr = Optional.ofNullable(json.path("typestr").textValue());
    JsonNode length = json.path("length");
    if (!length.canConvertToLong() || length.longValue() < 0) {
      throw files.corrupt(path, "\"length\" is " + length + ", expected a count");
    }
    return new TensorMeta(
        htype,
        dtype,
        element(typestr.or(() -> dtype), files, path),
        typestr.or(() -> dtype).filter(text -> text.startsWith(">")).isPresent(),
        compression(json, "sample_compression", files, path),
        compression(json, "chunk_compression", files, path),
        length.longValue(),
        extents(json.path("min_shape"), files, path),
        extents(json.path("max_shape"), files, path),
        sequence,
        link,
        json.path("hidden").asBoolean());
  }

  private static Optional<ElementType> element(
      Optional<String> name, DatasetFiles files, String path) throws StoreException {
    if (name.isEmpty() || List.of("str", "Any", "List").contains(name.get())) {
      return Optional.empty();
    }
    Optional<ElementType> found = ElementType.find(name.get());
    if (found.isEmpty() && !name.get().startsWith("<U")) {
      throw new StoreException(
          Code.UNSUPPORTED,
          files.display(path)
              + ": dtype \""
              + name.get()
              + "\", expected a number, str, Any, List");
    }
    return found;
  }

  private static Optional<String> compression(
      JsonNode json, String key, DatasetFiles files, String path) throws StoreException {
    JsonNode name = json.path(key);
    if (name.isMissingNode() || name.isNull()) {
      return Optional.empty();
    }
    if (!name.isTextual()) {
      throw files.corrupt(path, "\"" + key + "\" is " + name + ", expected a name");
    }
    return Optional.of(name.textValue()).filter(text -> !text.isEmpty());
  }

  private static List<Integer> extents(JsonNode json, DatasetFiles files, String path)
      throws StoreException {
    List<Integer> extents = new ArrayList<>();
    for (JsonNode extent : json) {
      if (!extent.canConvertToInt() || extent.intValue() < 0 || extents.size() == MAX_RANK) {
        throw files.corrupt(path, "a shape " + json + ", expected at most " + MAX_RANK + " counts");
      }
      extents.add(extent.intValue());
    }
    return extents;
  }
}
