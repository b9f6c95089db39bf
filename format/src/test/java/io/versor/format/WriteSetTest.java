package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.table.IdCounters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writers clash over rows that were there for both, not over ids that each gives to new rows. */
class WriteSetTest {
  private static final long TABLE = 1L << 32;

  /** Origin 5 has given 100 rows before either began. */
  private static final IdCounters NEXT = new IdCounters(5, 100, 1, 1);

  @ParameterizedTest
  @CsvSource({
    "5, 99, 1, true", // the last old one
    "5, 100, 1, false", // the first new one
    "5, 50, 1000, true",
    "5, 100, 4294967196, false", // all that can be made
    "4, 4294967295, 1, true", // other origins are other writers'
    "4, 4294967295, 2, true",
    "6, 0, 1, true",
  })
  void rowsThatWereThereClash(long origin, long sequence, long count, boolean clashes) {
    List<Record> deleted = deleted((origin << 32) + sequence, count);
    WriteSet ours = WriteSet.ofOlder(deleted, NEXT);
    assertEquals(clashes, clash(ours, deleted));
  }

  @Test
  void aRunThatBeginsAndEndsUnderOtherOriginsClashesAtBothEnds() {
    long last = (4L << 32) + 0xFFFF_FFFFL;
    List<Record> all = deleted(last, 2 + (1L << 32));
    WriteSet ours = WriteSet.ofOlder(all, NEXT);
    assertTrue(clash(ours, deleted(last, 1)));
    assertFalse(clash(ours, deleted((5L << 32) + 100, 1)));
    assertTrue(clash(ours, deleted(6L << 32, 1)));
  }

  @Test
  void anOriginThatIsUsedUpMakesNoMoreRows() {
    IdCounters full = new IdCounters(5, IdCounters.MAX_SEQUENCE, 1, 1);
    List<Record> deleted = deleted((5L << 32) + 7, 1);
    assertTrue(clash(WriteSet.ofOlder(deleted, full), deleted));
  }

  private static boolean clash(WriteSet ours, List<Record> theirs) {
    return ours.clash(WriteSet.of(theirs)).isPresent();
  }

  private static List<Record> deleted(long first, long count) {
    return List.of(new Record.RowsDeleted(TABLE, RowIds.run(first, count)));
  }
}
