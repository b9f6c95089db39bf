package io.versor.format.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.format.pack.ReadAhead.Range;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final int KIB = 1 << 10;

  @Test
  void anObjectOfAFewPagesIsReadWholeOnce() {
    ReadAhead advice = of(kib(0, 100), kib(100, 228));
    assertEquals(kib(100, 228), advice.of(1, kib(120, 124), false));
    assertEquals(Range.NONE, advice.of(1, kib(124, 128), false));
  }

  @Test
  void pagesAreWholeWhereAnObjectIsNot() {
    ReadAhead advice =
        of(new Range(100 * KIB + 64, 110 * KIB - 64), new Range(110 * KIB + 64, 130 * KIB));
    assertEquals(kib(100, 110), advice.of(0, kib(100, 110), false));
    assertEquals(kib(110, 130), advice.of(1, kib(110, 114), false));
  }

  @Test
  void aRowTakesWhatLiesBesideItsColumn() {
    ReadAhead advice =
        of(kib(0, 16), kib(16, 28), kib(28, 128), kib(128, 5_128), kib(5_128, 5_144));
    assertEquals(kib(0, 28), advice.of(0, kib(0, 4), true), "64 KiB more and not 100");
    assertEquals(Range.NONE, advice.of(1, kib(20, 24), true), "it came along");
    assertEquals(kib(28, 132), advice.of(2, kib(28, 32), true), "and the header of the next");
    assertEquals(kib(5_128, 5_144), advice.of(4, kib(5_128, 5_132), true));
  }

  @Test
  void aRowTakesWhatLiesBeforeItsColumn() {
    ReadAhead advice = of(kib(0, 16), kib(16, 28), kib(28, 128));
    assertEquals(kib(0, 128), advice.of(2, kib(28, 32), true));
    assertEquals(Range.NONE, advice.of(0, kib(0, 4), true));
  }

  @Test
  void whatWasReadIsNotReadAgain() {
    ReadAhead advice = of(kib(0, 16), kib(16, 28), kib(28, 40));
    assertEquals(kib(16, 28), advice.of(1, kib(16, 20), false));
    assertEquals(kib(28, 40), advice.of(2, kib(28, 32), true));
    assertEquals(kib(0, 16), advice.of(0, kib(0, 4), true));
  }

  @Test
  void aRegionOfALargeObjectIsReadWhereASecondPageIsAskedFor() {
    ReadAhead advice = of(kib(0, 2_000));
    assertEquals(kib(132, 136), advice.of(0, kib(132, 136), true));
    assertEquals(kib(256, 260), advice.of(0, kib(256, 260), true));
    assertEquals(kib(128, 192), advice.of(0, kib(180, 184), true));
    assertEquals(kib(140, 144), advice.of(0, kib(140, 144), true), "it is there by now");
  }

  @Test
  void ofARegionOnlyWhatTheObjectHas() {
    ReadAhead advice = of(kib(150, 1_000));
    assertEquals(kib(150, 154), advice.of(0, kib(150, 154), false));
    assertEquals(kib(150, 192), advice.of(0, kib(180, 184), false));
  }

  @Test
  void pagesOfTwoRegionsBringInBoth() {
    ReadAhead advice = of(kib(0, 2_000));
    assertEquals(kib(188, 196), advice.of(0, kib(188, 196), false));
    assertEquals(kib(128, 256), advice.of(0, kib(184, 200), false));
  }

  @Test
  void whatIsLongIsReadAsItIs() {
    ReadAhead advice = of(kib(0, 2_000));
    assertEquals(kib(0, 64), advice.of(0, kib(0, 64), false));
    assertEquals(kib(0, 64), advice.of(0, kib(0, 64), false));
  }

  private static ReadAhead of(Range... objects) {
    long[] offsets = new long[objects.length];
    int[] lengths = new int[objects.length];
    for (int i = 0; i < objects.length; i++) {
      offsets[i] = objects[i].from();
      lengths[i] = (int) (objects[i].to() - objects[i].from());
    }
    return new ReadAhead(offsets, lengths, 8 << 20);
  }

  private static Range kib(long from, long to) {
    return new Range(from * KIB, to * KIB);
  }
}
