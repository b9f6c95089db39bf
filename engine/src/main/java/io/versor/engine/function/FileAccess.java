package io.versor.engine.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which files the statements of a session may read, and where relative paths start. Immutable. The
 * session says on each of its threads which one holds, around the execution of a statement.
 */
public final class FileAccess {
  private static final long MAX_FILE_BYTES = 1L << 30;
  private static final String UNDEFINED_FILE = "58P01";
  private static final String IO_ERROR = "58030";
  private static final String NOT_ALLOWED = "42501";
  private static final String TOO_LARGE = "54000";

  private static final ThreadLocal<FileAccess> CURRENT =
      ThreadLocal.withInitial(() -> new FileAccess(Path.of(""), Optional.empty(), false));

  private final Path base;
  private final Optional<Path> confinedTo;
  private final boolean allowed;

  private FileAccess(Path base, Optional<Path> confinedTo, boolean allowed) {
    this.base = base.toAbsolutePath().normalize();
    this.confinedTo = confinedTo.map(path -> path.toAbsolutePath().normalize());
    this.allowed = allowed;
  }

  /** Any file; relative paths start at {@code base}. */
  public static FileAccess anywhere(Path base) {
    return new FileAccess(base, Optional.empty(), true);
  }

  /** Files under a directory only. */
  public static FileAccess within(Path directory, Path base) {
    return new FileAccess(base, Optional.of(directory), true);
  }

  /** No file at all. */
  public static FileAccess none() {
    return new FileAccess(Path.of(""), Optional.empty(), false);
  }

  static FileAccess current() {
    return CURRENT.get();
  }

  /** Ends what {@link #enter} began. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** Makes this what holds on the thread until the scope is closed. */
  public Scope enter() {
    FileAccess before = CURRENT.get();
    CURRENT.set(this);
    return () -> CURRENT.set(before);
  }

  byte[] read(String path) {
    if (!allowed) {
      throw new FunctionException(
          NOT_ALLOWED,
          "READ_FILE('"
              + path
              + "'): this connection may read no files; see fileAccess in its URL");
    }
    try {
      Path file = base.resolve(path).normalize();
      check(path, file);
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw new FunctionException(
            TOO_LARGE,
            "READ_FILE('"
                + path
                + "'): the file has "
                + size
                + " bytes, at most "
                + MAX_FILE_BYTES
                + " are read");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new FunctionException(
          UNDEFINED_FILE,
          "READ_FILE('" + path + "'): there is no file " + base.resolve(path).normalize(),
          e);
    } catch (InvalidPathException e) {
      throw new FunctionException(
          UNDEFINED_FILE, "READ_FILE('" + path + "'): " + e.getMessage(), e);
    } catch (IOException e) {
      throw new FunctionException(
          IO_ERROR, "READ_FILE('" + path + "'): the file cannot be read: " + e.getMessage(), e);
    }
  }

  private void check(String path, Path file) throws IOException {
    if (confinedTo.isEmpty()) {
      return;
    }
    // Links are followed first: a link inside must not lead outside.
    Path real = file.toRealPath();
    if (!real.startsWith(confinedTo.get().toRealPath())) {
      throw new FunctionException(
          NOT_ALLOWED,
          "READ_FILE('"
              + path
              + "'): the file is not under "
              + confinedTo.get()
              + ", and this connection may read nothing else");
    }
  }
}
