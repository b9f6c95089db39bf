package io.versor.deeplake;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The checksum of LZ4 frames: XXH32 with seed 0. Stateless. */
final class XxHash32 {
  private static final int P1 = 0x9E3779B1;
  private static final int P2 = 0x85EBCA77;
  private static final int P3 = 0xC2B2AE3D;
  private static final int P4 = 0x27D4EB2F;
  private static final int P5 = 0x165667B1;
  private static final int STRIPE = 16;

  private XxHash32() {}

  static int of(byte[] bytes, int offset, int length) {
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
    int hash = length >= STRIPE ? stripes(in) : P5;
    hash += length;
    while (in.remaining() >= 4) {
      hash = Integer.rotateLeft(hash + in.getInt() * P3, 17) * P4;
    }
    while (in.hasRemaining()) {
      hash = Integer.rotateLeft(hash + (in.get() & 0xFF) * P5, 11) * P1;
    }
    hash = (hash ^ hash >>> 15) * P2;
    hash = (hash ^ hash >>> 13) * P3;
    return hash ^ hash >>> 16;
  }

  private static int stripes(ByteBuffer in) {
    int a = P1 + P2;
    int b = P2;
    int c = 0;
    int d = -P1;
    while (in.remaining() >= STRIPE) {
      a = round(a, in.getInt());
      b = round(b, in.getInt());
      c = round(c, in.getInt());
      d = round(d, in.getInt());
    }
    return Integer.rotateLeft(a, 1)
        + Integer.rotateLeft(b, 7)
        + Integer.rotateLeft(c, 12)
        + Integer.rotateLeft(d, 18);
  }

  private static int round(int sum, int lane) {
    return Integer.rotateLeft(sum + lane * P2, 13) * P1;
  }
}
