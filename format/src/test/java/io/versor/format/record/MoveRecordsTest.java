package io.versor.format.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.BinaryWriter;
import io.versor.format.log.FrameAddress;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Records that move a branch or its identity columns, and those of a merge whose conflicts wait.
 */
class MoveRecordsTest {
  private static final FrameAddress SEAL = new FrameAddress(2, 7, 0, 208);
  private static final FrameAddress BASE = new FrameAddress(1, 3, 0, 96);

  private static PendingMerge merge() {
    return new PendingMerge(
        Optional.of(new Seal.Parent(CommitId.of(new byte[20]), SEAL)),
        List.of(BASE),
        Optional.of(SEAL),
        Optional.of("Merge side into main"),
        List.of(
            new PendingMerge.Conflicts(
                9, 11, PendingMerge.Kind.MODIFIED, RowIds.of(new long[] {4, 5, 8})),
            new PendingMerge.Conflicts(
                9, 0, PendingMerge.Kind.DELETED_THERE, RowIds.of(new long[] {6})),
            new PendingMerge.Conflicts(
                10, 12, PendingMerge.Kind.ADDED, RowIds.of(new long[] {4}))));
  }

  private static final List<Record> RECORDS =
      List.of(
          new Record.SoftReset(SEAL),
          new Record.MergePending(merge()),
          new Record.MergePending(
              new PendingMerge(
                  Optional.empty(), List.of(), Optional.empty(), Optional.empty(), List.of())),
          new Record.ConflictsResolved(9, RowIds.of(new long[] {8})),
          new Record.NumbersDrawn(12, 1, 9, 4),
          new Record.NumbersDrawn(13, -5, Long.MIN_VALUE, Long.MIN_VALUE),
          new Record.NumbersRestarted(9, 12, -40),
          new Record.Noted(1_700_000_000_000_000L, "ada", "reset hard"));

  private static byte[] payload() {
    BinaryWriter payload = new BinaryWriter();
    RECORDS.forEach(record -> RecordCodec.write(record, payload));
    return payload.toBytes();
  }

  @Test
  void whatIsWrittenIsRead() throws StoreException {
    assertEquals(RECORDS, RecordCodec.read(payload(), "example"));
  }

  /** No flip and no cut may do anything but be refused or give other records. */
  @Test
  void damageIsRefusedOrSeen() {
    byte[] payload = payload();
    for (int bit = 0; bit < payload.length * 8; bit++) {
      byte[] damaged = payload.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      refusedOrOther(damaged, "bit " + bit);
    }
    for (int length = 0; length < payload.length; length++) {
      refusedOrOther(Arrays.copyOf(payload, length), "cut at " + length);
    }
  }

  private static void refusedOrOther(byte[] damaged, String where) {
    try {
      List<Record> read = RecordCodec.read(damaged, "example");
      assertTrue(!read.equals(RECORDS), where);
    } catch (StoreException e) {
      assertTrue(
          List.of(Code.CORRUPT, Code.VERSION_TOO_NEW).contains(e.code()),
          () -> where + ": " + e.getMessage());
    }
  }

  @Test
  void numbersGoFromTheFirstToTheLast() {
    for (Record.NumbersDrawn wrong :
        List.of(
            new Record.NumbersDrawn(12, 1, 9, 0),
            new Record.NumbersDrawn(12, 9, 1, 4),
            new Record.NumbersDrawn(12, 1, 9, -4))) {
      BinaryWriter payload = new BinaryWriter();
      RecordCodec.write(wrong, payload);
      StoreException e =
          assertThrows(StoreException.class, () -> RecordCodec.read(payload.toBytes(), "example"));
      assertEquals(Code.CORRUPT, e.code());
      assertTrue(e.getMessage().contains("numbers from "), e.getMessage());
    }
  }

  @Test
  void aKindThatIsNotKnownIsRefusedByItsNumber() {
    BinaryWriter payload = new BinaryWriter();
    payload.u8(99).varint(0);
    StoreException e =
        assertThrows(StoreException.class, () -> RecordCodec.read(payload.toBytes(), "example"));
    assertEquals(Code.VERSION_TOO_NEW, e.code());
    assertTrue(e.getMessage().contains("record kind 99"), e.getMessage());
  }

  @Test
  void aResolvedRowConflictsNoLongerInItsTable() {
    PendingMerge left = merge().resolved(9, RowIds.of(new long[] {4, 5, 6}));
    assertEquals(2, left.rows(), "row 8 of one table, row 4 of the other");
    List<Long> rows = new ArrayList<>(left.rows(9));
    assertEquals(List.of(8L), rows);
    assertEquals(1, left.without(group -> group.tableId() == 9).rows());
  }
}
