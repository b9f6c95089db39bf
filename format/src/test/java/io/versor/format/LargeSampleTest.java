package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.io.MemoryStore;
import io.versor.format.type.Column;
import io.versor.format.type.Htype;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** Encoded sounds of 20 KB, hundreds in a chunk: few of them are read without the others. */
class LargeSampleTest {
  private static final TensorType SOUND = TensorType.media(Htype.AUDIO, Optional.empty());
  private static final int ROWS = 600;
  private static final long PORTION = 3 << 20;

  private final List<byte[]> expected = new ArrayList<>();

  @Test
  void anyFewRowsAreTheOnesWritten() throws Exception {
    Random random = new Random(5);
    try (Store store = Store.open(new MemoryStore(), StoreOptions.defaults());
        RootAllocator allocator = new RootAllocator()) {
      long table = fill(store, random);
      store.checkpoint(Store.MAIN);
      replace(store, table, random, 17);
      replace(store, table, random, 300);
      for (int i = 0; i < 60; i++) {
        check(store, allocator, some(random, 1 + random.nextInt(12)));
      }
      check(store, allocator, some(random, ROWS));
      store.checkpoint(Store.MAIN);
      check(store, allocator, new long[] {16, 17, 18, 299, 300, 301});
      assertEquals(0, allocator.getAllocatedMemory());
    }
  }

  /**
   * All of them take 12 MB; what was written over and what is not in a chunk yet has to be copied.
   */
  @Test
  void aScanTakesNoMoreThanAPortion() throws Exception {
    Random random = new Random(6);
    try (Store store = Store.open(new MemoryStore(), StoreOptions.defaults());
        RootAllocator allocator = new RootAllocator(PORTION)) {
      long table = fill(store, random);
      assertEquals(ROWS, scanned(store, allocator));
      store.checkpoint(Store.MAIN);
      assertEquals(ROWS, scanned(store, allocator));
      for (int row : new int[] {0, 17, 300, 301, ROWS - 1}) {
        replace(store, table, random, row);
      }
      assertEquals(ROWS, scanned(store, allocator));
      store.checkpoint(Store.MAIN);
      assertEquals(ROWS, scanned(store, allocator));
    }
  }

  private int scanned(Store store, RootAllocator allocator) throws Exception {
    TableSnapshot table = store.head(Store.MAIN).findTable("t").orElseThrow();
    ScanRequest request = ScanRequest.of(List.of(table.schema().columns().get(0).id()));
    int seen = 0;
    try (TableScan scan = table.openScan(request, allocator)) {
      while (scan.next()) {
        for (int row = 0; row < scan.length(); row++) {
          assertArrayEquals(expected.get(seen++), scan.column(0).bytesAt(row));
        }
      }
    }
    return seen;
  }

  private long fill(Store store, Random random) throws Exception {
    ColumnBuilder builder = new ColumnBuilder(SOUND);
    for (int i = 0; i < ROWS; i++) {
      expected.add(sample(random));
      append(builder, expected.get(i));
    }
    try (Transaction transaction = store.begin(Store.MAIN)) {
      long table = transaction.createTable(TableSchema.of("t", List.of(Column.of("x", SOUND))));
      transaction.append(table, List.of(builder.column()));
      transaction.commit();
      return table;
    }
  }

  private static byte[] sample(Random random) {
    byte[] sample = new byte[15_000 + random.nextInt(10_000)];
    random.nextBytes(sample);
    return sample;
  }

  private static void append(ColumnBuilder builder, byte[] sample) throws Exception {
    builder.appendSample(sample, 0, sample.length, new int[] {sample.length, 1});
  }

  private void replace(Store store, long table, Random random, int row) throws Exception {
    expected.set(row, sample(random));
    ColumnBuilder builder = new ColumnBuilder(SOUND);
    append(builder, expected.get(row));
    try (Transaction transaction = store.begin(Store.MAIN)) {
      TableSnapshot snapshot = transaction.snapshot().findTable(table).orElseThrow();
      transaction.update(
          table,
          snapshot.schema().columns().get(0).id(),
          new long[] {snapshot.rowIdAt(row).orElseThrow()},
          builder.column());
      transaction.commit();
    }
  }

  private static long[] some(Random random, int count) {
    List<Long> rows = new ArrayList<>();
    for (long i = 0; i < ROWS; i++) {
      rows.add(i);
    }
    Collections.shuffle(rows, random);
    return rows.stream().limit(count).mapToLong(Long::longValue).toArray();
  }

  private void check(Store store, RootAllocator allocator, long[] rows) throws Exception {
    TableSnapshot table = store.head(Store.MAIN).findTable("t").orElseThrow();
    long[] ids = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      ids[i] = table.rowIdAt(rows[i]).orElseThrow();
    }
    long[] sorted = rows.clone();
    Arrays.sort(sorted);
    int seen = 0;
    ScanRequest request =
        ScanRequest.of(List.of(table.schema().columns().get(0).id())).withRowIds(ids);
    try (TableScan scan = table.openScan(request, allocator)) {
      while (scan.next()) {
        for (int i = 0; i < scan.selected(); i++) {
          int row = scan.selection() == null ? i : scan.selection()[i];
          byte[] wanted = expected.get((int) sorted[seen]);
          assertEquals(sorted[seen], scan.indexes().longAt(row));
          assertArrayEquals(wanted, scan.column(0).bytesAt(row));
          assertArrayEquals(new int[] {wanted.length, 1}, scan.column(0).shapeAt(row));
          seen++;
        }
      }
    }
    assertEquals(rows.length, seen);
  }
}
