package io.versor.format.io;

import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A growing file. */
final class DirectorySegment implements Segment {
  private static final int ZEROS = 64 * 1024;

  private final SteadyFile file;
  private final OpenMode mode;

  DirectorySegment(SteadyFile file, OpenMode mode) {
    this.file = file;
    this.mode = mode;
  }

  @Override
  public String display() {
    return file.path().toString();
  }

  @Override
  public long length() throws StoreException {
    try {
      return file.size();
    } catch (IOException e) {
      throw IoErrors.reading(file.path(), e);
    }
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws StoreException {
    try {
      return file.read(position, target, offset, length);
    } catch (IOException e) {
      throw IoErrors.reading(file.path(), e);
    }
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws StoreException {
    requireWritable();
    try {
      file.write(position, ByteBuffer.wrap(source, offset, length));
    } catch (IOException e) {
      throw IoErrors.writing(file.path(), e);
    }
  }

  @Override
  public void allocate(long newLength) throws StoreException {
    requireWritable();
    try {
      ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
      for (long at = file.size(); at < newLength; at += ZEROS) {
        file.write(at, zeros.clear().limit((int) Math.min(ZEROS, newLength - at)));
      }
    } catch (IOException e) {
      throw IoErrors.writing(file.path(), e);
    }
  }

  private void requireWritable() throws StoreException {
    if (mode == OpenMode.READ) {
      throw IoErrors.readOnly(display());
    }
  }

  @Override
  public void sync() throws StoreException {
    try {
      file.force();
    } catch (IOException e) {
      throw IoErrors.unknown(file.path(), e);
    }
  }

  @Override
  public void close() throws StoreException {
    try {
      file.close();
    } catch (IOException e) {
      throw IoErrors.writing(file.path(), e);
    }
  }
}
