package io.versor.format.log;

import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes headers of segments anew, which follow from the name and the first frame. */
public final class SegmentMender {
  /** A file that has fewer bytes of the header in common is not taken for this segment. */
  private static final int ALIKE = SegmentHeader.BYTES * 3 / 4;

  private SegmentMender() {}

  /**
   * Mends what can be mended of a log. The caller holds the branch's lock.
   *
   * @return names of the segments that have another header now
   */
  public static List<String> mend(ObjectStore store, UUID storeId, long branchId)
      throws StoreException {
    LogId log = new LogId(storeId, branchId, LogArchive.NONE);
    List<String> mended = new ArrayList<>();
    for (long first : LogId.listFirstFrames(store, branchId)) {
      try {
        SegmentFile.exists(store, log, first);
      } catch (StoreException e) {
        if (e.code() != Code.CORRUPT) {
          throw e;
        }
        if (mend(store, log, first)) {
          mended.add(log.segmentName(first));
        }
      }
    }
    return mended;
  }

  /**
   * The bytes of a log that lies in a pack, with another header if its own is damaged and follows
   * from the first frame; empty if there is nothing to mend, or it cannot be.
   *
   * @param packed the object
   */
  public static Optional<byte[]> mended(Segment packed, long branchId) throws StoreException {
    LogId log = new LogId(PackedLog.NO_STORE, branchId, LogArchive.NONE);
    byte[] bytes = new byte[(int) packed.length()];
    int n = packed.read(0, bytes, 0, bytes.length);
    Optional<byte[]> right = header(packed, log, 0);
    if (n < bytes.length
        || right.isEmpty()
        || Arrays.equals(right.get(), 0, SegmentHeader.BYTES, bytes, 0, SegmentHeader.BYTES)) {
      return Optional.empty();
    }
    System.arraycopy(right.get(), 0, bytes, 0, SegmentHeader.BYTES);
    return Optional.of(bytes);
  }

  private static boolean mend(ObjectStore store, LogId log, long first) throws StoreException {
    try (Segment file = store.openSegment(log.segmentName(first), OpenMode.WRITE)) {
      Optional<byte[]> right = header(file, log, first);
      if (right.isEmpty()) {
        return false;
      }
      file.write(0, right.get(), 0, SegmentHeader.BYTES);
      file.sync();
      return true;
    }
  }

  /** The header as the first frame says, if that is right and the header is alike or zero. */
  private static Optional<byte[]> header(Segment file, LogId log, long first)
      throws StoreException {
    byte[] bytes = new byte[SegmentHeader.BYTES + FrameHeader.BYTES];
    if (file.read(0, bytes, 0, bytes.length) < bytes.length) {
      return Optional.empty();
    }
    Optional<FrameHeader> frame = FrameHeader.decode(bytes, SegmentHeader.BYTES);
    if (frame.isEmpty() || frame.get().frame() != first) {
      return Optional.empty();
    }
    byte[] payload = new byte[frame.get().payloadBytes()];
    int n = file.read(bytes.length, payload, 0, payload.length);
    int crc = FrameHeader.payloadCrc(frame.get().crcBefore(), payload, 0, payload.length);
    byte[] right =
        new SegmentHeader(log.storeId(), log.branchId(), first, frame.get().crcBefore()).encode();
    boolean zero = Sectors.isZero(bytes, 0, SegmentHeader.BYTES);
    return n < payload.length || crc != frame.get().crc() || (!zero && !isAlike(bytes, right))
        ? Optional.empty()
        : Optional.of(right);
  }

  private static boolean isAlike(byte[] found, byte[] right) {
    int same = 0;
    for (int i = 0; i < right.length; i++) {
      same += found[i] == right[i] ? 1 : 0;
    }
    return same >= ALIKE;
  }
}
