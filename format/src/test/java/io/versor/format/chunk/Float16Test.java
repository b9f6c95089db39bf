package io.versor.format.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Float16Test {
  @Test
  void everyHalfSurvivesTheWayThroughAFloat() {
    for (int bits = 0; bits <= 0xFFFF; bits++) {
      short half = (short) bits;
      float wide = Float16.toFloat(half);
      if (Float.isNaN(wide)) {
        assertTrue(Float.isNaN(Float16.toFloat(Float16.fromFloat(wide))));
      } else {
        assertEquals(half, Float16.fromFloat(wide), Integer.toHexString(bits));
        assertEquals(half, Float16.fromDouble(wide), Integer.toHexString(bits));
      }
    }
  }

  @Test
  void knownHalvesAreWhatTheStandardSays() {
    assertEquals(1f, Float16.toFloat((short) 0x3C00));
    assertEquals(-2f, Float16.toFloat((short) 0xC000));
    assertEquals(65_504f, Float16.toFloat((short) 0x7BFF));
    assertEquals(0x1p-14f, Float16.toFloat((short) 0x0400));
    assertEquals(0x1p-24f, Float16.toFloat((short) 0x0001));
    assertEquals(Float.NEGATIVE_INFINITY, Float16.toFloat((short) 0xFC00));
    assertEquals(0x8000_0000, Float.floatToRawIntBits(Float16.toFloat((short) 0x8000)));
  }

  @Test
  void theNearestIsTakenAndTiesGoToTheEvenOne() {
    for (int bits = 0; bits < 0x7BFF; bits++) {
      double low = Float16.toFloat((short) bits);
      double high = Float16.toFloat((short) (bits + 1));
      double middle = (low + high) / 2; // exact: both have few bits
      int even = (bits & 1) == 0 ? bits : bits + 1;
      assertEquals(even, Float16.fromDouble(middle), "tie above " + low);
      assertEquals(even, Float16.fromFloat((float) middle), "tie above " + low);
      assertEquals(bits, Float16.fromDouble(Math.nextDown(middle)), "below the tie above " + low);
      assertEquals(bits + 1, Float16.fromDouble(Math.nextUp(middle)), "above the tie above " + low);
      assertEquals((short) (even | 0x8000), Float16.fromDouble(-middle));
    }
  }

  @Test
  void beyondTheLargestIsInfinite() {
    assertEquals(0x7BFF, Float16.fromDouble(Math.nextDown(65_520.0)));
    assertEquals(0x7C00, Float16.fromDouble(65_520.0));
    assertEquals(0x7C00, Float16.fromDouble(1e300));
    assertEquals((short) 0xFC00, Float16.fromDouble(-1e300));
    assertEquals(0x0000, Float16.fromDouble(0x1p-25));
    assertEquals(0x0001, Float16.fromDouble(Math.nextUp(0x1p-25)));
    assertEquals(0x0000, Float16.fromDouble(Double.MIN_VALUE));
    assertEquals((short) 0x8000, Float16.fromDouble(-Double.MIN_VALUE));
  }

  @Test
  void nansStayNans() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      float nan = Float.intBitsToFloat(random.nextInt() | 0x7F80_0000);
      if (Float.isNaN(nan)) {
        assertTrue(Float.isNaN(Float16.toFloat(Float16.fromFloat(nan))));
        assertTrue(Float.isNaN(Float16.toFloat(Float16.fromDouble(nan))));
      }
    }
  }
}
