package io.versor.format.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The hash by which keys are sorted in runs: the upper 56 bits of XXH64 with seed 0. */
final class KeyHash {
  static final int BITS = 56;

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  /** Bytes that are taken in at once, in four lanes. */
  private static final int STRIPE = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private KeyHash() {}

  static long of(byte[] key) {
    return xxh64(key) >>> (Long.SIZE - BITS);
  }

  static long xxh64(byte[] bytes) {
    int at = 0;
    long hash = PRIME_5;
    if (bytes.length >= STRIPE) {
      long a = PRIME_1 + PRIME_2;
      long b = PRIME_2;
      long c = 0;
      long d = -PRIME_1;
      for (; at <= bytes.length - STRIPE; at += STRIPE) {
        a = lane(a, (long) LONGS.get(bytes, at));
        b = lane(b, (long) LONGS.get(bytes, at + 8));
        c = lane(c, (long) LONGS.get(bytes, at + 16));
        d = lane(d, (long) LONGS.get(bytes, at + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = joined(joined(joined(joined(hash, a), b), c), d);
    }
    return finished(rest(hash + bytes.length, bytes, at));
  }

  private static long lane(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }

  private static long joined(long hash, long lane) {
    return (hash ^ lane(0, lane)) * PRIME_1 + PRIME_4;
  }

  /** What is shorter than a stripe: words of 8 bytes, of 4, single bytes. */
  private static long rest(long before, byte[] bytes, int from) {
    long hash = before;
    int at = from;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      hash ^= lane(0, (long) LONGS.get(bytes, at));
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    if (at <= bytes.length - Integer.BYTES) {
      hash ^= Integer.toUnsignedLong((int) INTS.get(bytes, at)) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += Integer.BYTES;
    }
    for (; at < bytes.length; at++) {
      hash ^= Byte.toUnsignedLong(bytes[at]) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    return hash;
  }

  private static long finished(long before) {
    long hash = (before ^ before >>> 33) * PRIME_2;
    hash = (hash ^ hash >>> 29) * PRIME_3;
    return hash ^ hash >>> 32;
  }
}
