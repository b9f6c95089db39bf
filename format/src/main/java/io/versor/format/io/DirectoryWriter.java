package io.versor.format.io;

import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Writes a temporary file and gives it its name when it is finished. */
final class DirectoryWriter implements ObjectWriter {
  private final DirectoryStore store;
  private final SteadyFile temporary;
  private final Path file;
  private long position;
  private boolean done;

  DirectoryWriter(DirectoryStore store, SteadyFile temporary, Path file) {
    this.store = store;
    this.temporary = temporary;
    this.file = file;
  }

  @Override
  public String display() {
    return file.toString();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws StoreException {
    write(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void write(ByteBuffer bytes) throws StoreException {
    if (done) {
      throw new IllegalStateException(file + ": finished or closed");
    }
    int length = bytes.remaining();
    try {
      temporary.write(position, bytes);
    } catch (IOException e) {
      throw IoErrors.writing(file, e);
    }
    position += length;
  }

  @Override
  public MappedRegion map(long at, int length) throws StoreException {
    try {
      long size = temporary.size();
      if (at < 0 || size < at + length) { // mapping behind the end would lengthen it
        throw IoErrors.tooShort(display(), at, length, size);
      }
      return new MappedRegion(
          display(), temporary.map(at, length), () -> Math.max(0, lengthNow(at + length) - at));
    } catch (IOException e) {
      throw IoErrors.reading(file, e);
    }
  }

  /** How long the file is now, under whatever name; {@code gone} when it was deleted. */
  private long lengthNow(long gone) throws StoreException {
    try {
      if (!temporary.isClosed()) {
        return temporary.size();
      }
    } catch (IOException e) {
      if (!temporary.isClosed()) {
        throw IoErrors.reading(file, e);
      }
    }
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return gone; // the mapping keeps the bytes, and nobody can cut them any more
    } catch (IOException e) {
      throw IoErrors.reading(file, e);
    }
  }

  @Override
  public void force() throws StoreException {
    try {
      temporary.force();
    } catch (IOException e) {
      if (!temporary.isClosed()) {
        throw IoErrors.writing(file, e);
      }
    }
  }

  @Override
  public void finish() throws StoreException {
    if (done) {
      throw new IllegalStateException(file + ": finished or closed");
    }
    try {
      temporary.force();
      temporary.close();
    } catch (IOException e) {
      throw IoErrors.writing(file, e); // nobody has seen it, so nothing is unknown
    }
    store.publish(temporary.path(), file);
    done = true;
  }

  @Override
  public void close() throws StoreException {
    if (done) {
      return;
    }
    done = true;
    try {
      temporary.close();
      Files.deleteIfExists(temporary.path());
    } catch (IOException e) {
      throw IoErrors.writing(temporary.path(), e);
    }
  }
}
