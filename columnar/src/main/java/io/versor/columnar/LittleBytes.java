package io.versor.columnar;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow; numbers are little-endian. One thread. */
public final class LittleBytes {
  private static final int FIRST_BYTES = 256;

  /** What one Java array takes. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  private ByteBuffer bytes = allocate(FIRST_BYTES);

  private static ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  public int size() {
    return bytes.position();
  }

  private void room(long more) throws StoreException {
    long size = bytes.position() + more;
    if (size <= bytes.capacity()) {
      return;
    }
    if (size > MAX_BYTES) {
      throw new StoreException(
          Code.LIMIT, "values of more than " + MAX_BYTES + " bytes at once; copy fewer rows");
    }
    int wider = (int) Math.min(MAX_BYTES, Math.max(size, 2L * bytes.capacity()));
    ByteBuffer grown = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), wider));
    bytes = grown.order(ByteOrder.LITTLE_ENDIAN).position(bytes.position());
  }

  public void putByte(int value) throws StoreException {
    room(1);
    bytes.put((byte) value);
  }

  public void putShort(int value) throws StoreException {
    room(2);
    bytes.putShort((short) value);
  }

  public void putInt(int value) throws StoreException {
    room(4);
    bytes.putInt(value);
  }

  public void putLong(long value) throws StoreException {
    room(8);
    bytes.putLong(value);
  }

  public void put(byte[] value) throws StoreException {
    room(value.length);
    bytes.put(value);
  }

  public void put(ByteBuffer value) throws StoreException {
    room(value.remaining());
    bytes.put(value);
  }

  /** Elements of a {@link io.versor.engine.TensorValue#flat}. */
  public void putAll(Object flat) throws StoreException {
    if (flat instanceof byte[] values) {
      put(values);
    } else if (flat instanceof short[] values) {
      room(2L * values.length);
      bytes.asShortBuffer().put(values);
      skip(2 * values.length);
    } else if (flat instanceof int[] values) {
      room(4L * values.length);
      bytes.asIntBuffer().put(values);
      skip(4 * values.length);
    } else if (flat instanceof long[] values) {
      room(8L * values.length);
      bytes.asLongBuffer().put(values);
      skip(8 * values.length);
    } else if (flat instanceof float[] values) {
      room(4L * values.length);
      bytes.asFloatBuffer().put(values);
      skip(4 * values.length);
    } else {
      double[] values = (double[]) flat;
      room(8L * values.length);
      bytes.asDoubleBuffer().put(values);
      skip(8 * values.length);
    }
  }

  private void skip(int count) {
    bytes.position(bytes.position() + count);
  }

  /** Zeros. */
  public void pad(long count) throws StoreException {
    room(count);
    skip((int) count); // what was never written is 0
  }

  /** Sets a bit, the lowest of a byte first; bits are put in their order. */
  public void putBit(int at, boolean set) throws StoreException {
    if ((at & 7) == 0) {
      putByte(0);
    }
    if (set) {
      int place = at >> 3;
      bytes.put(place, (byte) (bytes.get(place) | 1 << (at & 7)));
    }
  }

  /** What was put, not copied. */
  public ByteBuffer written() {
    return ByteBuffer.wrap(bytes.array(), 0, bytes.position()).slice();
  }

  /** Forgets what was put; what {@link #written} gave is not touched. */
  public void renew() {
    bytes = allocate(Math.max(FIRST_BYTES, bytes.position()));
  }
}
