package io.versor.engine.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.calcite.avatica.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFunctionsTest {
  private static TensorValue picture(int height, int width) {
    byte[] samples = new byte[height * width * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 7);
    }
    return new TensorValue(Dtype.UINT8, new int[] {height, width, 3}, samples);
  }

  @Test
  void aPngComesBackAsItWas() {
    TensorValue picture = picture(5, 8);
    ByteString png = TensorFunctions.encodeImage(picture, "png");
    assertEquals(List.of(5, 8, 3), TensorFunctions.shape(png));
    assertEquals(picture, TensorFunctions.decodeImage(png));
    assertEquals(8, TensorFunctions.imageWidth(png));
    assertEquals(5, TensorFunctions.imageHeight(png));
  }

  @Test
  void aPictureIsFlippedByItsAxes() {
    TensorValue flipped = (TensorValue) TensorShapes.transpose(picture(5, 8), new int[] {1, 0, 2});
    ByteString jpeg = TensorFunctions.encodeImage(flipped, "jpeg");
    assertEquals(List.of(8, 5, 3), TensorFunctions.shape(jpeg));
  }

  @Provide
  Arbitrary<List<Integer>> shapes() {
    return Arbitraries.integers().between(1, 5).list().ofMinSize(3).ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<Integer>> orders() {
    return Arbitraries.shuffle(0, 1, 2);
  }

  @Property(tries = 200)
  void transposeMovesEveryElement(
      @ForAll("shapes") List<Integer> extents, @ForAll("orders") List<Integer> axes) {
    int[] shape = extents.stream().mapToInt(Integer::intValue).toArray();
    int[] flat = new int[shape[0] * shape[1] * shape[2]];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = i;
    }
    TensorValue result =
        (TensorValue)
            TensorShapes.transpose(
                new TensorValue(Dtype.INT32, shape, flat),
                new int[] {axes.get(0), axes.get(1), axes.get(2)});
    int[] index = new int[3];
    int next = 0;
    for (index[0] = 0; index[0] < result.shape()[0]; index[0]++) {
      for (index[1] = 0; index[1] < result.shape()[1]; index[1]++) {
        for (index[2] = 0; index[2] < result.shape()[2]; index[2]++) {
          int[] source = new int[3];
          for (int i = 0; i < 3; i++) {
            source[axes.get(i)] = index[i];
          }
          int expected = (source[0] * shape[1] + source[1]) * shape[2] + source[2];
          assertEquals(expected, result.longAt(next++));
        }
      }
    }
    assertEquals(flat.length, next);
  }

  @Test
  void transposeRefusesWhatIsNoOrder() {
    TensorValue picture = picture(2, 2);
    assertRefused(() -> TensorShapes.transpose(picture, new int[] {0, 0, 1}), "[0, 0, 1]");
    assertRefused(() -> TensorShapes.transpose(picture, new int[] {0, 1, 3}), "[0, 1, 3]");
    assertRefused(() -> TensorShapes.transpose(picture, new int[] {0, 1}), "3 extents");
  }

  @Test
  void distancesAreThoseOfTheBooks() {
    TensorValue a = TensorValue.of(new float[] {3, 4});
    TensorValue b = TensorArguments.tensor("a test", List.of(0, 0.0));
    assertEquals(5, (double) TensorReductions.l2Distance(a, b), 1e-12);
    assertEquals(7, (double) TensorReductions.l1Distance(a, b), 1e-12);
    assertEquals(2, (double) TensorReductions.hammingDistance(a, b), 1e-12);
    assertEquals(5, (double) TensorReductions.l2Norm(a), 1e-12);
    assertEquals(25, (double) TensorReductions.innerProduct(a, a), 1e-12);
    assertEquals(0, cosine(a, -4, 3), 1e-12);
    assertEquals(1, cosine(a, 6, 8), 1e-12);
    assertTrue(Double.isNaN(cosine(a, 0, 0)));
    TensorValue longer = TensorValue.of(new float[3]);
    assertRefused(() -> TensorReductions.l2Distance(a, longer), "[2] and [3]");
  }

  private static double cosine(TensorValue a, float x, float y) {
    return (double) TensorReductions.cosineSimilarity(a, TensorValue.of(new float[] {x, y}));
  }

  @Test
  void unevenArraysAreNoTensors() {
    assertRefused(() -> TensorFunctions.shape(List.of(List.of(1, 2), List.of(3))), "even");
    assertEquals(List.of(2, 1), TensorFunctions.shape(List.of(List.of(1), List.of(3))));
  }

  @Test
  void filesAreReadWhereTheSessionMay(@TempDir Path directory) throws Exception {
    Path inside = Files.createDirectory(directory.resolve("in"));
    Files.write(inside.resolve("a"), new byte[] {1, 2});
    Path outside = Files.write(directory.resolve("secret"), new byte[] {3});
    Files.createSymbolicLink(inside.resolve("link"), outside);
    try (FileAccess.Scope scope = FileAccess.within(inside, inside).enter()) {
      assertTrue(scope != null);
      assertArrayEquals(new byte[] {1, 2}, TensorFunctions.readFile("a").getBytes());
      assertEquals("42501", state(() -> TensorFunctions.readFile("../secret")));
      assertEquals("42501", state(() -> TensorFunctions.readFile("link")));
      assertEquals("58P01", state(() -> TensorFunctions.readFile("none")));
      assertEquals("42809", state(() -> TensorFunctions.readFile(".")));
    }
    try (FileAccess.Scope scope = FileAccess.none().enter()) {
      assertTrue(scope != null);
      assertEquals("42501", state(() -> TensorFunctions.readFile(inside.resolve("a").toString())));
    }
  }

  @Test
  void devicesAreNoFiles() {
    assumeTrue(Files.exists(Path.of("/dev/zero")));
    FileAccess all = FileAccess.of("all", Path.of(""));
    assertEquals("42809", state(() -> all.read("/dev/zero"))); // it has no end
    assertEquals("42809", state(() -> all.readable("COPY", "/dev/zero")));
    assertEquals("42809", state(() -> all.writable("COPY", "/dev/null"))); // would be replaced
    assertTrue(Files.exists(all.writable("COPY", "/dev")));
  }

  private static String state(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(FunctionException.class, call).sqlState();
  }

  private static void assertRefused(
      org.junit.jupiter.api.function.Executable call, String expected) {
    FunctionException refused = assertThrows(FunctionException.class, call);
    assertEquals(FunctionException.INVALID_VALUE, refused.sqlState());
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
  }
}
