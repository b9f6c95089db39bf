package io.versor.format.ref;

import io.versor.format.type.StoreException;

/** The bytes of one stored object, checked before they are handed out. */
interface RunBytes {
  /** What it is, for messages. */
  String display();

  long length();

  /**
   * Copies a range.
   *
   * @throws StoreException {@code CORRUPT} when the range is not there or was damaged
   */
  void read(long offset, byte[] target, int length) throws StoreException;

  /** Bytes on the heap. */
  static RunBytes of(byte[] bytes, String display) {
    return new RunBytes() {
      @Override
      public String display() {
        return display;
      }

      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void read(long offset, byte[] target, int length) {
        System.arraycopy(bytes, Math.toIntExact(offset), target, 0, length);
      }
    };
  }
}
