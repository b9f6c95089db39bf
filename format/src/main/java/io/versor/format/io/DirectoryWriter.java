package io.versor.format.io;

import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
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
