package io.versor.format.log;

import io.versor.format.io.ObjectStore;
import io.versor.format.log.FrameReader.Found;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads single frames by address, and keeps the segments last used open. Thread-safe. */
final class FrameShelf implements AutoCloseable {
  /** Walks through history go back and forth between few segments; each costs a file descriptor. */
  private static final int OPEN_SEGMENTS = 4;

  private final ObjectStore store;
  private final LogId log;
  private final Map<Long, Open> opened = new LinkedHashMap<>(8, 0.75f, true);

  private record Open(SegmentFile file, FrameReader reader) {}

  FrameShelf(ObjectStore store, LogId log) {
    this.store = store;
    this.log = log;
  }

  synchronized Frame read(FrameAddress address) throws StoreException {
    Open open = open(address.segment());
    boolean possible =
        address.offset() >= SegmentHeader.BYTES
            && address.offset() < BranchLog.SEGMENT_BYTES
            && address.offset() % 8 == 0;
    Found found =
        possible
            ? open.reader().read(address.offset(), address.frame(), Optional.empty())
            : new Found.Free();
    if (found instanceof Found.Whole whole) {
      return whole.frame();
    }
    String why = found instanceof Found.Damaged damage ? damage.why() : "is not there";
    throw new StoreException(
        Code.CORRUPT,
        open.file().file().display()
            + ": frame "
            + address.frame()
            + " at offset "
            + address.offset()
            + " "
            + why
            + "; restore the file from a copy");
  }

  private Open open(long segment) throws StoreException {
    Open open = opened.get(segment);
    if (open == null) {
      SegmentFile file = SegmentFile.open(store, log, segment);
      open = new Open(file, new FrameReader(file, FrameReader.NARROW));
      opened.put(segment, open);
      if (opened.size() > OPEN_SEGMENTS) {
        long eldest = opened.keySet().iterator().next();
        opened.remove(eldest).file().close();
      }
    }
    return open;
  }

  @Override
  public synchronized void close() throws StoreException {
    for (Open open : opened.values()) {
      open.file().close();
    }
    opened.clear();
  }
}
