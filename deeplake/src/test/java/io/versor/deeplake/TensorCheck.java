package io.versor.deeplake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares one tensor with what Deep Lake reads of it: description, ids, every sample. */
final class TensorCheck {
  /** Decoded alike by everybody. */
  private static final Set<String> LOSSLESS = Set.of("png", "bmp");

  private final DatasetVersion version;
  private final Tensor tensor;
  private final TensorReader reader;
  private final Optional<TensorReader> shapes;
  private final JsonNode expected;
  private final String display;

  TensorCheck(DatasetVersion version, String name, JsonNode expected) throws Exception {
    this.version = version;
    this.tensor = version.tensor(name);
    this.reader = tensor.read();
    this.shapes = version.hidden(name, "shape").map(Tensor::read);
    this.expected = expected;
    this.display = name + " at " + version.node().id();
  }

  /** How many samples were compared. */
  int check() throws Exception {
    checkMeta();
    if (expected.has("sample_ids")) {
      List<String> ids = new ArrayList<>();
      expected.get("sample_ids").forEach(id -> ids.add(id.asText()));
      long[] read = version.ids(tensor.name()).orElseThrow();
      assertEquals(ids, Arrays.stream(read).mapToObj(Long::toUnsignedString).toList(), display);
    }
    int compared = 0;
    for (JsonNode sample : expected.get("samples")) {
      checkSample(sample);
      compared++;
    }
    assertEquals(tensor.length(), compared, display);
    return compared;
  }

  private void checkMeta() throws Exception {
    TensorMeta meta = tensor.meta();
    String htype = meta.isLink() ? "link[" + meta.htype() + "]" : meta.htype();
    htype = meta.isSequence() ? "sequence[" + htype + "]" : htype;
    assertEquals(text("htype").orElse("generic"), htype, display);
    assertEquals(text("dtype"), meta.dtype(), display);
    assertEquals(text("sample_compression"), meta.sampleCompression(), display);
    assertEquals(text("chunk_compression"), meta.chunkCompression(), display);
    assertEquals(expected.get("is_sequence").asBoolean(), meta.isSequence(), display);
    assertEquals(expected.get("is_link").asBoolean(), meta.isLink(), display);
    assertEquals(expected.get("length").asLong(), tensor.length(), display);
    assertEquals(ints(expected.get("min_shape")), meta.minShape(), display);
    assertEquals(ints(expected.get("max_shape")), meta.maxShape(), display);
    assertEquals(expected.get("key").asText(), tensor.key(), display);
    assertEquals(expected.get("info"), tensor.info(), display);
    assertEquals(expected.get("chunks").asInt(), tensor.index().rows(), display);
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(expected.get(key).textValue());
  }

  private static List<Integer> ints(JsonNode array) {
    List<Integer> ints = new ArrayList<>();
    array.forEach(number -> ints.add(number.isNull() ? null : number.asInt()));
    return ints;
  }

  private void checkSample(JsonNode sample) throws Exception {
    int index = sample.get("index").asInt();
    String at = display + " sample " + index;
    assertEquals(sample.path("padded").asBoolean(), tensor.isPadded(index), at);
    if (sample.has("items")) {
      checkSequence(sample, index, at);
      return;
    }
    Sample read = reader.sample(index);
    assertEquals(sample.path("tiled").asBoolean(), read.tiled(), at);
    checkShape(sample, read, index, at);
    if (sample.has("stored_sha256")) {
      byte[] stored = reader.storedBytes(index);
      assertEquals(sample.get("stored_bytes").asInt(), stored.length, at);
      assertEquals(sample.get("stored_sha256").asText(), Bytes.sha256(stored), at);
    }
    if (sample.has("link")) {
      assertEquals(sample.get("link").asText(), read.text(), at);
    } else {
      checkValue(sample, read, at);
    }
    if (sample.has("text")) {
      checkLabels(sample.get("text"), read, at);
    }
    if (sample.has("sample_info")) {
      Tensor info = version.hidden(tensor.name(), "info").orElseThrow();
      JsonNode told = Fixture.JSON.readTree(info.read().sample(index).bytes());
      assertEquals(sample.get("sample_info"), told, at);
    }
  }

  private void checkShape(JsonNode sample, Sample read, int index, String at) throws Exception {
    if (!sample.has("shape")) {
      assertTrue(sample.has("shape_error"), at);
      return;
    }
    List<Integer> shape =
        ints(sample.get(read.tiled() && sample.has("numpy_shape") ? "numpy_shape" : "shape"));
    int[] told = read.shape();
    if (read.content() == Content.LINK) {
      if (shapes.isEmpty()) {
        return; // nobody looked at the target
      }
      told = told(index);
    }
    assertEquals(shape, Arrays.stream(told).boxed().toList(), at);
  }

  /** The shape that the hidden tensor of shapes has. */
  private int[] told(int index) throws Exception {
    byte[] bytes = shapes.orElseThrow().sample(index).bytes();
    int[] told = new int[bytes.length / 8];
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.setAll(told, i -> (int) numbers.getLong(8 * i));
    return told;
  }

  private void checkValue(JsonNode sample, Sample read, String at) throws Exception {
    switch (read.content()) {
      case ARRAY -> {
        boolean lossy = tensor.meta().chunkCompression().filter("jpeg"::equals).isPresent();
        if (sample.has("sha256") && !lossy) {
          assertEquals(sample.get("sha256").asText(), Bytes.sha256(read.bytes()), at);
        }
      }
      case TEXT -> {
        assertEquals(sample.get("value").asText(), read.text(), at);
        assertEquals(sample.get("sha256").asText(), Bytes.sha256(read.bytes()), at);
      }
      case JSON -> assertEquals(sample.get("value"), plain(Fixture.JSON.readTree(read.text())), at);
      case POLYGON -> checkPolygons(sample.get("polygons"), read, at);
      case ENCODED -> checkPicture(sample, read, at);
      case LINK -> throw new AssertionError(at + ": a link without an address");
    }
  }

  private void checkPolygons(JsonNode polygons, Sample read, String at) throws Exception {
    Polygons taken = Polygons.of(read, tensor);
    assertEquals(polygons.size(), taken.bytes().size(), at);
    for (int i = 0; i < polygons.size(); i++) {
      List<Integer> shape = List.of(taken.points().get(i), taken.coordinates());
      assertEquals(ints(polygons.get(i).get("shape")), shape, at);
      assertEquals(polygons.get(i).get("sha256").asText(), Bytes.sha256(taken.bytes().get(i)), at);
    }
  }

  private void checkPicture(JsonNode sample, Sample read, String at) throws Exception {
    if (LOSSLESS.contains(tensor.meta().sampleCompression().orElse(""))
        && read.bytes().length > 0) {
      DatasetFiles files = new DatasetFiles(Path.of("."));
      byte[] pixels = new byte[(int) Shapes.elements(read.shape())];
      Picture.decode(read.bytes(), 0, read.bytes().length, files, "sample")
          .copy(0, read.shape(), pixels, 0);
      assertEquals(sample.get("sha256").asText(), Bytes.sha256(pixels), at);
    }
  }

  private void checkLabels(JsonNode names, Sample read, String at) {
    List<String> labels = new ArrayList<>();
    ByteBuffer numbers = ByteBuffer.wrap(read.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      labels.add(tensor.classNames().get(numbers.getInt()));
    }
    List<String> expectedNames = new ArrayList<>();
    names.forEach(name -> expectedNames.add(name.asText()));
    assertEquals(expectedNames, labels, at);
  }

  private void checkSequence(JsonNode sample, int index, String at) throws Exception {
    JsonNode items = sample.get("items");
    assertEquals(items.size(), tensor.itemCount(index), at);
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      Sample read = reader.sample(tensor.firstItem(index) + i);
      if (item.has("shape")) {
        assertEquals(
            ints(item.get("shape")), Arrays.stream(read.shape()).boxed().toList(), at + "." + i);
      }
      checkValue(item, read, at + "." + i);
    }
  }

  /** Arrays and bytes in JSON in the form of the expectations. */
  private static JsonNode plain(JsonNode json) {
    if (json.isArray()) {
      ArrayNode out = Fixture.JSON.createArrayNode();
      json.forEach(each -> out.add(plain(each)));
      return out;
    }
    if (!json.isObject()) {
      return json;
    }
    ObjectNode out = Fixture.JSON.createObjectNode();
    String kind = json.path("_hub_custom_type").asText();
    if (kind.equals("ndarray")) {
      ObjectNode array = out.putObject("ndarray");
      array.put("dtype", ElementType.find(json.get("dtype").asText()).orElseThrow().key());
      array.set("shape", json.get("shape"));
      array.set("base64", json.get("data"));
    } else if (kind.equals("bytes")) {
      out.set("base64", json.get("data"));
    } else {
      for (Map.Entry<String, JsonNode> each : json.properties()) {
        out.set(each.getKey(), plain(each.getValue()));
      }
    }
    return out;
  }
}
