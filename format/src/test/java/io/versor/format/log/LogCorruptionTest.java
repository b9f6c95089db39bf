package io.versor.format.log;

import static io.versor.format.io.StoreErrors.expect;
import static io.versor.format.log.LogTestData.FIRST_SEGMENT;
import static io.versor.format.log.LogTestData.bytes;
import static io.versor.format.log.LogTestData.create;
import static io.versor.format.log.LogTestData.open;
import static io.versor.format.log.LogTestData.payload;
import static io.versor.format.log.LogTestData.plant;
import static io.versor.format.log.LogTestData.readAll;
import static io.versor.format.log.LogTestData.same;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changed bytes are noticed; nothing wrong is ever read, and no frame disappears silently. */
class LogCorruptionTest {
  private final MemoryStore store = new MemoryStore();
  private final List<byte[]> payloads =
      List.of(payload(1, 40), payload(2, 0), new byte[600], payload(3, 333), payload(4, 20));
  private final List<FrameAddress> addresses = new ArrayList<>();
  private byte[] whole = new byte[0];
  private int end;

  @BeforeEach
  void writeSmallLog() throws Exception {
    try (BranchLog log = create(store)) {
      for (byte[] payload : payloads) {
        addresses.add(log.append(payload));
        log.sync();
      }
      end = (int) log.end().offset();
    }
    whole = bytes(store, FIRST_SEGMENT);
  }

  @Test
  void everyFlippedByteOfALogIsNoticed() throws Exception {
    for (int at = 0; at < end; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (at % 3 == 0 ? 0xff : 1 << at % 8);
      if (isPadding(at)) {
        assertSound(damaged);
      } else {
        assertCorrupt(damaged, at);
      }
    }
  }

  /**
   * Bytes between a payload and the next multiple of eight are in no checksum: nobody reads them.
   */
  private boolean isPadding(int at) {
    for (int i = 0; i < payloads.size(); i++) {
      long behind = addresses.get(i).offset() + FrameHeader.BYTES + payloads.get(i).length;
      if (at >= behind && at < (behind + 7) / 8 * 8) {
        return true;
      }
    }
    return false;
  }

  private static void assertCorrupt(byte[] damaged, int at) throws StoreException {
    MemoryStore copy = new MemoryStore();
    plant(copy, FIRST_SEGMENT, damaged);
    try {
      readAll(copy);
    } catch (StoreException e) {
      assertEquals(Code.CORRUPT, e.code());
      assertTrue(e.getMessage().contains(FIRST_SEGMENT), e.getMessage());
      assertArrayEquals(damaged, bytes(copy, FIRST_SEGMENT), "nothing is mended");
      return;
    }
    throw new AssertionError("flip at " + at + " was not noticed");
  }

  private void assertSound(byte[] bytes) throws StoreException {
    MemoryStore copy = new MemoryStore();
    plant(copy, FIRST_SEGMENT, bytes);
    assertTrue(same(readAll(copy), payloads));
  }

  @Test
  void readOfOneFrameNoticesFlipsInItAndOnlyThose() throws Exception {
    for (int at = 64; at < end; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      MemoryStore copy = new MemoryStore();
      plant(copy, FIRST_SEGMENT, damaged);
      try (BranchLog log = open(copy)) {
        for (int i = 0; i < payloads.size(); i++) {
          FrameAddress address = addresses.get(i);
          long behind = address.offset() + FrameHeader.BYTES + payloads.get(i).length;
          if (at >= address.offset() && at < behind) {
            StoreException e = expect(Code.CORRUPT, () -> log.read(address));
            assertTrue(e.getMessage().contains("frame " + i), e.getMessage());
          } else {
            assertArrayEquals(payloads.get(i), log.read(address).payload());
          }
        }
      }
    }
  }

  @Test
  void flipsBehindTheEndAreNoFrames() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 120; i++) {
      int at = end + random.nextInt(i < 40 ? 60 : whole.length - end);
      byte[] damaged = whole.clone();
      damaged[at] ^= 1 << random.nextInt(8);
      MemoryStore copy = new MemoryStore();
      plant(copy, FIRST_SEGMENT, damaged);
      try {
        assertTrue(same(readAll(copy), payloads));
      } catch (StoreException e) {
        assertEquals(Code.CORRUPT, e.code());
      }
    }
  }

  /** What the file still has is read, never more; a frame cut in the middle is none. */
  @Test
  void cutFileHoldsAPrefixOfItsFrames() throws Exception {
    for (int length = 0; length < end; length += 3) {
      MemoryStore copy = new MemoryStore();
      plant(copy, FIRST_SEGMENT, Arrays.copyOf(whole, length));
      List<Frame> frames;
      try {
        frames = readAll(copy);
      } catch (StoreException e) {
        assertEquals(Code.CORRUPT, e.code());
        continue;
      }
      assertTrue(same(frames, payloads.subList(0, frames.size())), "cut to " + length);
      for (int i = 0; i < frames.size(); i++) {
        int needed = i == 2 ? 0 : payloads.get(i).length; // zeros may as well be missing
        assertTrue(addresses.get(i).offset() + FrameHeader.BYTES + needed <= length);
      }
    }
  }

  @Test
  void framesCannotBeSwappedRepeatedOrTakenOut() throws Exception {
    MemoryStore equal = new MemoryStore();
    int extent = FrameHeader.extent(100);
    try (BranchLog log = create(equal)) {
      for (int i = 0; i < 4; i++) {
        log.append(payload(i, 100));
        log.sync();
      }
    }
    byte[] bytes = bytes(equal, FIRST_SEGMENT);
    for (int from = 0; from < 4; from++) {
      for (int to = 0; to < 4; to++) {
        if (from != to) {
          byte[] damaged = bytes.clone();
          System.arraycopy(bytes, 64 + from * extent, damaged, 64 + to * extent, extent);
          MemoryStore copy = new MemoryStore();
          plant(copy, FIRST_SEGMENT, damaged);
          expect(Code.CORRUPT, () -> readAll(copy));
        }
      }
    }
  }

  /** The same place of another log of the same store and branch: a file from an older copy. */
  @Test
  void frameOfAnotherHistoryDoesNotFit() throws Exception {
    MemoryStore other = new MemoryStore();
    try (BranchLog log = create(other)) {
      log.append(payload(77, 40));
      for (byte[] payload : payloads.subList(1, payloads.size())) {
        log.append(payload);
        log.sync();
      }
    }
    byte[] mixed = bytes(other, FIRST_SEGMENT);
    int second = (int) addresses.get(1).offset();
    System.arraycopy(whole, second, mixed, second, whole.length - second);
    MemoryStore copy = new MemoryStore();
    plant(copy, FIRST_SEGMENT, mixed);
    StoreException e = expect(Code.CORRUPT, () -> readAll(copy));
    assertTrue(e.getMessage().contains("follows a frame with checksum"), e.getMessage());
  }

  @Test
  void newerSegmentVersionIsRefusedByName() throws Exception {
    byte[] newer = whole.clone();
    newer[4] = 2;
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(newer, 0, 60);
    for (int i = 0; i < 4; i++) {
      newer[60 + i] = (byte) (crc.getValue() >>> 8 * i);
    }
    plant(store, FIRST_SEGMENT, newer);
    StoreException e = expect(Code.VERSION_TOO_NEW, () -> readAll(store));
    assertTrue(e.getMessage().contains("version 2"), e.getMessage());
  }

  @Test
  void missingSegmentInTheMiddleIsNoticed() throws Exception {
    MemoryStore large = new MemoryStore();
    try (BranchLog log = create(large)) {
      for (int i = 0; i < 4; i++) {
        log.append(payload(i, 9_000_000));
      }
      log.sync();
      assertEquals(List.of(0L, 1L, 2L, 3L), log.segments());
    }
    large.delete("log/00000007/0000000000000002.log");
    StoreException e = expect(Code.CORRUPT, () -> readAll(large));
    assertTrue(e.getMessage().contains("later segments"), e.getMessage());
    large.delete("log/00000007/0000000000000000.log");
    try (BranchLog log = open(large)) { // old segments may be packed away
      assertEquals(1, log.start().frame());
    }
  }
}
