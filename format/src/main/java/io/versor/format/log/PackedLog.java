package io.versor.format.log;

import io.versor.format.io.ObjectStore;
import io.versor.format.io.Segment;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Makes one object of a log that nobody writes to any more: see {@link LogArchive}. */
public final class PackedLog {
  /**
   * Stands where a file names its store: the pack names it, and a clone need not change its logs.
   */
  static final UUID NO_STORE = new UUID(0, 0);

  private PackedLog() {}

  /**
   * The bytes of a log that has one segment.
   *
   * @param end where the next frame would be
   */
  public static byte[] of(ObjectStore store, UUID storeId, FrameAddress end) throws StoreException {
    LogId log = new LogId(storeId, end.branchId(), LogArchive.NONE);
    try (SegmentFile file = SegmentFile.open(store, log, 0)) {
      byte[] bytes = new byte[(int) end.offset()];
      int n = file.file().read(0, bytes, 0, bytes.length);
      if (end.segment() != 0 || n < bytes.length) {
        throw new StoreException(
            Code.CORRUPT, file.file().display() + ": ends at " + n + ", expected frames to " + end);
      }
      byte[] header = new SegmentHeader(NO_STORE, end.branchId(), 0, 0).encode();
      System.arraycopy(header, 0, bytes, 0, header.length);
      return bytes;
    }
  }

  /** The branch whose log an object is, if its beginning says so. */
  public static OptionalLong branchOf(Segment object) throws StoreException {
    byte[] bytes = new byte[SegmentHeader.BYTES];
    int n = object.read(0, bytes, 0, bytes.length);
    return n == bytes.length && SegmentHeader.storeOf(bytes).equals(Optional.of(NO_STORE))
        ? SegmentHeader.branchOf(bytes)
        : OptionalLong.empty();
  }
}
