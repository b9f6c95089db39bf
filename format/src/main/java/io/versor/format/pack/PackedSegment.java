package io.versor.format.pack;

import io.versor.format.io.Segment;
import io.versor.format.type.StoreException;

/**
 * A log that lies in a pack, as the segment it was. Its bytes are read as they are, without the
 * pages' checksums: frames have their own, so that damage costs no more of them than in a file.
 */
public final class PackedSegment implements Segment {
  private final PackObject object;

  public PackedSegment(PackObject object) throws StoreException {
    this.object = object.expect(ObjectKind.LOG);
  }

  @Override
  public String display() {
    return object.display();
  }

  @Override
  public long length() {
    return object.length();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws StoreException {
    int n = (int) Math.min(length, Math.max(0, object.length() - position));
    object.readUnchecked(position, target, offset, n);
    return n;
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) {
    throw readOnly();
  }

  @Override
  public void allocate(long newLength) {
    throw readOnly();
  }

  @Override
  public void sync() {
    throw readOnly();
  }

  private IllegalStateException readOnly() {
    return new IllegalStateException(display() + ": nothing is written to a log in a pack");
  }

  @Override
  public void close() {
    // the pack stays open for others
  }
}
