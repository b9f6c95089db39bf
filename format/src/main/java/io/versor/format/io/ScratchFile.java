package io.versor.format.io;

import io.versor.format.type.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A file without a name: it is deleted as soon as it is open, so nothing is left of it whatever
 * becomes of the process. Where the system refuses that, it is deleted when it is closed, and what
 * a killed process has left is swept like other unfinished files.
 *
 * <p>Not a channel: those are closed by an interrupt of the thread that uses them, and this one
 * could not be opened again.
 */
final class ScratchFile implements Scratch {
  private final Path path;
  private final RandomAccessFile file;
  private boolean named;
  private long length;

  private ScratchFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
    this.named = !deleted();
  }

  /** A new one in a directory, which is made if there is none. */
  static ScratchFile open(Path directory) throws StoreException {
    Path path = directory.resolve("versor-" + UUID.randomUUID());
    try {
      Files.createDirectories(directory);
      return new ScratchFile(path, new RandomAccessFile(path.toFile(), "rw"));
    } catch (IOException e) {
      throw IoErrors.writing(path, e);
    }
  }

  private boolean deleted() {
    try {
      return Files.deleteIfExists(path);
    } catch (IOException e) {
      return false; // Windows keeps files that are open
    }
  }

  @Override
  public synchronized long append(byte[] source, int offset, int count) throws StoreException {
    long at = length;
    try {
      file.seek(at);
      file.write(source, offset, count);
    } catch (IOException e) {
      throw IoErrors.writing(path, e);
    }
    length = at + count;
    return at;
  }

  @Override
  public synchronized void read(long position, byte[] target, int offset, int count)
      throws StoreException {
    try {
      file.seek(position);
      file.readFully(target, offset, count);
    } catch (IOException e) {
      throw IoErrors.reading(path, e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      // Its content means nothing any more.
    }
    if (named) {
      named = !deleted();
    }
  }
}
