package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.io.ChildJvm;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads and processes add the same keys to one branch at once: each key has one winner. */
class StoreKeyRaceTest {
  private static final int KEYS = 60;

  @TempDir Path directory;

  private static TestStore open(Path directory) throws StoreException {
    return new TestStore(DirectoryStore.open(directory, OpenMode.CREATE));
  }

  /** Keys in an order that is neither theirs nor that of the hashes. */
  private static long key(int number) {
    return number * 0x9E3779B97F4A7C15L;
  }

  /** Adds all keys in order; prints those that it was the first to add. */
  static final class Writer {
    public static void main(String[] arguments) throws Exception {
      try (TestStore opened = open(Path.of(arguments[0]))) {
        for (int number : addAll(opened)) {
          System.out.println(number);
        }
      }
    }
  }

  private static List<Integer> addAll(TestStore opened) throws StoreException {
    List<Integer> won = new ArrayList<>();
    for (int number = 0; number < KEYS; number++) {
      if (add(opened, key(number))) {
        won.add(number);
      }
      if (number % 20 == 19) {
        opened.store().checkpoint("main");
      }
    }
    return won;
  }

  /** As a statement does; whoever was overtaken tries again, and then sees who was. */
  private static boolean add(TestStore opened, long key) throws StoreException {
    ColumnBuilder keys = new ColumnBuilder(TensorType.scalar(Dtype.INT64));
    keys.appendLong(key);
    ColumnBuilder nulls = new ColumnBuilder(TensorType.text());
    nulls.appendNull();
    var row = List.of(keys.column(), nulls.column(), nulls.column());
    while (true) {
      try (Transaction transaction = opened.store().begin("main");
          RootAllocator allocator = new RootAllocator()) {
        TableSnapshot table = TestStore.table(transaction.snapshot());
        new KeyCheck(table, allocator).added(row);
        transaction.append(table.schema().id(), row);
        transaction.commit();
        return true;
      } catch (StoreException e) {
        if (e.code() == Code.NOT_UNIQUE) {
          return false;
        }
        if (e.code() != Code.REF_MOVED) {
          throw e;
        }
      }
    }
  }

  @Test
  void eachKeyHasOneWinner() throws Exception {
    try (TestStore opened = open(directory)) {
      opened.createTable();
      opened.addKeys();
      List<Integer> won = new ArrayList<>();
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try (ChildJvm one = ChildJvm.start(Writer.class, directory);
          ChildJvm two = ChildJvm.start(Writer.class, directory)) {
        List<Future<List<Integer>>> ours = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          Callable<List<Integer>> all = () -> addAll(opened);
          ours.add(threads.submit(all));
        }
        for (Future<List<Integer>> each : ours) {
          won.addAll(each.get());
        }
        for (ChildJvm child : List.of(one, two)) {
          child.readAll().lines().forEach(line -> won.add(Integer.valueOf(line)));
        }
      } finally {
        threads.shutdownNow();
      }
      assertEquals(KEYS, won.size());
      assertEquals(KEYS, new HashSet<>(won).size());
      TableSnapshot table = TestStore.table(opened.store().head("main"));
      assertEquals(KEYS, table.rowCount());
      for (int number = 0; number < KEYS; number++) {
        assertEquals(1, TestStore.find(table, List.of(key(number))).length);
      }
    }
  }
}
