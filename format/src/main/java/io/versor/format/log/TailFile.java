package io.versor.format.log;

import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;

/** The segment at the end of a log, open for writing. Used under the branch's lock. */
final class TailFile implements AutoCloseable {
  private static final int SMALLEST_STEP = 64 << 10;
  private static final int LARGEST_STEP = 1 << 20;

  private final Segment file;
  private final long firstFrame;

  /** What is surely allocated; another process may have lengthened the file further. */
  private long length;

  private TailFile(Segment file, long firstFrame, long length) {
    this.file = file;
    this.firstFrame = firstFrame;
    this.length = length;
  }

  /** Opens a segment that is there and whose header is right. */
  static TailFile open(ObjectStore store, LogId log, long firstFrame) throws StoreException {
    try (SegmentFile there = SegmentFile.open(store, log, firstFrame)) {
      if (there.packed()) { // nor create what somebody has deleted
        throw new IllegalStateException(
            there.file().display() + ": nothing is written to a log in a pack");
      }
    }
    // CREATE forces the directory, in case the segment's creator died before he did.
    Segment file = store.openSegment(log.segmentName(firstFrame), OpenMode.CREATE);
    return new TailFile(file, firstFrame, file.length());
  }

  /** Starts a segment without frames, durably; one whose start was cut short is started again. */
  static void create(ObjectStore store, LogId log, long firstFrame, int crcBefore)
      throws StoreException {
    try (Segment file = store.openSegment(log.segmentName(firstFrame), OpenMode.CREATE)) {
      file.allocate(SMALLEST_STEP);
      SegmentHeader header =
          new SegmentHeader(log.storeId(), log.branchId(), firstFrame, crcBefore);
      try {
        file.write(0, header.encode(), 0, SegmentHeader.BYTES);
      } catch (StoreException e) {
        try {
          file.write(0, new byte[SegmentHeader.BYTES], 0, SegmentHeader.BYTES); // half is damage
        } catch (StoreException again) {
          e.addSuppressed(again);
        }
        throw e;
      }
      file.sync();
    }
  }

  long firstFrame() {
    return firstFrame;
  }

  String display() {
    return file.display();
  }

  /**
   * Makes room up to {@code end}, in steps that grow with the file: an append within a step leaves
   * the file's length alone, and a sync need not write it.
   */
  void reserve(long end) throws StoreException {
    if (end > length) {
      long step = Math.max(SMALLEST_STEP, Math.min(LARGEST_STEP, length / 4));
      long wanted = Math.min(BranchLog.SEGMENT_BYTES, Math.max(end, length + step));
      file.allocate(wanted);
      length = wanted;
    }
  }

  /** The bytes between two places that were read before. */
  byte[] read(long from, long to) throws StoreException {
    byte[] bytes = new byte[(int) (to - from)];
    int n = file.read(from, bytes, 0, bytes.length);
    if (n < bytes.length) {
      throw new StoreException(
          Code.CORRUPT,
          display()
              + ": was cut to "
              + (from + n)
              + " bytes while it was in use, expected "
              + to
              + "; restore the file from a copy");
    }
    return bytes;
  }

  void write(long position, byte[] bytes) throws StoreException {
    file.write(position, bytes, 0, bytes.length);
  }

  /** Overwrites all from {@code position} on with zeros, durably. */
  void zeroFrom(long position) throws StoreException {
    long end = Math.min(file.length(), BranchLog.SEGMENT_BYTES);
    write(position, new byte[(int) Math.max(0, end - position)]);
    file.sync();
  }

  /** Makes durable all that was written through this. May run while others read. */
  void sync() throws StoreException {
    file.sync();
  }

  @Override
  public void close() throws StoreException {
    file.close();
  }
}
