package io.versor.format.log;

import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Optional;
import java.util.UUID;

/**
 * An open segment whose header was read and is right.
 *
 * @param packed whether it lies in a pack and so ends with its last frame, and not in a file
 */
record SegmentFile(Segment file, SegmentHeader header, boolean packed) implements AutoCloseable {

  /**
   * Opens a segment for reading, or gives nothing if there is none: no file, or one whose creation
   * was cut short before its header was forced, in which case no frame in it was ever acknowledged.
   */
  static Optional<SegmentFile> find(ObjectStore store, LogId log, long first)
      throws StoreException {
    Optional<Segment> own = findFile(store, log.segmentName(first));
    boolean packed = own.isEmpty() && first == 0;
    Optional<Segment> found = packed ? log.archive().open(log.branchId()) : own;
    return found.isEmpty() ? Optional.empty() : find(found.get(), log, first, packed);
  }

  private static Optional<Segment> findFile(ObjectStore store, String name) throws StoreException {
    if (store.findLength(name).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(store.openSegment(name, OpenMode.READ));
    } catch (StoreException e) {
      if (e.code() == Code.CORRUPT && store.findLength(name).isEmpty()) {
        return Optional.empty(); // it has gone meanwhile
      }
      throw e;
    }
  }

  private static Optional<SegmentFile> find(Segment file, LogId log, long first, boolean packed)
      throws StoreException {
    UUID storeId = packed ? PackedLog.NO_STORE : log.storeId();
    try {
      byte[] bytes = new byte[SegmentHeader.BYTES];
      int n = file.read(0, bytes, 0, bytes.length);
      if (!packed && (n < bytes.length || Sectors.isZero(bytes, 0, bytes.length))) {
        requireEmpty(file);
        file.close();
        return Optional.empty();
      }
      return Optional.of(
          new SegmentFile(
              file,
              SegmentHeader.decode(bytes, storeId, log.branchId(), first, file.display()),
              packed));
    } catch (StoreException | RuntimeException e) {
      closeAfter(file, e);
      throw e;
    }
  }

  /** Whether {@link #find} would find the segment. */
  static boolean exists(ObjectStore store, LogId log, long first) throws StoreException {
    Optional<SegmentFile> found = find(store, log, first);
    if (found.isPresent()) {
      found.get().close();
    }
    return found.isPresent();
  }

  /** Opens a segment that must be there, for reading. */
  static SegmentFile open(ObjectStore store, LogId log, long first) throws StoreException {
    Optional<SegmentFile> found = find(store, log, first);
    if (found.isPresent()) {
      return found.get();
    }
    throw new StoreException(
        Code.CORRUPT,
        store.display()
            + "/"
            + log.segmentName(first)
            + ": is missing, though the store refers to it; restore it from a copy");
  }

  /** Frames are written after the header was forced, so frames without a header mean damage. */
  private static void requireEmpty(Segment file) throws StoreException {
    long at = firstNonZero(file, SegmentHeader.BYTES);
    if (at >= 0) {
      throw new StoreException(
          Code.CORRUPT,
          file.display()
              + ": header is zero, but there is data at "
              + at
              + "; restore the file from a copy");
    }
  }

  /**
   * Where the first byte that is not zero is, to a few bytes, or -1 if there is none from here on.
   */
  static long firstNonZero(Segment file, long from) throws StoreException {
    byte[] buffer = new byte[64 * 1024];
    for (long at = from; ; at += buffer.length) {
      int n = file.read(at, buffer, 0, buffer.length);
      if (!Sectors.isZero(buffer, 0, n)) {
        int i = 0;
        while (buffer[i] == 0) {
          i++;
        }
        return at + i;
      }
      if (n < buffer.length) {
        return -1;
      }
    }
  }

  static void closeAfter(Segment file, Exception cause) {
    try {
      file.close();
    } catch (StoreException e) {
      cause.addSuppressed(e);
    }
  }

  long firstFrame() {
    return header.firstFrame();
  }

  @Override
  public void close() throws StoreException {
    file.close();
  }
}
