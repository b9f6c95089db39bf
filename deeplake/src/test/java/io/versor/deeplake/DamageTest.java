package io.versor.deeplake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the files: an answer, or the store's exception that names the file. */
class DamageTest {
  private static final int[] MASKS = {1, 0x80, 0xFF};

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void writeOneOfEach() throws Exception {
    folder = oneOfEach(temporary.resolve("made"));
    assertTrue(ReadAll.of(folder) > 100);
  }

  /** A dataset with a tensor of each kind. */
  static Path oneOfEach(Path place) throws Exception {
    List<TensorWriter> tensors = new ArrayList<>();
    TensorWriter numbers = new TensorWriter("numbers", "generic", "int32").pad(1, 2);
    numbers.chunk().run(TensorWriter.int32(1, 2, 3), 3, 1).run(TensorWriter.int32(4, 5), 1, 2);
    numbers.chunk().run(TensorWriter.int32(6), 1, 1);
    tensors.add(numbers);
    TensorWriter packed =
        new TensorWriter("packed", "json", "Any").with("chunk_compression", "lz4");
    TensorWriter.ChunkWriter chunk = packed.chunk().text("{\"a\": 1}").text("[2]");
    chunk.packed(TensorWriter.lz4(chunk.data()));
    tensors.add(packed);
    TensorWriter single =
        new TensorWriter("single", "text", "str").with("sample_compression", "lz4");
    byte[] text = "some text of a sample".getBytes(StandardCharsets.UTF_8);
    single.chunk().run(TensorWriter.lz4(text), 1, 1);
    tensors.add(single);
    TensorWriter lists = new TensorWriter("lists", "generic", "int32");
    lists.sequence(2, 0, 0).sequence(0, 2, 1).sequence(1, 2, 2);
    lists.chunk().run(TensorWriter.int32(1, 2, 3), 3, 1);
    tensors.add(lists);
    TensorWriter tiled = new TensorWriter("tiled", "generic", "int32");
    tiled.tiled(0, new long[] {1, 3}, new long[] {1, 2});
    tiled.chunk().run(TensorWriter.int32(1, 2), 1, 1, 2);
    tiled.chunk().continuesTile().run(TensorWriter.int32(3), 1, 1, 1);
    tensors.add(tiled);
    TensorWriter pictures = new TensorWriter("pictures", "image", "uint8");
    pictures.with("chunk_compression", "png");
    TensorWriter.ChunkWriter side = pictures.chunk().run(new byte[6], 1, 1, 2, 3);
    side.run(new byte[3], 1, 1, 1, 3).withoutPlaces().packed(png(3, 1));
    tensors.add(pictures);
    TensorWriter polygons = new TensorWriter("polygons", "polygon", "float32");
    polygons.chunk().run(TensorWriter.concat(new byte[] {1, 0, 1, 0}, new byte[8]), 1, 1, 1, 2);
    tensors.add(polygons);
    return DatasetWriter.write(place, tensors);
  }

  private static byte[] png(int width, int height) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void flippedBytes() throws Exception {
    int refused = 0;
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      int step = Math.max(1, bytes.length / 40);
      for (int at = 0; at < bytes.length; at += step) {
        int mask = MASKS[at % MASKS.length];
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) mask;
        Files.write(file, damaged);
        refused += readOrRefused(file + " with byte " + at + " changed by " + mask) ? 0 : 1;
      }
      Files.write(file, bytes);
    }
    assertTrue(refused > 200, refused + " refused");
  }

  @Test
  void truncatedAndLengthenedFiles() throws Exception {
    int refused = 0;
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      int step = Math.max(1, bytes.length / 15);
      for (int length = 0; length < bytes.length; length += step) {
        Files.write(file, Arrays.copyOf(bytes, length));
        refused += readOrRefused(file + " of " + length + " bytes") ? 0 : 1;
      }
      Files.write(file, Arrays.copyOf(bytes, bytes.length + 3));
      readOrRefused(file + " with 3 bytes more");
      Files.write(file, bytes);
    }
    assertTrue(refused > 200, refused + " refused");
  }

  /** Whether it could be read; anything but the store's exception fails. */
  private boolean readOrRefused(String what) {
    try {
      ReadAll.of(folder);
      return true;
    } catch (StoreException e) {
      assertTrue(e.getMessage().length() > 20, what + ": " + e.getMessage());
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
  }

  private StoreException refused() {
    return assertThrows(StoreException.class, () -> ReadAll.of(folder));
  }

  private void expect(Code code, String... parts) {
    StoreException e = refused();
    assertEquals(code, e.code(), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  private void replace(String file, String old, String text) throws Exception {
    Path path = folder.resolve(file);
    String before = Files.readString(path);
    assertTrue(before.contains(old), before);
    Files.writeString(path, before.replace(old, text));
  }

  @Test
  void missingChunk() throws Exception {
    Files.delete(folder.resolve("numbers/chunks/101"));
    expect(Code.CORRUPT, "numbers/chunks/101", "is missing");
  }

  @Test
  void cyclicParents() throws Exception {
    replace(VersionTree.FILE, "\"parent\":null", "\"parent\":\"" + DatasetWriter.HEAD + "\"");
    expect(Code.CORRUPT, VersionTree.FILE, "among its own ancestors");
  }

  @Test
  void missingParentAndMissingHead() throws Exception {
    Path file = folder.resolve(VersionTree.FILE);
    String before = Files.readString(file);
    replace(VersionTree.FILE, "\"parent\":\"" + VersionTree.FIRST_ID, "\"parent\":\"elsewhere");
    expect(Code.CORRUPT, VersionTree.FILE, "elsewhere is missing");
    Files.writeString(file, before);
    replace(VersionTree.FILE, "\"main\":\"" + DatasetWriter.HEAD, "\"main\":\"elsewhere");
    expect(Code.CORRUPT, VersionTree.FILE, "elsewhere is missing");
  }

  @Test
  void namesThatLeadElsewhere() throws Exception {
    for (String key : List.of("../secret", "/etc/passwd", "a//b", ".", "x\\u0000y", "a\\\\b")) {
      Path file = folder.resolve("dataset_meta.json");
      String before = Files.readString(file);
      replace("dataset_meta.json", "\"numbers\":\"numbers\"", "\"numbers\":\"" + key + "\"");
      expect(Code.CORRUPT, "cannot be a file's name");
      Files.writeString(file, before);
    }
    replace(VersionTree.FILE, DatasetWriter.HEAD, "../../elsewhere");
    expect(Code.CORRUPT, "cannot be a file's name");
  }

  @Test
  void linksOutOfTheDataset() throws Exception {
    Path outside = Files.write(temporary.resolve("outside"), new byte[] {1});
    Path chunk = folder.resolve("numbers/chunks/101");
    Files.delete(chunk);
    Files.createSymbolicLink(chunk, outside);
    expect(Code.CORRUPT, "leads out of the dataset");
  }

  @Test
  void foldersWhereFilesAreExpected() throws Exception {
    Path chunk = folder.resolve("numbers/chunks/101");
    Files.delete(chunk);
    Files.createDirectory(chunk);
    expect(Code.CORRUPT, "is no file");
  }

  @Test
  void chunkSetsThatNameStrangeNodes() throws Exception {
    Path set = folder.resolve("versions").resolve(DatasetWriter.HEAD).resolve("numbers/chunk_set");
    Files.writeString(set, "100:../../elsewhere");
    expect(Code.CORRUPT, "chunk_set", "which is none");
    Files.writeString(set, "100:" + VersionTree.FIRST_ID + ":../../../elsewhere");
    expect(Code.CORRUPT, "cannot be a file's name");
    Files.writeString(set, "../../elsewhere");
    expect(Code.CORRUPT, "chunk_set", "expected chunk[:commit[:tensor]]");
  }

  @Test
  void absurdCounts() throws Exception {
    Path chunk = folder.resolve("numbers/chunks/100");
    byte[] bytes = Files.readAllBytes(chunk);
    byte[] rows = bytes.clone();
    Arrays.fill(rows, 7, 11, (byte) 0x7F);
    Files.write(chunk, rows);
    expect(Code.CORRUPT, "numbers/chunks/100", "byte 7");
    byte[] columns = bytes.clone();
    Arrays.fill(columns, 11, 15, (byte) 0x7F);
    Files.write(chunk, columns);
    expect(Code.CORRUPT, "numbers/chunks/100", "byte 11");
    Files.write(chunk, bytes);
    replace("numbers/tensor_meta.json", "\"length\":5", "\"length\":9000000000000");
    expect(Code.CORRUPT, "numbers/tensor_meta.json", "9000000000000");
  }

  @Test
  void noDataset() throws Exception {
    folder = temporary.resolve("nothing");
    expect(Code.NOT_A_STORE, "nothing");
    Files.createDirectory(folder);
    expect(Code.NOT_A_STORE, "dataset_meta.json");
  }
}
