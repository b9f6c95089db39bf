package io.versor.format.io;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/** Turns what the operating system says into a {@link StoreException} that names file and deed. */
final class IoErrors {
  /**
   * With less room than this left we call any failed write a full disk, whatever its message's
   * language.
   */
  private static final long NEARLY_NOTHING = 64 * 1024;

  private IoErrors() {}

  static StoreException reading(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return missing(file.toString());
    }
    if (Files.isSymbolicLink(file)) {
      return link(file);
    }
    return new StoreException(Code.IO, file + ": cannot be read: " + reason(cause), cause);
  }

  static StoreException writing(Path file, IOException cause) {
    if (Files.isSymbolicLink(file)) {
      return link(file);
    }
    Code code = Code.IO;
    String advice = "";
    if (isFull(file, cause)) {
      code = Code.DISK_FULL;
      advice = "; free some space and try again";
    } else if (isReadOnly(cause)) {
      code = Code.READ_ONLY;
      advice = "; check the permissions of the store's directory";
    }
    return new StoreException(code, file + ": cannot be written: " + reason(cause) + advice, cause);
  }

  /** For a failure after which the new bytes may or may not be on the disk. */
  static StoreException unknown(Path file, IOException cause) {
    return new StoreException(
        Code.OUTCOME_UNKNOWN,
        file
            + ": written, but it could not be made sure that the disk has it: "
            + reason(cause)
            + "; read again before you repeat the change",
        cause);
  }

  static StoreException link(Path file) {
    return new StoreException(
        Code.CORRUPT,
        file
            + ": is a symbolic link, and those inside a store are not followed; put what it leads"
            + " to in its place");
  }

  static StoreException missing(String display) {
    return new StoreException(
        Code.CORRUPT,
        display + ": is missing, though the store refers to it; restore it from a copy");
  }

  static StoreException readOnly(String display) {
    return new StoreException(Code.READ_ONLY, display + ": was opened for reading only");
  }

  static StoreException exists(String display) {
    return new StoreException(
        Code.IO, display + ": exists already, and objects are never replaced");
  }

  static StoreException tooLarge(String display, long length, long limit) {
    return new StoreException(
        Code.CORRUPT, display + ": has " + length + " bytes, expected at most " + limit);
  }

  static StoreException tooShort(String display, long position, int wanted, long length) {
    return new StoreException(
        Code.CORRUPT,
        display
            + ": ends after "
            + length
            + " bytes, expected "
            + wanted
            + " bytes at "
            + position
            + "; restore it from a copy");
  }

  private static boolean isFull(Path file, IOException cause) {
    String text = reason(cause);
    if (text.contains("No space left on device")
        || text.contains("Disk quota exceeded")
        || text.contains("not enough space on the disk")) {
      return true;
    }
    if (isReadOnly(cause)) {
      return false;
    }
    Path directory = file.toAbsolutePath().getParent();
    try {
      return directory != null
          && Files.exists(directory)
          && Files.getFileStore(directory).getUsableSpace() < NEARLY_NOTHING;
    } catch (IOException unknowable) {
      cause.addSuppressed(unknowable);
      return false;
    }
  }

  private static boolean isReadOnly(IOException cause) {
    return cause instanceof AccessDeniedException
        || cause.getCause() instanceof ReadOnlyFileSystemException
        || reason(cause).contains("Read-only file system")
        || reason(cause).contains("Permission denied");
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : " " + message);
  }
}
