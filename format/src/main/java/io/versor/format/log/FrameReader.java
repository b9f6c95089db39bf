package io.versor.format.log;

import io.versor.format.io.Segment;
import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads frames of one segment and judges what is no frame. Used by one thread.
 *
 * <p>Where a frame should be and none is, there are three cases. Zeros: the log ends. A frame of
 * which a sector never arrived, and that no later frame calls durable: <em>torn</em>, by a crash or
 * because its writer is still at it; the log ends before it. Anything else is <em>damage</em>.
 */
final class FrameReader {
  /** For reading one frame after the other. */
  static final int WIDE = 64 * 1024;

  /** For reading single frames, most of which are small. */
  static final int NARROW = 4 * 1024;

  private final Segment file;
  private final long branchId;
  private final long segment;
  private final int windowBytes;

  private byte[] window = new byte[0];
  private long windowStart;
  private int windowLength;

  FrameReader(SegmentFile segment, int windowBytes) {
    this.file = segment.file();
    this.branchId = segment.header().branchId();
    this.segment = segment.firstFrame();
    this.windowBytes = windowBytes;
  }

  /** What is at a place in the log. */
  sealed interface Found {
    /** A whole frame. */
    record Whole(Frame frame, FrameHeader header) implements Found {}

    /** Zeros where the header would be. */
    record Free() implements Found {}

    /** A frame cut short that nobody was told to be there. */
    record Torn() implements Found {}

    /**
     * Bytes that are not what was written, or not yet: unless {@code surely}, a writer may be at
     * it, whose bytes become visible piece by piece.
     */
    record Damaged(String why, boolean surely) implements Found {}
  }

  /**
   * Looks for the frame {@code number} at {@code offset}; {@code crcBefore} is checked if given.
   */
  Found read(long offset, long number, Optional<Integer> crcBefore) throws StoreException {
    if (isInWindow(offset, FrameHeader.BYTES)) {
      Found found = look(offset, number, crcBefore);
      if (found instanceof Found.Whole) {
        return found;
      }
      forget(); // the window may be older than the log
    }
    return isFree(offset) ? new Found.Free() : look(offset, number, crcBefore);
  }

  /** One small read, so that asking again and again at the end of a log is cheap. */
  private boolean isFree(long offset) throws StoreException {
    byte[] header = new byte[FrameHeader.BYTES];
    int n = file.read(offset, header, 0, header.length);
    return Sectors.isZero(header, 0, n);
  }

  /**
   * What {@link #read} finds where it sees zeros, if there are bytes behind them: they prove
   * something.
   */
  Found readBehindZeros(long offset, long number, Optional<Integer> crcBefore)
      throws StoreException {
    if (SegmentFile.firstNonZero(file, offset) < 0) {
      return new Found.Free();
    }
    Found again = read(offset, number, crcBefore); // a writer may have come meanwhile
    return again instanceof Found.Free ? judge(offset, number, 8, true, "is zero") : again;
  }

  private Found look(long offset, long number, Optional<Integer> crcBefore) throws StoreException {
    int at = load(offset, FrameHeader.BYTES);
    if (Sectors.isZero(window, at, at + FrameHeader.BYTES)) {
      return new Found.Free();
    }
    Optional<FrameHeader> decoded = FrameHeader.decode(window, at);
    if (decoded.isEmpty()) {
      boolean part = Sectors.headerLacksPart(window, at, offset);
      return judge(offset, number, 8, part, "header is damaged");
    }
    FrameHeader header = decoded.get();
    int extent = header.extent();
    if (header.frame() != number || offset + extent > BranchLog.SEGMENT_BYTES) {
      return new Found.Damaged(
          "frame "
              + header.frame()
              + " of "
              + header.payloadBytes()
              + " bytes found, expected frame "
              + number,
          false);
    }
    at = load(offset, extent);
    int payload = at + FrameHeader.BYTES;
    int crc = FrameHeader.payloadCrc(header.crcBefore(), window, payload, header.payloadBytes());
    if (crc != header.crc()) {
      int zeros = Sectors.zerosBehindHeader(window, at, extent, offset);
      return judge(
          offset,
          number,
          extent,
          zeros > header.zeroSectors(),
          String.format("checksum %08x, expected %08x", crc, header.crc()));
    }
    if (crcBefore.isPresent() && crcBefore.get() != header.crcBefore()) {
      return new Found.Damaged(
          String.format(
              "follows a frame with checksum %08x, but the one before it has %08x",
              header.crcBefore(), crcBefore.get()),
          false);
    }
    FrameAddress address = new FrameAddress(branchId, number, segment, offset);
    byte[] bytes = Arrays.copyOfRange(window, payload, payload + header.payloadBytes());
    if (window.length > windowBytes) {
      forget(); // do not keep 16 MiB because one frame needed it
    }
    return new Found.Whole(new Frame(address, bytes, crc), header);
  }

  private Found judge(long offset, long number, int skip, boolean partMissing, String why)
      throws StoreException {
    boolean durable = isCalledDurable(number, offset + skip);
    if (partMissing && !durable) {
      return new Found.Torn();
    }
    return new Found.Damaged(
        partMissing ? why + ", though a later frame calls it durable" : why, durable);
  }

  /**
   * Whether a frame from {@code from} on says that {@code number} was durable before it was
   * written.
   */
  private boolean isCalledDurable(long number, long from) throws StoreException {
    return findHeader(from, header -> header.frame() > number && header.synced() > number)
        .isPresent();
  }

  /** The first place from {@code from} on with a right header of a frame above {@code number}. */
  Optional<LogEnd> findFrame(long from, long number) throws StoreException {
    return findHeader(from, header -> header.frame() > number);
  }

  private Optional<LogEnd> findHeader(long from, Predicate<FrameHeader> wanted)
      throws StoreException {
    int rest = (int) Math.max(0, Math.min(file.length(), BranchLog.SEGMENT_BYTES) - from);
    byte[] bytes = new byte[rest];
    int n = file.read(from, bytes, 0, rest);
    for (int i = 0; i + FrameHeader.BYTES <= n; i += 8) {
      if (bytes[i] == (byte) FrameHeader.MAGIC) {
        Optional<FrameHeader> header = FrameHeader.decode(bytes, i);
        if (header.isPresent() && wanted.test(header.get())) {
          FrameHeader found = header.get();
          return Optional.of(new LogEnd(segment, from + i, found.frame(), found.crcBefore()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Makes a range readable in the window, zeros where the file has ended; returns its index there.
   */
  private int load(long offset, int length) throws StoreException {
    if (!isInWindow(offset, length)) {
      int wanted = Math.max(length, windowBytes);
      if (window.length < wanted) {
        window = new byte[wanted];
      }
      windowLength = 0;
      int n = file.read(offset, window, 0, wanted);
      Arrays.fill(window, n, Math.max(n, length), (byte) 0);
      windowStart = offset;
      windowLength = Math.max(n, length);
    }
    return (int) (offset - windowStart);
  }

  private boolean isInWindow(long offset, int length) {
    return offset >= windowStart && offset + length <= windowStart + windowLength;
  }

  /** What is read next comes from the file. */
  void forget() {
    windowLength = 0;
    if (window.length > windowBytes) {
      window = new byte[0];
    }
  }
}
