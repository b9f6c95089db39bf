package io.versor.deeplake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples in columns are the samples of the datasets. */
class MappingTest {
  @TempDir static Path temporary;

  private static Optional<Fixture> fixture(String name) throws Exception {
    return Fixture.find(name, temporary);
  }

  private static HeapColumn column(TensorType type, Tensor tensor) throws StoreException {
    ColumnBuilder out = new ColumnBuilder(type);
    new Samples(tensor).append(0, (int) tensor.length(), out);
    return out.column();
  }

  /** Versions of each tensor, by its folder. */
  private static Map<String, List<Tensor>> lives(DeepLakeDataset dataset) throws StoreException {
    Map<String, List<Tensor>> lives = new LinkedHashMap<>();
    for (String node : dataset.tree().nodes().keySet()) {
      DatasetVersion version = dataset.version(node);
      for (String name : version.names()) {
        Tensor tensor = version.tensor(name);
        lives.computeIfAbsent(tensor.key(), key -> new ArrayList<>()).add(tensor);
      }
    }
    return lives;
  }

  @ParameterizedTest
  @ValueSource(strings = {"history", "types", "animals", "animals-dirty", "animals-merged"})
  void everySampleOfEveryVersion(String name) throws Exception {
    Optional<Fixture> fixture = fixture(name);
    assumeTrue(fixture.isPresent(), "the dataset " + name + " is not beside the project");
    DeepLakeDataset dataset = DeepLakeDataset.open(fixture.get().folder());
    Map<String, List<Tensor>> lives = lives(dataset);
    int compared = 0;
    for (String node : dataset.tree().nodes().keySet()) {
      DatasetVersion version = dataset.version(node);
      for (String tensorName : version.names()) {
        Tensor tensor = version.tensor(tensorName);
        TensorType type =
            ColumnTypes.typeAt(
                ColumnTypes.column(tensorName, lives.get(tensor.key())).type(), tensor);
        HeapColumn column = column(type, tensor);
        JsonNode expected =
            fixture.get().expected().get("states").get(node).get("tensors").get(tensorName);
        assertEquals(expected.get("length").asInt(), column.rows());
        for (JsonNode sample : expected.get("samples")) {
          new CellCheck(tensor, column, sample, tensorName + " at " + node).check();
          compared++;
        }
      }
    }
    assertTrue(compared > 4, compared + " samples were compared");
  }

  @Test
  void typesOfColumns() throws Exception {
    Optional<Fixture> fixture = fixture("types");
    assumeTrue(fixture.isPresent(), "the dataset types is not beside the project");
    Map<String, List<Tensor>> lives = lives(DeepLakeDataset.open(fixture.get().folder()));
    Map<String, String> types = new LinkedHashMap<>();
    lives.forEach((key, versions) -> types.put(key, text(ColumnTypes.type(versions))));
    String[][] expected = {
      {"num/bool", "GENERIC BOOL []"},
      {"num/float16", "GENERIC FLOAT16 []"},
      {"num/int64", "GENERIC INT64 []"},
      {"num/uint64", "GENERIC UINT64 []"},
      {"num/complex64", "GENERIC FLOAT32 [2]"},
      {"num/big_endian", "GENERIC INT32 [3]"},
      {"fixed", "GENERIC UINT8 [2, 3]"},
      {"ragged/cube", "GENERIC FLOAT32 [*, *, *]"},
      {"embedding/plain", "EMBEDDING FLOAT32 [16]"},
      {"embedding/with_none", "GENERIC FLOAT32 [*]"},
      {"label/named", "CLASS_LABEL INT32 [] [cat, dog, bird, fox]"},
      {"label/multi", "SEQUENCE of CLASS_LABEL INT32 [] [cat, dog, bird]"},
      {"label/int32_lz4", "CLASS_LABEL INT32 [] [no, yes]"},
      {"bbox/pixel", "BBOX FLOAT32 [*, 4]"},
      {"bbox/cube", "GENERIC FLOAT32 [*, 8]"},
      {"keypoints", "KEYPOINTS INT32 [*, *]"},
      {"mask/binary", "BINARY_MASK BOOL [*, *, *]"},
      {"mask/binary_chunk", "GENERIC BOOL [*, *]"},
      {"mask/segment", "SEGMENT_MASK UINT32 [*, *]"},
      {"point_cloud", "POINT_CLOUD FLOAT32 [*, *]"},
      {"intrinsics", "GENERIC FLOAT32 [3, 3]"},
      {"polygon/plane", "SEQUENCE of GENERIC FLOAT32 [*, 2]"},
      {"image/png", "IMAGE BYTES []"},
      {"image/raw", "GENERIC UINT8 [9, *, 3]"},
      {"image/chunk_png", "GENERIC UINT8 [*, *, 3]"},
      {"audio/wav", "AUDIO BYTES []"},
      {"audio/raw", "GENERIC FLOAT64 [*, 2]"},
      {"video/avi", "VIDEO BYTES []"},
      {"text/lz4", "TEXT UTF8 []"},
      {"json/plain", "JSON UTF8 []"},
      {"list/plain", "LIST UTF8 []"},
      {"tag/plain", "LIST UTF8 []"},
      {"link/image", "TEXT UTF8 []"},
      {"seq/label", "SEQUENCE of CLASS_LABEL INT32 [] [cat, dog]"},
      {"seq/number", "GENERIC INT32 [*]"},
      {"seq/text", "SEQUENCE of TEXT UTF8 []"},
      {"seq/bbox", "SEQUENCE of BBOX FLOAT32 [*, 4]"},
      {"seq/image", "SEQUENCE of IMAGE BYTES []"},
      {"seq/ragged", "SEQUENCE of GENERIC INT32 [*]"},
      {"tiled/png", "IMAGE BYTES []"},
      {"bare/all_none", "GENERIC FLOAT32 []"},
      {"bare/untouched", "GENERIC FLOAT64 []"},
    };
    for (String[] each : expected) {
      assertEquals(each[1], types.get(each[0]), each[0]);
    }
  }

  private static String text(TensorType type) {
    if (type.element().isPresent()) {
      return "SEQUENCE of " + text(type.element().get());
    }
    String labels = type.labels().isEmpty() ? "" : " " + type.labels();
    return type.htype() + " " + type.dtype() + " " + type.shape() + labels;
  }

  @Test
  void whatColumnsDoNotHave() throws Exception {
    Optional<Fixture> fixture = fixture("types");
    assumeTrue(fixture.isPresent(), "the dataset types is not beside the project");
    Map<String, List<Tensor>> lives = lives(DeepLakeDataset.open(fixture.get().folder()));
    assertEquals("links", ColumnTypes.losses(lives.get("link/image")).get(0).kind());
    assertEquals("complex numbers", ColumnTypes.losses(lives.get("num/complex64")).get(0).kind());
    assertTrue(
        ColumnTypes.losses(lives.get("keypoints")).get(0).detail().contains("connections"), "info");
    assertEquals(List.of(), ColumnTypes.losses(lives.get("label/named")));
    assertEquals(List.of(), ColumnTypes.losses(lives.get("num/int64")));
  }

  private Tensor written(TensorWriter writer) throws Exception {
    Path folder = DatasetWriter.write(temporary.resolve(writer.key()), List.of(writer));
    return DeepLakeDataset.open(folder).version(DatasetWriter.HEAD).tensor(writer.key());
  }

  private static TensorWriter shaped(TensorWriter writer, int... extents) {
    for (int extent : extents) {
      writer.meta().withArray("min_shape").add(extent);
      writer.meta().withArray("max_shape").add(extent);
    }
    return writer;
  }

  @Test
  void labelsThatNoStoreHas() throws Exception {
    TensorWriter writer = shaped(new TensorWriter("labels", "class_label", "uint32"), 1);
    writer.chunk().run(TensorWriter.int32(1), 1, 1).run(TensorWriter.int32(-1), 1, 1);
    Path folder = DatasetWriter.write(temporary.resolve("named"), List.of(writer));
    Files.writeString(
        folder.resolve("versions").resolve(DatasetWriter.HEAD).resolve("labels/tensor_info.json"),
        "{\"class_names\": [\"cat\", \"dog\"]}");
    Tensor tensor = DeepLakeDataset.open(folder).version(DatasetWriter.HEAD).tensor("labels");
    TensorType type = ColumnTypes.type(List.of(tensor));
    assertEquals("CLASS_LABEL INT32 [] [cat, dog]", text(type));
    StoreException e = assertThrows(StoreException.class, () -> column(type, tensor));
    assertEquals(StoreException.Code.OUT_OF_RANGE, e.code());
    assertTrue(e.getMessage().contains("sample 1"), e.getMessage());
  }

  @Test
  void labelsWithoutNamesAreNumbers() throws Exception {
    TensorWriter writer = shaped(new TensorWriter("codes", "class_label", "uint32"), 1);
    writer.chunk().run(TensorWriter.int32(7, -1), 2, 1);
    Tensor tensor = written(writer);
    TensorType type = ColumnTypes.type(List.of(tensor));
    assertEquals("GENERIC UINT32 []", text(type));
    assertEquals(0xFFFF_FFFFL, column(type, tensor).longAt(1));
  }

  @Test
  void samplesOtherThanTheirTensorTells() throws Exception {
    TensorWriter writer = shaped(new TensorWriter("lying", "generic", "int32"), 2);
    writer.chunk().run(TensorWriter.int32(1, 2, 3), 1, 3);
    Tensor tensor = written(writer);
    TensorType type = ColumnTypes.type(List.of(tensor));
    StoreException e = assertThrows(StoreException.class, () -> column(type, tensor));
    assertTrue(e.getMessage().contains("[3]"), e.getMessage());
  }

  @Test
  void tensorsWhoseVersionsAgreeInNothingAreBytes() throws Exception {
    TensorWriter flat = shaped(new TensorWriter("flat", "generic", "int32"), 2);
    flat.chunk().run(TensorWriter.int32(1, 2), 1, 2);
    TensorWriter deep = shaped(new TensorWriter("deep", "generic", "int32"), 1, 1);
    deep.chunk().run(TensorWriter.int32(3), 1, 1, 1);
    Tensor last = written(deep);
    List<Tensor> versions = List.of(written(flat), last);
    TensorType type = ColumnTypes.type(versions);
    assertEquals("GENERIC BYTES []", text(type));
    assertArrayEquals(TensorWriter.int32(3), column(type, last).bytesAt(0));
    assertEquals("no common type", ColumnTypes.losses(versions).get(0).kind());
  }
}
