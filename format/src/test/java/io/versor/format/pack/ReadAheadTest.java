package io.versor.format.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.format.pack.ReadAhead.Range;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final int KIB = 1 << 10;

  private final ReadAhead advice = new ReadAhead(70, 4 << 20);

  @Test
  void anObjectOfAFewPagesIsReadWholeOnce() {
    Range whole = kib(100, 228);
    assertEquals(whole, advice.of(69, whole, kib(120, 124)));
    assertEquals(kib(124, 128), advice.of(69, whole, kib(124, 128)));
  }

  @Test
  void pagesAreWholeWhereAnObjectIsNot() {
    Range whole = new Range(100 * KIB + 64, 110 * KIB - 64);
    assertEquals(kib(100, 110), advice.of(1, whole, kib(100, 110)));
    Range other = new Range(110 * KIB + 64, 130 * KIB);
    assertEquals(kib(110, 130), advice.of(2, other, kib(110, 114)));
  }

  @Test
  void aRegionOfALargeObjectIsReadWhereASecondPageIsAskedFor() {
    Range whole = kib(0, 2_000);
    assertEquals(kib(132, 136), advice.of(0, whole, kib(132, 136)));
    assertEquals(kib(256, 260), advice.of(0, whole, kib(256, 260)));
    assertEquals(kib(128, 192), advice.of(0, whole, kib(180, 184)));
    assertEquals(kib(140, 144), advice.of(0, whole, kib(140, 144)), "it is there by now");
  }

  @Test
  void ofARegionOnlyWhatTheObjectHas() {
    Range whole = kib(150, 1_000);
    assertEquals(kib(150, 154), advice.of(0, whole, kib(150, 154)));
    assertEquals(kib(150, 192), advice.of(0, whole, kib(180, 184)));
  }

  @Test
  void pagesOfTwoRegionsBringInBoth() {
    Range whole = kib(0, 2_000);
    assertEquals(kib(188, 196), advice.of(0, whole, kib(188, 196)));
    assertEquals(kib(128, 256), advice.of(0, whole, kib(184, 200)));
  }

  @Test
  void whatIsLongIsReadAsItIs() {
    Range whole = kib(0, 2_000);
    assertEquals(kib(0, 64), advice.of(0, whole, kib(0, 64)));
    assertEquals(kib(0, 64), advice.of(0, whole, kib(0, 64)));
  }

  private static Range kib(long from, long to) {
    return new Range(from * KIB, to * KIB);
  }
}
