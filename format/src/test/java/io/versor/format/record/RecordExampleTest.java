package io.versor.format.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.versor.format.io.BinaryWriter;
import io.versor.format.io.FormatText;
import io.versor.format.log.FrameAddress;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example of the specification: rows deleted, and a commit of it. */
class RecordExampleTest {
  private static final long ORIGIN = 1L << 32;
  private static final FrameAddress FIRST = new FrameAddress(1, 2, 0, 208);
  private static final CommitId PARENT = CommitId.of(new byte[20]);

  private static byte[] pending() {
    BinaryWriter payload = new BinaryWriter();
    long[] rows = {ORIGIN + 3, ORIGIN + 4, ORIGIN + 9};
    RecordCodec.write(new Record.RowsDeleted(ORIGIN, RowIds.of(rows)), payload);
    return payload.toBytes();
  }

  private static Seal seal() {
    CommitId id =
        CommitHash.id(
            List.of(PARENT),
            1,
            CommitHash.start(),
            pending(),
            "ada",
            1_700_000_000_000_000L,
            Optional.of("fewer"),
            Map.of());
    return new Seal(
        id,
        List.of(new Seal.Parent(PARENT, FIRST)),
        2,
        1,
        Optional.of(new Seal.Jump(FIRST, 0)),
        "ada",
        1_700_000_000_000_000L,
        Optional.of("fewer"),
        List.of(new Seal.TableChange(ORIGIN, 0, 0, 3, Optional.of(FIRST))),
        Map.of());
  }

  private static byte[] payload() {
    BinaryWriter payload = new BinaryWriter();
    payload.raw(pending());
    RecordCodec.write(new Record.Sealed(seal()), payload);
    return payload.toBytes();
  }

  @Test
  void theSpecificationShowsWhatIsWritten() throws Exception {
    FormatText.assertContains(FormatText.dump(payload()));
    FormatText.assertContains(seal().id().hex());
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    List<Record> records = RecordCodec.read(payload(), "example");
    assertEquals(2, records.size());
    assertArrayEquals(
        new long[] {ORIGIN + 3, ORIGIN + 4, ORIGIN + 9},
        ((Record.RowsDeleted) records.get(0)).rows().toArray());
    assertEquals(seal(), ((Record.Sealed) records.get(1)).seal());
  }

  /** No flip and no cut may do anything but be refused or give other records. */
  @Test
  void damageIsRefusedOrSeen() throws Exception {
    byte[] good = payload();
    List<Record> expected = RecordCodec.read(good, "example");
    for (int length = 1; length < good.length; length++) {
      if (length != pending().length) {
        byte[] cut = Arrays.copyOf(good, length);
        assertThrows(StoreException.class, () -> RecordCodec.read(cut, "example"));
      }
    }
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] flipped = good.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        List<Record> read = RecordCodec.read(flipped, "example");
        assertEquals(false, read.equals(expected) && !sameBytes(read, good), "bit " + bit);
      } catch (StoreException e) {
        // refused, as it should be
      }
    }
  }

  private static boolean sameBytes(List<Record> records, byte[] bytes) {
    BinaryWriter payload = new BinaryWriter();
    records.forEach(record -> RecordCodec.write(record, payload));
    return Arrays.equals(payload.toBytes(), bytes);
  }

  @Test
  void unknownRecordsAreNamed() {
    byte[] unknown = {99, 0};
    StoreException refused =
        assertThrows(StoreException.class, () -> RecordCodec.read(unknown, "log/1 frame 7"));
    assertEquals(StoreException.Code.VERSION_TOO_NEW, refused.code());
  }
}
