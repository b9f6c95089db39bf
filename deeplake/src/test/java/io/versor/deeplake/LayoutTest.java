package io.versor.deeplake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts that the real datasets beside the project do not have. */
class LayoutTest {
  @TempDir Path temporary;

  private Tensor written(TensorWriter writer) throws Exception {
    Path folder = DatasetWriter.write(temporary.resolve("made"), List.of(writer));
    return DeepLakeDataset.open(folder).version(DatasetWriter.HEAD).tensor(writer.key());
  }

  @Test
  void numbersWithTheHighestByteFirstComeLittleEndian() throws Exception {
    TensorWriter writer = new TensorWriter("x", "generic", "int32").with("typestr", ">i4");
    writer.chunk().run(new byte[] {0, 0, 0, 1, 0, 0, 2, 0}, 2, 1);
    SampleRun run = written(writer).read().run(0, 10);
    assertEquals(2, run.count());
    assertArrayEquals(
        TensorWriter.int32(1, 512),
        Arrays.copyOfRange(run.bytes(), run.offset(), run.offset() + 8));
  }

  @Test
  void halvesOfComplexNumbersAreTurnedOneByOne() throws Exception {
    TensorWriter writer = new TensorWriter("x", "generic", "complex64").with("typestr", ">c8");
    writer.chunk().run(ByteBuffer.allocate(8).putFloat(1.5f).putFloat(-2).array(), 1, 1);
    assertArrayEquals(
        TensorWriter.int32(Float.floatToIntBits(1.5f), Float.floatToIntBits(-2)),
        written(writer).read().sample(0).bytes());
  }

  @Test
  void chunkIndexesOfFourByteNumbers() throws Exception {
    TensorWriter writer = new TensorWriter("x", "generic", "int32").oldIndex();
    writer.chunk().run(TensorWriter.int32(1, 2), 2, 1);
    writer.chunk().run(TensorWriter.int32(3), 1, 1);
    Tensor tensor = written(writer);
    assertEquals(3, tensor.length());
    assertArrayEquals(TensorWriter.int32(3), tensor.read().sample(2).bytes());
  }

  @Test
  void framesOfLz4() throws Exception {
    TensorWriter writer = new TensorWriter("x", "text", "str").with("chunk_compression", "lz4");
    TensorWriter.ChunkWriter chunk = writer.chunk().text("hello ").text("world");
    chunk.packed(frame(chunk.data()));
    TensorReader reader = written(writer).read();
    assertEquals("hello ", reader.sample(0).text());
    assertEquals("world", reader.sample(1).text());
  }

  /** One block, checksums of the block and of all, the length of the content. */
  private static byte[] frame(byte[] raw) {
    byte[] block = TensorWriter.literals(raw);
    byte[] head = {0x5C, 0x40, (byte) raw.length, 0, 0, 0, 0, 0, 0, 0};
    byte sum = (byte) (XxHash32.of(head, 0, head.length) >>> 8);
    return TensorWriter.concat(
        new byte[] {0x04, 0x22, 0x4D, 0x18},
        head,
        new byte[] {sum},
        TensorWriter.int32(block.length),
        block,
        TensorWriter.int32(XxHash32.of(block, 0, block.length), 0),
        TensorWriter.int32(XxHash32.of(raw, 0, raw.length)));
  }

  @Test
  void checksumOfFramesIsThePublishedOne() {
    byte[] text = "Nobody inspects the spammish repetition".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0xE2293B2F, XxHash32.of(text, 0, text.length));
    assertEquals(0x02CC5D05, XxHash32.of(new byte[0], 0, 0));
  }

  @Test
  void matchesOfLz4MayOverlapThemselves() throws Exception {
    // "ab", then 8 bytes from 2 before, then "c".
    byte[] packed = {11, 0, 0, 0, 0x24, 'a', 'b', 2, 0, 0x10, 'c'};
    TensorWriter writer = new TensorWriter("x", "text", "str").with("sample_compression", "lz4");
    writer.chunk().run(packed, 1, 1);
    assertEquals("ababababab" + "c", written(writer).read().sample(0).text());
  }

  @Test
  void tilesOfThreeExtentsAreLaidTogether() throws Exception {
    TensorWriter writer = new TensorWriter("x", "generic", "int32");
    writer.tiled(0, new long[] {2, 3, 2}, new long[] {1, 2, 2});
    writer.chunk().run(TensorWriter.int32(0, 1, 2, 3), 1, 1, 2, 2);
    writer.chunk().continuesTile().run(TensorWriter.int32(4, 5), 1, 1, 1, 2);
    writer.chunk().continuesTile().run(TensorWriter.int32(6, 7, 8, 9), 1, 1, 2, 2);
    writer.chunk().continuesTile().run(TensorWriter.int32(10, 11), 1, 1, 1, 2);
    Tensor tensor = written(writer);
    Sample sample = tensor.read().sample(0);
    assertTrue(sample.tiled());
    assertArrayEquals(new int[] {2, 3, 2}, sample.shape());
    assertArrayEquals(TensorWriter.int32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), sample.bytes());
    assertEquals(1, tensor.spans().size());
  }

  @Test
  void tensorsWithoutNamesAreNamedLikeTheirKeys() throws Exception {
    TensorWriter writer = new TensorWriter("group/x", "generic", "int32");
    writer.chunk().run(TensorWriter.int32(7), 1, 1);
    Path folder = DatasetWriter.write(temporary.resolve("old"), List.of(writer));
    Path meta = folder.resolve("dataset_meta.json");
    Files.writeString(meta, "{\"tensors\": [\"group/x\"]}");
    DatasetVersion version = DeepLakeDataset.open(folder).version(VersionTree.FIRST_ID);
    assertEquals(List.of("group/x"), version.names());
    assertArrayEquals(TensorWriter.int32(7), version.tensor("group/x").read().sample(0).bytes());
  }

  @Test
  void pickledTreesArePutTogetherFromTheirNodes() throws Exception {
    TensorWriter writer = new TensorWriter("x", "generic", "int32");
    writer.chunk().run(TensorWriter.int32(7), 1, 1);
    Path folder = DatasetWriter.write(temporary.resolve("pickled"), List.of(writer));
    Files.delete(folder.resolve(VersionTree.FILE));
    Files.write(folder.resolve("version_control_info"), new byte[] {(byte) 0x80, 4});
    VersionTree tree = DeepLakeDataset.open(folder).tree();
    assertTrue(tree.isRebuilt());
    assertEquals(Map.of("main", DatasetWriter.HEAD), tree.heads());
  }

  @Test
  void mergesNameTheNodeThatWasMerged() {
    assertEquals("abc", merged("Merge abc into main").orElseThrow());
    assertFalse(merged("Merge of all things").isPresent());
    assertFalse(merged("Merge a b into main").isPresent());
  }

  private static Optional<String> merged(String message) {
    return new VersionNode(
            "id",
            "main",
            Optional.empty(),
            List.of(),
            Optional.of(message),
            Optional.empty(),
            Optional.empty())
        .mergedFrom();
  }
}
