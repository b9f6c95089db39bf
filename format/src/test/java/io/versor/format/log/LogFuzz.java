package io.versor.format.log;

import io.versor.format.io.MemoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * For a fuzzer: what follows the header of a segment. The checksum of each header of a frame is
 * made right, and every other frame is chained to the one before; who reads walks to the end,
 * twice.
 */
public final class LogFuzz {
  private static final UUID STORE = new UUID(1, 2);
  private static final int BRANCH = 7;

  private LogFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    MemoryStore objects = new MemoryStore();
    BranchLog.create(objects, LogArchive.NONE, STORE, BRANCH).close();
    String name = BranchLog.names(objects, BRANCH).get(0);
    byte[] bytes = input.clone();
    seal(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    try (Segment segment = objects.openSegment(name, OpenMode.WRITE)) {
      segment.write(SegmentHeader.BYTES, bytes, 0, bytes.length);
      segment.sync();
    }
    try (BranchLog log = BranchLog.open(objects, STORE, BRANCH)) {
      log.end();
      try (LogCursor cursor = log.readFrom(log.start())) {
        for (Optional<Frame> frame = cursor.next(); frame.isPresent(); frame = cursor.next()) {
          log.read(frame.get().address());
        }
      }
    } catch (StoreException e) {
      if (e.getMessage().length() < 10) {
        throw new AssertionError("says too little", e);
      }
    }
  }

  private static void seal(ByteBuffer log) {
    int before = 0;
    int frame = 0;
    for (int at = 0; at + FrameHeader.BYTES <= log.capacity(); frame++) {
      int payload = log.getInt(at + 4);
      boolean fits = payload >= 0 && payload <= log.capacity() - at - FrameHeader.BYTES;
      if (log.getLong(at + 8) % 2 == frame % 2 && fits) {
        log.putInt(at, 0x5246_5356).putLong(at + 8, frame).putInt(at + 24, before);
        CRC32C crc = new CRC32C();
        crc.update(log.array(), at + 24, 4);
        crc.update(log.array(), at + FrameHeader.BYTES, payload);
        before = (int) crc.getValue();
        log.putInt(at + 28, before);
      }
      CRC32C header = new CRC32C();
      header.update(log.array(), at, 36);
      log.putInt(at + 36, (int) header.getValue());
      at += fits ? FrameHeader.BYTES + payload + 7 & -8 : FrameHeader.BYTES;
    }
  }
}
