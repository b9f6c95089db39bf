package io.versor.format;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.history.Transacted;
import io.versor.format.history.Transacted.Operation;
import io.versor.format.history.Transacted.Outcome;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs transactions on lists and tells what it saw. Lists of keys below {@link #BORN} are texts of
 * one row each, which writers change, so they may meet; lists of others are rows one behind the
 * other, so they may not.
 */
final class HistoryWorker {
  static final int KEYS = 5;
  static final int BORN = 100;

  /** More than one client ever appends. */
  private static final int VALUES_OF_A_CLIENT = 100_000;

  private final TestStore opened;
  private final int client;
  private final Random random;
  private final Consumer<String> out;
  private int next;

  HistoryWorker(TestStore opened, int client, Consumer<String> out) {
    this.opened = opened;
    this.client = client;
    this.random = new Random(client);
    this.out = out;
    this.next = client * VALUES_OF_A_CLIENT;
  }

  /** In a process of its own. */
  public static void main(String[] arguments) throws Exception {
    try (TestStore opened =
        new TestStore(DirectoryStore.open(Path.of(arguments[0]), OpenMode.WRITE))) {
      new HistoryWorker(opened, Integer.parseInt(arguments[1]), System.out::println)
          .run(arguments[2], Integer.parseInt(arguments[3]));
    }
  }

  /** The rows whose texts are lists. */
  static void prepare(TestStore opened) throws StoreException {
    opened.createTable();
    List<Long> keys = new ArrayList<>();
    List<String[]> rows = new ArrayList<>();
    for (long key = 0; key < KEYS; key++) {
      keys.add(key);
      rows.add(new String[] {"", null});
    }
    opened.insert(Store.MAIN, keys, rows);
    StoreScript.commit(opened, Store.MAIN, "prepared");
  }

  void run(String branch, int transactions) throws Exception {
    for (int i = 0; i < transactions; i++) {
      switch (random.nextInt(12)) {
        case 0 -> maintain(branch);
        case 1, 2 -> merge(branch);
        case 3, 4 -> read(branch);
        default -> write(branch);
      }
    }
  }

  static Map<Integer, List<Integer>> lists(TestStore opened, Snapshot snapshot)
      throws StoreException {
    Map<Integer, List<Integer>> lists = new TreeMap<>();
    for (String line : opened.lines(snapshot)) {
      int equals = line.indexOf('=');
      int key = Integer.parseInt(line.substring(0, equals));
      String text = line.substring(equals + 1, line.indexOf(','));
      List<Integer> list = lists.computeIfAbsent(key, k -> new ArrayList<>());
      if (!text.isEmpty()) {
        Arrays.stream(text.split(" ")).map(Integer::valueOf).forEach(list::add);
      }
    }
    return lists;
  }

  private void tell(long begun, Outcome outcome, List<Operation> operations) {
    out.accept(new Transacted(client, begun, System.nanoTime(), outcome, operations).line());
  }

  private Operation read(Map<Integer, List<Integer>> lists, int key) {
    return new Operation(false, key, lists.getOrDefault(key, List.of()));
  }

  private int anyKey() {
    return random.nextInt(3) == 0 ? BORN + random.nextInt(2) : random.nextInt(KEYS);
  }

  /** Reads, waits while others write and clear up, and reads again. */
  private void read(String branch) throws Exception {
    long begun = System.nanoTime();
    List<Operation> operations = new ArrayList<>();
    Snapshot snapshot = opened.store().head(branch);
    int key = anyKey();
    operations.add(read(lists(opened, snapshot), key));
    Thread.sleep(random.nextInt(20));
    Map<Integer, List<Integer>> again = lists(opened, snapshot);
    operations.add(read(again, key));
    for (int other = 0; other < KEYS; other++) {
      operations.add(read(again, other));
    }
    operations.add(read(again, BORN));
    operations.add(read(again, BORN + 1));
    tell(begun, Outcome.COMMITTED, operations);
  }

  /** Reads and appends, several times to one list now and then; some are taken back. */
  private void write(String branch) throws Exception {
    long begun = System.nanoTime();
    List<Operation> operations = new ArrayList<>();
    List<Long> rows = new ArrayList<>();
    Outcome outcome = Outcome.COMMITTED;
    try (Transaction transaction = opened.store().begin(branch)) {
      int steps = 1 + random.nextInt(4);
      for (int i = 0; i < steps; i++) {
        int key = anyKey();
        operations.add(read(lists(opened, transaction.snapshot()), key));
        if (random.nextBoolean() || i == 0) {
          append(transaction, key, operations, rows);
        }
        if (random.nextInt(4) == 0) {
          Thread.sleep(random.nextInt(4));
        }
      }
      if (random.nextInt(8) == 0) {
        outcome = Outcome.ABORTED;
      } else {
        transaction.commit();
        for (long row : rows) {
          out.accept("row " + transaction.committedRowId(row));
        }
      }
    } catch (StoreException e) {
      if (e.code() != Code.REF_MOVED) {
        throw e;
      }
      outcome = Outcome.ABORTED;
      tell(begun, outcome, operations);
      out.accept("refused " + begun + " " + System.nanoTime() + " " + e.getMessage());
      return;
    }
    tell(begun, outcome, operations);
  }

  private void append(Transaction transaction, int key, List<Operation> operations, List<Long> rows)
      throws StoreException {
    int value = next++;
    TableSnapshot table = TestStore.table(transaction.snapshot());
    if (key >= BORN) {
      rows.add(
          transaction.append(
              table.schema().id(),
              TestStore.columns(
                  List.of((long) key), List.<String[]>of(new String[] {"" + value, null}))));
    } else {
      List<Integer> list = lists(opened, transaction.snapshot()).getOrDefault(key, List.of());
      ColumnBuilder text = new ColumnBuilder(TensorType.text());
      StringBuilder longer = new StringBuilder();
      list.forEach(each -> longer.append(each).append(' '));
      text.appendText(longer.append(value).toString());
      transaction.update(
          table.schema().id(),
          table.schema().columns().get(1).id(),
          new long[] {table.rowIdAt(key).getAsLong()},
          text.column());
    }
    operations.add(Operation.append(key, value));
  }

  /** Rows that come to a branch by a merge, all at once. */
  private void merge(String branch) throws StoreException {
    Store store = opened.store();
    String side = "side" + next;
    long begun = System.nanoTime();
    List<Operation> operations = new ArrayList<>();
    Outcome outcome = Outcome.ABORTED;
    try {
      store.createBranch(side, BranchStart.ofCommit(store.branch(branch).head().orElseThrow()));
    } catch (StoreException e) {
      expectBusy(e);
      tell(begun, outcome, operations);
      return;
    }
    try {
      try (Transaction transaction = store.begin(side)) {
        append(transaction, BORN, operations, new ArrayList<>());
        append(transaction, BORN + 1, operations, new ArrayList<>());
        transaction.commitVersion(CommitRequest.of("side", "ann"));
      }
      commit(branch);
      StoreScript.merge(opened, side, branch);
      outcome = Outcome.COMMITTED;
    } catch (StoreException e) {
      expectBusy(e);
    } finally {
      tell(begun, outcome, operations);
      store.dropBranch(side, DropMode.FORCE);
    }
  }

  private void commit(String branch) throws StoreException {
    if (opened.store().hasChanges(branch)) {
      StoreScript.commit(opened, branch, "by " + client);
    }
  }

  /** Others are at it, or have just been. */
  private static void expectBusy(StoreException e) throws StoreException {
    if (e.code() != Code.REF_MOVED
        && e.code() != Code.WRONG_STATE
        && e.code() != Code.NOTHING_TO_COMMIT) {
      throw e;
    }
  }

  private void maintain(String branch) throws StoreException {
    try {
      switch (random.nextInt(4)) {
        case 0 -> opened.store().checkpoint(branch);
        case 1 ->
            opened.store().optimize(branch, TestStore.schema(opened.store().head(branch)).id());
        case 2 -> opened.store().vacuum(Duration.ZERO, false);
        default -> commit(branch);
      }
    } catch (StoreException e) {
      expectBusy(e);
    }
  }
}
