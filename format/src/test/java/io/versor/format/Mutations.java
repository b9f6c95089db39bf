package io.versor.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Bytes that are nearly what they were. */
final class Mutations {
  private static final long[] TELLING = {
    0,
    1,
    2,
    7,
    8,
    63,
    127,
    128,
    255,
    256,
    0x7fff,
    0xffff,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1,
    -2,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 32
  };

  private Mutations() {}

  /** Changes some bytes from {@code from} to {@code to} where they are. */
  static void inPlace(byte[] bytes, int from, int to, Random random) {
    int changes = 1 + (random.nextInt(3) == 0 ? random.nextInt(6) : 0);
    for (int i = 0; i < changes && to > from; i++) {
      int at = from + random.nextInt(to - from);
      int left = to - at;
      ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes[at] += (byte) (random.nextInt(5) - 2);
        case 3 -> bytes[at] = (byte) telling(random);
        case 4 -> {
          if (left >= Integer.BYTES) {
            out.putInt(at, (int) telling(random));
          }
        }
        case 5 -> {
          if (left >= Long.BYTES) {
            out.putLong(at, telling(random));
          }
        }
        default -> {
          int length = Math.min(left, 1 + random.nextInt(32));
          int other = from + random.nextInt(to - from - length + 1);
          System.arraycopy(bytes, other, bytes, at, length);
        }
      }
    }
  }

  /** The same for what may become longer or shorter. */
  static byte[] of(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(32));
    switch (random.nextInt(5)) {
      case 0 -> {
        changed = Arrays.copyOf(bytes, bytes.length + length); // twice
        System.arraycopy(bytes, at, changed, at + length, bytes.length - at);
      }
      case 1 -> {
        changed = Arrays.copyOf(bytes, bytes.length - length); // gone
        System.arraycopy(bytes, at + length, changed, at, changed.length - at);
      }
      default -> inPlace(changed, 0, changed.length, random);
    }
    return changed;
  }

  private static long telling(Random random) {
    return TELLING[random.nextInt(TELLING.length)];
  }
}
