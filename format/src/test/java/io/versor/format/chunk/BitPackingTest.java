package io.versor.format.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.Memory;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class BitPackingTest {
  @Property(tries = 3_000)
  void unpackingGivesBackWhatWasPacked(
      @ForAll @IntRange(min = 1, max = 64) int bits,
      @ForAll @IntRange(min = 1, max = 200) int values,
      @ForAll long base,
      @ForAll long seed) {
    Random random = new Random(seed);
    long[] numbers = new long[values];
    BitPacking.Packer packer = new BitPacking.Packer(values, bits);
    for (int i = 0; i < values; i++) {
      long mask = -1L >>> -bits;
      numbers[i] =
          switch (random.nextInt(4)) {
            case 0 -> mask;
            case 1 -> 0;
            default -> random.nextLong() & mask;
          };
      packer.add(numbers[i]);
    }
    byte[] packed = packer.finish();
    assertEquals(ChunkFormat.packedBytes(values, bits), packed.length);
    for (int i = 0; i < values; i++) {
      assertEquals(numbers[i], BitPacking.at(packed, 0, bits, i));
    }
    int first = random.nextInt(values);
    int count = random.nextInt(values - first + 1);
    for (int unit : new int[] {1, 2, 4, 8, 16}) {
      if (bits <= 8 * unit) {
        assertUnpacked(packed, bits, base, numbers, first, count, unit);
      }
    }
  }

  @Property(tries = 3_000)
  void sumsAreThoseOfTheNumbers(
      @ForAll @IntRange(min = 1, max = 64) int bits,
      @ForAll @IntRange(min = 1, max = 3_000) int values,
      @ForAll long seed) {
    Random random = new Random(seed);
    boolean full = random.nextInt(4) == 0; // the fields that numbers are added in must not run over
    long[] numbers = new long[values];
    BitPacking.Packer packer = new BitPacking.Packer(values, bits);
    for (int i = 0; i < values; i++) {
      numbers[i] = full ? -1L >>> -bits : random.nextLong() & -1L >>> -bits;
      packer.add(numbers[i]);
    }
    byte[] packed = packer.finish();
    int first = random.nextInt(values);
    int count = random.nextInt(values - first + 1);
    long expected = Arrays.stream(numbers, first, first + count).sum();
    try (BufferAllocator allocator = new RootAllocator();
        ArrowBuf source = allocator.buffer(packed.length)) {
      Memory.copy(packed, 0, source.memoryAddress(), packed.length);
      long words = ChunkFormat.packedBytes(first + count, bits);
      assertEquals(expected, BitPacking.sum(source.memoryAddress(), words, bits, first, count));
    }
  }

  /** The packed words lie at the very end of their memory, the result has exactly its room. */
  private static void assertUnpacked(
      byte[] packed, int bits, long base, long[] numbers, int first, int count, int unit) {
    int guard = 64;
    try (BufferAllocator allocator = new RootAllocator();
        ArrowBuf source = allocator.buffer(packed.length);
        ArrowBuf target = allocator.buffer((long) count * unit + guard)) {
      Memory.copy(packed, 0, source.memoryAddress(), packed.length);
      long end = target.memoryAddress() + (long) count * unit;
      for (int i = 0; i < guard; i++) {
        Memory.putByte(end + i, (byte) 0x5A);
      }
      BitPacking.unpack(
          source.memoryAddress(),
          packed.length,
          bits,
          base,
          first,
          count,
          unit,
          target.memoryAddress());
      for (int i = 0; i < count; i++) {
        long expected = base + numbers[first + i];
        long at = target.memoryAddress() + (long) i * unit;
        switch (unit) {
          case 1 -> assertEquals((byte) expected, Memory.getByte(at));
          case 2 -> assertEquals((short) expected, Memory.getShort(at));
          case 4 -> assertEquals((int) expected, Memory.getInt(at));
          default -> assertEquals(expected, Memory.getLong(at));
        }
        if (unit == 16) {
          assertEquals(expected >> 63, Memory.getLong(at + 8));
        }
      }
      for (int i = 0; i < guard; i++) {
        assertEquals(0x5A, Memory.getByte(end + i), "written behind the end");
      }
    }
  }

  /** What lies behind the packed words may be the end of a mapping. */
  @Test
  void noLoadReachesBehindThePackedWords() {
    for (int bits = 1; bits <= 57; bits++) {
      for (int values = 1; values <= 200; values++) {
        long bytes = ChunkFormat.packedBytes(values, bits);
        for (int first = 0; first < values; first += 7) {
          int loadable = BitPacking.loadable((int) bytes, bits, first, values - first);
          long last = first + (long) loadable - 1;
          assertTrue(loadable == 0 || last * bits / 8 + 8 <= bytes, bits + " bits");
          boolean all = loadable == values - first;
          assertTrue(all || (last + 1) * bits / 8 + 8 > bytes, "all that can be loaded is");
        }
      }
    }
  }

  @Test
  void eightBoolsAreOneByte() {
    BitPacking.Packer packer = new BitPacking.Packer(8, 1);
    for (int i = 0; i < 8; i++) {
      packer.add(i == 0 || i == 6 ? 1 : 0);
    }
    assertEquals(0x41, packer.finish()[0]);
  }

  @Test
  void rangesOfTheWidestIntegersTake64Bits() {
    assertEquals(64, BitPacking.bitsFor(Long.MAX_VALUE - Long.MIN_VALUE));
    assertEquals(63, BitPacking.bitsFor(Long.MAX_VALUE));
    assertEquals(0, BitPacking.bitsFor(0));
  }
}
