package io.versor.deeplake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.versor.format.chunk.ChunkReader;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Htype;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import java.util.List;

/** Compares one cell with what Deep Lake reads there. */
final class CellCheck {
  private final Tensor tensor;
  private final HeapColumn column;
  private final JsonNode sample;
  private final int row;
  private final String at;

  CellCheck(Tensor tensor, HeapColumn column, JsonNode sample, String display) {
    this.tensor = tensor;
    this.column = column;
    this.sample = sample;
    this.row = sample.get("index").asInt();
    this.at = display + " sample " + row;
  }

  void check() throws Exception {
    TensorType type = column.type();
    boolean padded = sample.path("padded").asBoolean();
    if (padded || column.isNull(row)) {
      assertTrue(padded || isEmpty(type), at);
      assertTrue(column.isNull(row), at);
    } else if (sample.has("items") && type.htype() != Htype.SEQUENCE) {
      checkNumbers(type.elementWidth());
    } else if (sample.has("items")) {
      checkParts(sample.get("items"));
    } else if (sample.has("polygons")) {
      checkParts(sample.get("polygons"));
    } else if (type.htype() == Htype.SEQUENCE) {
      HeapColumn labels = elements();
      assertEquals(sample.get("text").size(), labels.rows(), at);
      for (int i = 0; i < labels.rows(); i++) {
        assertEquals(
            sample.get("text").get(i).asText(), type.label(labels.longAt(i)), at + "." + i);
      }
    } else if (sample.has("link")) {
      assertEquals(sample.get("link").asText(), column.textAt(row), at);
    } else {
      check(type, column, row, sample);
    }
  }

  /** Whether the sample is one that such a column has no value for. */
  private boolean isEmpty(TensorType type) {
    boolean empty = sample.has("read_error");
    for (JsonNode extent : sample.path("shape")) {
      empty |= extent.asInt() == 0;
    }
    return empty && (type.layout() == Layout.FIXED || type.htype().isMedia());
  }

  private HeapColumn elements() throws StoreException {
    byte[] bytes = column.bytesAt(row);
    return ChunkReader.decodeHeap(
        bytes, 0, bytes.length, column.type().element().orElseThrow(), at);
  }

  private void checkNumbers(int width) {
    byte[] bytes = column.bytesAt(row);
    assertEquals(sample.get("items").size() * width, bytes.length, at);
    for (int i = 0; i < sample.get("items").size(); i++) {
      byte[] number = Arrays.copyOfRange(bytes, i * width, (i + 1) * width);
      assertEquals(
          sample.get("items").get(i).get("sha256").asText(), Bytes.sha256(number), at + "." + i);
    }
  }

  private void checkParts(JsonNode items) throws StoreException {
    HeapColumn elements = elements();
    assertEquals(items.size(), elements.rows(), at);
    for (int i = 0; i < items.size(); i++) {
      check(elements.type(), elements, i, items.get(i));
    }
  }

  private void check(TensorType type, HeapColumn cells, int index, JsonNode expected) {
    byte[] bytes = cells.bytesAt(index);
    if (type.htype().isMedia()) {
      if (expected.has("stored_sha256")) {
        assertEquals(expected.get("stored_sha256").asText(), Bytes.sha256(bytes), at);
      }
      assertTrue(bytes.length > 0, at);
      checkShape(cells, index, expected);
    } else if (type.htype() == Htype.CLASS_LABEL) {
      assertEquals(expected.get("value").get(0).asLong(), cells.longAt(index), at);
      if (expected.has("text")) {
        assertEquals(expected.get("text").get(0).asText(), type.label(cells.longAt(index)), at);
      }
    } else if (type.htype() == Htype.JSON || type.htype() == Htype.LIST) {
      if (expected.has("stored_sha256") && tensor.meta().sampleCompression().isEmpty()) {
        assertEquals(expected.get("stored_sha256").asText(), Bytes.sha256(bytes), at);
      }
    } else {
      boolean lossy = tensor.meta().chunkCompression().filter("jpeg"::equals).isPresent();
      if (!lossy) {
        assertEquals(expected.get("sha256").asText(), Bytes.sha256(bytes), at);
      }
      if (type.layout() == Layout.VARIABLE && type.storedRank() > 0 && bytes.length > 0) {
        checkShape(cells, index, expected);
      }
    }
  }

  private void checkShape(HeapColumn cells, int index, JsonNode expected) {
    JsonNode shape =
        sample.path("tiled").asBoolean() && sample.has("numpy_shape")
            ? expected.get("numpy_shape")
            : expected.get("shape");
    List<Integer> told = Arrays.stream(cells.shapeAt(index)).boxed().toList();
    assertEquals(shape.toString(), told.toString().replace(" ", ""), at);
  }
}
