package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Identity;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers of identity columns: none is given twice on a branch, whatever happens to it. */
class StoreIdentityTest {
  private static final String MAIN = Store.MAIN;
  private static final Identity UP = new Identity(true, 1, 1);

  private final MemoryStore objects = new MemoryStore();
  private TestStore opened;
  private long table;

  @BeforeEach
  void create() throws StoreException {
    opened = new TestStore(objects);
    table = opened.createList(MAIN, "list", UP);
  }

  @AfterEach
  void close() throws StoreException {
    opened.close();
  }

  private long append(String branch) throws StoreException {
    return opened.appendToList(branch, table, 0);
  }

  private List<Long> drawn(String branch) throws StoreException {
    return opened.drawn(opened.store().head(branch).findTable(table).orElseThrow());
  }

  private void commit(String branch) throws StoreException {
    StoreScript.commit(opened, branch, "a commit");
  }

  @Test
  void numbersGoOnBehindAllThatWasGivenOut() throws StoreException {
    assertEquals(1, append(MAIN));
    opened.reopen();
    assertEquals(2, append(MAIN));
    commit(MAIN);
    assertEquals(3, append(MAIN));
    opened.store().resetBranch(MAIN);
    assertEquals(4, append(MAIN));
    opened.store().checkpoint(MAIN);
    opened.reopen();
    assertEquals(5, append(MAIN));
    opened.store().resetBranch(MAIN, MAIN, ResetMode.HARD, "ann");
    opened.store().checkpoint(MAIN);
    opened.reopen();
    assertEquals(6, append(MAIN));
    assertEquals(List.of(1L, 2L, 6L), drawn(MAIN));
  }

  @Test
  void aColumnThatWasAwayGoesOnWhereItWas() throws StoreException {
    append(MAIN);
    append(MAIN);
    commit(MAIN);
    try (Transaction transaction = opened.store().begin(MAIN)) {
      transaction.dropTable(table);
      transaction.commit();
    }
    opened.store().checkpoint(MAIN);
    opened.reopen();
    opened.store().resetBranch(MAIN);
    assertEquals(3, append(MAIN));
  }

  @Test
  void abandonedNumbersLeaveGaps() throws StoreException {
    try (Transaction transaction = opened.store().begin(MAIN)) {
      assertEquals(1, TestStore.appendToList(transaction, table, 0));
      Transaction.Mark mark = transaction.mark();
      assertEquals(2, TestStore.appendToList(transaction, table, 0));
      transaction.rollbackTo(mark);
      assertEquals(3, TestStore.appendToList(transaction, table, 0));
    }
    assertEquals(4, append(MAIN));
  }

  @Test
  void transactionsOfOneProcessDrawDifferentNumbersAndBothGetIn() throws StoreException {
    try (Transaction one = opened.store().begin(MAIN);
        Transaction two = opened.store().begin(MAIN)) {
      assertEquals(1, TestStore.appendToList(one, table, 0));
      assertEquals(2, TestStore.appendToList(two, table, 0));
      assertEquals(3, TestStore.appendToList(one, table, 0));
      two.commit();
      one.commit();
    }
    assertEquals(4, append(MAIN));
    assertEquals(List.of(2L, 1L, 3L, 4L), drawn(MAIN));
    opened.reopen();
    assertEquals(5, append(MAIN));
  }

  @Test
  void threadsDrawDifferentNumbers() throws Exception {
    int threads = 4;
    int each = 50;
    List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int n = 0; n < each; n++) {
                    numbers.add(append(MAIN));
                  }
                } catch (StoreException | RuntimeException e) {
                  failures.add(e);
                }
              });
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    assertEquals(List.of(), failures);
    assertEquals(threads * each, new HashSet<>(numbers).size());
    assertEquals(new HashSet<>(numbers), new HashSet<>(drawn(MAIN)));
    assertEquals(threads * each + 1, append(MAIN));
  }

  /** A second store on the same objects is what another process is. */
  @Test
  void aProcessThatDrewTheSameNumbersIsRefused() throws StoreException {
    try (TestStore other = new TestStore(objects)) {
      try (Transaction one = opened.store().begin(MAIN);
          Transaction two = other.store().begin(MAIN)) {
        assertEquals(1, TestStore.appendToList(one, table, 0));
        assertEquals(1, TestStore.appendToList(two, table, 0));
        one.commit();
        StoreException e = assertThrows(StoreException.class, two::commit);
        assertEquals(Code.REF_MOVED, e.code());
        assertTrue(e.getMessage().contains("drew the numbers from 1 to 1"), e.getMessage());
      }
      assertEquals(4, other.appendToList(MAIN, table, 0), "and leaves room the next time");
      assertEquals(5, append(MAIN));
      assertEquals(List.of(1L, 4L, 5L), drawn(MAIN));
    }
  }

  @Test
  void aProcessThatDrewOtherNumbersMeanwhileGetsIn() throws StoreException {
    try (TestStore other = new TestStore(objects);
        Transaction late = other.store().begin(MAIN)) {
      append(MAIN);
      append(MAIN);
      assertEquals(3, TestStore.appendToList(late, table, 0), "behind what is there by now");
      late.commit();
      assertEquals(4, append(MAIN));
    }
  }

  @Test
  void aBranchGoesOnFromWhereItStarts() throws StoreException {
    append(MAIN);
    commit(MAIN);
    append(MAIN);
    opened
        .store()
        .createBranch("at", BranchStart.ofCommit(opened.store().branch(MAIN).head().orElseThrow()));
    opened.store().createBranch("with", BranchStart.withChanges(MAIN));
    assertEquals(2, append("at"));
    assertEquals(3, append("with"));
    assertEquals(3, append(MAIN));
    opened.store().checkpoint("with");
    opened.reopen();
    assertEquals(3, append("at"));
    assertEquals(4, append("with"));
    assertEquals(4, append(MAIN));
  }

  @Test
  void aMergeGoesOnBehindBoth() throws StoreException {
    append(MAIN);
    commit(MAIN);
    opened
        .store()
        .createBranch(
            "side", BranchStart.ofCommit(opened.store().branch(MAIN).head().orElseThrow()));
    for (int i = 0; i < 5; i++) {
      append("side");
    }
    commit("side");
    append(MAIN);
    commit(MAIN);
    MergeRequest request =
        new MergeRequest("side", MAIN, MergeRequest.Strategy.FAIL, Optional.empty(), "ann", false);
    try (TestStore other = new TestStore(objects);
        Transaction meanwhile = other.store().begin(MAIN)) {
      assertEquals(3, TestStore.appendToList(meanwhile, table, 0));
      opened.store().merge(request);
      StoreException e = assertThrows(StoreException.class, meanwhile::commit);
      assertEquals(Code.REF_MOVED, e.code(), "the side has given out 3");
    }
    assertEquals(7, append(MAIN));
    assertEquals(7, append("side"));
  }

  /** A restart may lead to a number that the steps from here would pass over. */
  @Test
  void aMergeGoesOnWhereARestartLed() throws StoreException {
    long steps = opened.createList(MAIN, "steps", new Identity(true, 2, -3));
    commit(MAIN);
    opened
        .store()
        .createBranch(
            "side", BranchStart.ofCommit(opened.store().branch(MAIN).head().orElseThrow()));
    try (Transaction transaction = opened.store().begin("side")) {
      transaction.restartNumbers(steps, TestStore.identityColumn(transaction, steps), 1);
      transaction.commit();
    }
    append("side");
    commit("side");
    opened
        .store()
        .merge(
            new MergeRequest(
                "side", MAIN, MergeRequest.Strategy.FAIL, Optional.empty(), "ann", false));
    assertEquals(1, opened.appendToList(MAIN, steps, 0));
    assertEquals(-2, opened.appendToList(MAIN, steps, 0));
  }

  @Test
  void restartingConflictsWithWhoeverWritesTheTable() throws StoreException {
    append(MAIN);
    try (Transaction writer = opened.store().begin(MAIN);
        Transaction restarting = opened.store().begin(MAIN)) {
      assertEquals(2, TestStore.appendToList(writer, table, 0));
      restarting.restartNumbers(table, TestStore.identityColumn(restarting, table), 50);
      assertEquals(50, TestStore.appendToList(restarting, table, 0));
      restarting.commit();
      StoreException e = assertThrows(StoreException.class, writer::commit);
      assertEquals(Code.REF_MOVED, e.code());
    }
    assertEquals(51, append(MAIN));
    restart(3);
    assertEquals(3, append(MAIN));
    opened.store().checkpoint(MAIN);
    opened.reopen();
    assertEquals(4, append(MAIN));
  }

  private void restart(long next) throws StoreException {
    try (Transaction transaction = opened.store().begin(MAIN)) {
      transaction.restartNumbers(table, TestStore.identityColumn(transaction, table), next);
      transaction.commit();
    }
  }

  /** Columns that two processes make get the same ids until one of them is first. */
  @Test
  void tablesMadeAtTheSameTimeNumberTheirOwnRows() throws StoreException {
    try (TestStore other = new TestStore(objects);
        Transaction one = opened.store().begin(MAIN);
        Transaction two = other.store().begin(MAIN)) {
      long first = made(one, "one", 10);
      long second = made(two, "two", 20);
      assertEquals(first, second);
      assertEquals(10, TestStore.appendToList(one, first, 0));
      assertEquals(11, TestStore.appendToList(one, first, 0));
      assertEquals(20, TestStore.appendToList(two, second, 0));
      one.commit();
      two.commit();
    }
    for (String name : List.of("one", "two")) {
      long id = opened.store().head(MAIN).findTable(name).orElseThrow().schema().id();
      assertEquals(name.equals("one") ? 12 : 21, opened.appendToList(MAIN, id, 0));
    }
  }

  private static long made(Transaction transaction, String name, long start) throws StoreException {
    TensorType type = TensorType.scalar(Dtype.INT64);
    Identity identity = new Identity(false, start, 1);
    Column id = Column.of("id", type).notNull().withIdentity(Optional.of(identity));
    return transaction.createTable(TableSchema.of(name, List.of(Column.of("number", type), id)));
  }

  @Test
  void everyIntegerHasItsEnds() throws StoreException {
    for (Dtype dtype : Dtype.values()) {
      TensorType type =
          dtype.isNumber() && !dtype.isFloat() ? TensorType.scalar(dtype) : TensorType.text();
      if (dtype == Dtype.BOOL || !Identity.suits(type)) {
        continue;
      }
      ends(type, Identity.most(type), 1);
      ends(type, Identity.least(type), -1);
      ends(type, Identity.most(type), Long.MAX_VALUE);
      ends(type, Identity.least(type), Long.MIN_VALUE);
    }
  }

  /** The last number is given out, and nothing behind it. */
  private void ends(TensorType type, long last, long increment) throws StoreException {
    long start = Math.abs(increment) == 1 ? last - increment : last;
    Identity identity = new Identity(true, start, increment);
    try (Transaction transaction = opened.store().begin(MAIN)) {
      long made =
          transaction.createTable(
              TableSchema.of(
                  "ends",
                  List.of(Column.of("id", type).notNull().withIdentity(Optional.of(identity)))));
      long column =
          transaction.snapshot().findTable(made).orElseThrow().schema().columns().get(0).id();
      StoreException e =
          assertThrows(StoreException.class, () -> transaction.drawNumbers(made, column, 3));
      assertEquals(Code.NUMBERS_EXHAUSTED, e.code());
      int count = start == last ? 1 : 2;
      assertEquals(start, transaction.drawNumbers(made, column, count));
      e = assertThrows(StoreException.class, () -> transaction.drawNumbers(made, column, 1));
      assertEquals(Code.NUMBERS_EXHAUSTED, e.code());
    }
  }
}
