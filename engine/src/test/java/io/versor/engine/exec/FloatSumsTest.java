package io.versor.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.function.VectorMath;
import io.versor.format.io.Memory;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class FloatSumsTest {
  @Test
  void sumsAreThoseOfTheFunctionsBitByBit() {
    Random random = new Random(7);
    int cuts = 0;
    int farCosines = 0;
    float[] special = {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, 3e38f};
    try (RootAllocator root = new RootAllocator();
        ArrowBuf buffer = root.buffer(4 * 70)) {
      for (int round = 0; round < 2_000; round++) {
        int n = random.nextInt(68);
        long at = buffer.memoryAddress() + 4L * random.nextInt(2);
        double[] a = new double[n];
        double[] b = new double[n];
        for (int i = 0; i < n; i++) {
          boolean odd = random.nextInt(200) == 0;
          float value = odd ? special[random.nextInt(special.length)] : random.nextFloat() - 0.5f;
          Memory.putFloat(at + 4L * i, value);
          a[i] = value;
          b[i] = random.nextGaussian();
        }
        double norm = VectorMath.norm(b);
        double squares = VectorMath.squares(a, b);
        assertEquals(squares, FloatSums.squares(at, b, Double.POSITIVE_INFINITY));
        assertEquals(squares, FloatSums.squares(at, b, squares));
        double limit = squares * random.nextDouble();
        double cut = FloatSums.squares(at, b, limit);
        assertTrue(
            Double.compare(cut, squares) == 0
                || cut == Double.POSITIVE_INFINITY && !(squares <= limit));
        cuts += n >= 32 && cut == Double.POSITIVE_INFINITY && squares < cut ? 1 : 0;
        assertEquals(VectorMath.dot(a, b), FloatSums.dot(at, b));
        double cosine = VectorMath.cosine(a, b, norm);
        assertEquals(cosine, FloatSums.cosine(at, b, norm, Double.NEGATIVE_INFINITY));
        assertEquals(cosine, FloatSums.cosine(at, b, norm, cosine));
        double least = random.nextDouble();
        double nearest = FloatSums.cosine(at, b, norm, least);
        assertTrue(
            Double.compare(nearest, cosine) == 0
                || nearest == Double.NEGATIVE_INFINITY && cosine < least);
        farCosines += n >= 32 && nearest == Double.NEGATIVE_INFINITY ? 1 : 0;
      }
      assertTrue(cuts > 100 && farCosines > 100, cuts + " sums, " + farCosines + " cosines cut");
    }
  }
}
