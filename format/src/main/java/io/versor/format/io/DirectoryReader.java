package io.versor.format.io;

import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Reads and maps one file. */
final class DirectoryReader implements ObjectReader {
  private final SteadyFile file;
  private final long length;

  private DirectoryReader(SteadyFile file, long length) {
    this.file = file;
    this.length = length;
  }

  static DirectoryReader open(Path path) throws IOException {
    SteadyFile file = SteadyFile.open(path, Set.of(StandardOpenOption.READ));
    try {
      return new DirectoryReader(file, file.size());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public String display() {
    return file.path().toString();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void readFully(long position, byte[] target, int offset, int count) throws StoreException {
    try {
      int n = file.read(position, target, offset, count);
      if (n < count) {
        throw IoErrors.tooShort(display(), position, count, file.size());
      }
    } catch (IOException e) {
      throw IoErrors.reading(file.path(), e);
    }
  }

  @Override
  public MappedRegion map() throws StoreException {
    if (length > MappedRegion.MAX_BYTES) {
      throw IoErrors.tooLarge(display(), length, MappedRegion.MAX_BYTES);
    }
    try {
      if (file.size() < length) { // mapping behind the end would lengthen a file that is writable
        throw IoErrors.tooShort(display(), 0, (int) length, file.size());
      }
      return new MappedRegion(display(), file.map(0, length), this::lengthNow);
    } catch (IOException e) {
      throw IoErrors.reading(file.path(), e);
    }
  }

  private long lengthNow() throws StoreException {
    try {
      if (!file.isClosed()) {
        return file.size();
      }
    } catch (NoSuchFileException e) {
      return length;
    } catch (IOException e) {
      if (!file.isClosed()) {
        throw IoErrors.reading(file.path(), e);
      }
    }
    try {
      return Files.size(file.path());
    } catch (NoSuchFileException e) {
      return length; // deleted: the mapping keeps the bytes, and nobody can cut them any more
    } catch (IOException e) {
      throw IoErrors.reading(file.path(), e);
    }
  }

  @Override
  public void close() throws StoreException {
    try {
      file.close();
    } catch (IOException e) {
      throw IoErrors.reading(file.path(), e);
    }
  }
}
