package io.versor.engine.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Which files the statements of a session may read and write, and where relative paths start.
 * Immutable. The session says on each of its threads which one holds, around the execution of a
 * statement.
 */
public final class FileAccess {
  private static final long MAX_FILE_BYTES = 1L << 30;
  private static final String UNDEFINED_FILE = "58P01";
  private static final String IO_ERROR = "58030";
  private static final String WRONG_KIND = "42809";
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

  /**
   * What a setting says.
   *
   * @param setting {@code all}, {@code none} or a directory
   * @param base where relative paths start
   * @throws FunctionException 22023 if there is no such directory
   */
  public static FileAccess of(String setting, Path base) {
    return switch (setting.toLowerCase(Locale.ROOT)) {
      case "all" -> anywhere(base);
      case "none" -> none();
      default -> within(directory(setting), base);
    };
  }

  private static Path directory(String setting) {
    try {
      Path directory = Path.of(setting);
      if (Files.isDirectory(directory)) {
        return directory;
      }
    } catch (InvalidPathException e) {
      // said below
    }
    throw new FunctionException(
        FunctionException.INVALID_VALUE,
        "fileAccess '" + setting + "' is no directory that is there; expected one, all or none");
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
    String who = "READ_FILE('" + path + "')";
    Path file = readable(who, path);
    if (Files.isDirectory(file)) {
      throw new FunctionException(WRONG_KIND, who + ": that is a folder, expected a file");
    }
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw new FunctionException(
            TOO_LARGE,
            who + ": the file has " + size + " bytes, at most " + MAX_FILE_BYTES + " are read");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(who, file, e);
    }
  }

  /**
   * A file or folder that may be read.
   *
   * @param who for messages
   * @throws FunctionException 58P01 if it is not there, 42501 if it must not be read, 42809 if it
   *     is something else, as a device is
   */
  public Path readable(String who, String path) {
    Path file = resolve(who, path);
    if (!Files.exists(file)) {
      throw new FunctionException(UNDEFINED_FILE, who + ": there is no file " + file);
    }
    check(who, file);
    refuseDevice(who, file);
    return file;
  }

  /** What has no end, blocks those who open it, or must not be replaced by a file. */
  private static void refuseDevice(String who, Path file) {
    if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
      throw new FunctionException(
          WRONG_KIND, who + ": " + file + " is a device or a pipe, expected a file or a folder");
    }
  }

  /**
   * A file or folder that may be written; the folder that it lies in is there.
   *
   * @param who for messages
   * @throws FunctionException 58P01 if that folder is not there, 42501 if it must not be written,
   *     42809 if something else is there, as a device is
   */
  public Path writable(String who, String path) {
    Path file = resolve(who, path);
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new FunctionException(UNDEFINED_FILE, who + ": there is no folder " + folder);
    }
    check(who, folder);
    if (Files.exists(file)) {
      check(who, file);
      refuseDevice(who, file);
    }
    return file;
  }

  private Path resolve(String who, String path) {
    if (!allowed) {
      throw new FunctionException(
          NOT_ALLOWED, who + ": this connection may touch no files; see fileAccess in its URL");
    }
    try {
      return base.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new FunctionException(UNDEFINED_FILE, who + ": " + e.getMessage(), e);
    }
  }

  /**
   * Looks whether a file may be touched.
   *
   * @throws FunctionException 42501 if not
   */
  public void check(String who, Path file) {
    if (confinedTo.isEmpty()) {
      return;
    }
    try {
      // Links are followed first: a link inside must not lead outside.
      if (file.toRealPath().startsWith(confinedTo.get().toRealPath())) {
        return;
      }
    } catch (IOException e) {
      throw unreadable(who, file, e);
    }
    throw new FunctionException(
        NOT_ALLOWED,
        who
            + ": the file is not under "
            + confinedTo.get()
            + ", and this connection may touch nothing else");
  }

  private static FunctionException unreadable(String who, Path file, IOException e) {
    return e instanceof NoSuchFileException
        ? new FunctionException(UNDEFINED_FILE, who + ": there is no file " + file, e)
        : new FunctionException(IO_ERROR, who + ": the file cannot be read: " + e.getMessage(), e);
  }
}
