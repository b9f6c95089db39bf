package io.versor.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans carried out by several threads: errors, stops, budgets, and memory that comes back. */
@Timeout(60)
class ParallelTest {
  private static final int ROWS = 20_000;
  private static final int GROUPS = 50;
  private static final int THREADS = 3;
  private static final TensorType LONG = TensorType.scalar(Dtype.INT64);
  private static final TensorType DOUBLE = TensorType.scalar(Dtype.FLOAT64);

  private ExecStore store;

  @BeforeEach
  void fill() throws StoreException {
    store = new ExecStore(List.of(LONG, DOUBLE, TensorType.text()));
    Random random = new Random(5);
    ColumnBuilder numbers = new ColumnBuilder(LONG);
    ColumnBuilder doubles = new ColumnBuilder(DOUBLE);
    ColumnBuilder texts = new ColumnBuilder(TensorType.text());
    for (long i = 0; i < ROWS; i++) {
      numbers.appendLong(i % GROUPS);
      doubles.appendDouble(random.nextDouble());
      texts.appendText("text " + i);
    }
    store.insert(List.of(numbers.column(), doubles.column(), texts.column()));
    store.share(1_000);
  }

  @AfterEach
  void nothingIsLeft() throws StoreException {
    assertEquals(0, store.usedBytes());
    store.close();
  }

  private RelNode grouped(RelNode input, int key, SqlAggFunction function, int argument) {
    RexNode ref = store.rex.makeInputRef(input, argument);
    AggregateCall call =
        AggregateCall.create(
            function,
            false,
            false,
            false,
            List.of(),
            List.of(argument),
            -1,
            null,
            RelCollations.EMPTY,
            store.factory.createTypeWithNullability(ref.getType(), true),
            "x");
    return LogicalAggregate.create(input, List.of(), ImmutableBitSet.of(key), null, List.of(call));
  }

  /** The greatest of the numbers divided by what some rows have as zero. */
  private RelNode dividing() {
    RelNode scan = store.scan();
    RexNode number = store.rex.makeInputRef(scan, 0);
    RelNode project =
        LogicalProject.create(
            scan,
            List.of(),
            List.of(number, store.rex.makeCall(SqlStdOperatorTable.DIVIDE, number, number)),
            List.of("a", "b"),
            Set.<CorrelationId>of());
    return grouped(project, 0, SqlStdOperatorTable.MAX, 1);
  }

  /** Of rows joined with the first of each number that is even, by which one may be left out. */
  private RelNode joined(JoinRelType kind) {
    RelNode scan = store.scan();
    RexNode number = store.rex.makeInputRef(scan, 0);
    RexNode few =
        store.rex.makeCall(
            SqlStdOperatorTable.LESS_THAN,
            number,
            store.rex.makeExactLiteral(BigDecimal.valueOf(GROUPS / 2)));
    RelNode kept = grouped(LogicalFilter.create(store.scan(), few), 0, SqlStdOperatorTable.MIN, 2);
    RexNode equal =
        store.rex.makeCall(
            SqlStdOperatorTable.EQUALS, number, store.rex.makeInputRef(number.getType(), 3));
    RelNode join = LogicalJoin.create(scan, kept, List.of(), equal, Set.of(), kind);
    return grouped(join, kind.projectsRight() ? 4 : 0, SqlStdOperatorTable.SUM, 1);
  }

  @Test
  void joinsOfPartsShareWhatIsKept() throws Exception {
    for (JoinRelType kind :
        List.of(JoinRelType.INNER, JoinRelType.LEFT, JoinRelType.SEMI, JoinRelType.ANTI)) {
      store.share(1_000);
      List<List<Object>> shared = store.rows(joined(kind));
      store.share(0);
      List<List<Object>> alone = store.rows(joined(kind));
      assertEquals(kind == JoinRelType.LEFT ? GROUPS / 2 + 1 : GROUPS / 2, alone.size());
      for (int i = 0; i < alone.size(); i++) {
        assertEquals(alone.get(i).get(0), shared.get(i).get(0));
        assertEquals((double) alone.get(i).get(1), (double) shared.get(i).get(1), 1e-6);
      }
      assertEquals(0, store.usedBytes());
    }
  }

  @Test
  void threadsShareTheWorkAndSumsOfFloatsAreTheSameEachTime() throws Exception {
    RelNode plan = grouped(store.scan(), 0, SqlStdOperatorTable.SUM, 1);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Set<List<?>> results = ConcurrentHashMap.newKeySet();
    for (int run = 0; run < 20 || (threads.size() < 2 && run < 2_000); run++) {
      try (ExecContext context =
              store.openContext(1 << 28, () -> threads.add(Thread.currentThread()));
          BatchOperator operator = store.open(plan, context)) {
        List<List<Object>> rows = new ArrayList<>();
        while (operator.next()) {
          RowObjects.addAll(operator, rows);
        }
        results.add(rows);
        assertEquals(GROUPS, rows.size());
        assertEquals(0L, rows.get(0).get(0)); // in the order in which groups appear
        assertEquals(7L, rows.get(7).get(0));
      }
    }
    assertTrue(threads.size() >= 2, "one thread did it all, 2,000 times");
    assertEquals(1, results.size());
  }

  @Test
  void whatStatisticsShowToComeLaterIsNotRead() throws Exception {
    int chunk = 1 << 16;
    int chunks = 8;
    try (ExecStore large = new ExecStore(List.of(LONG))) {
      ColumnBuilder rising = new ColumnBuilder(LONG);
      for (long i = 0; i < chunks * chunk; i++) {
        rising.appendLong(i);
      }
      large.insert(List.of(rising.column()));
      large.checkpoint();
      large.share(chunk);
      RelNode top =
          LogicalSort.create(
              large.scan(),
              RelCollations.of(new RelFieldCollation(0, Direction.DESCENDING, NullDirection.LAST)),
              null,
              large.rex.makeExactLiteral(BigDecimal.TEN));
      List<List<?>> rows = new ArrayList<>(large.rows(top));
      assertEquals(10, rows.size());
      assertEquals(List.of((long) chunks * chunk - 1), rows.get(0));
      // The threads may have begun with as many chunks before the first one has shown its rows.
      assertTrue(large.read.get() <= THREADS + 1, large.read + " chunks read");
    }
  }

  @Test
  void statisticsOfAJoinsColumnsAreNotThoseOfTheLeafs() throws Exception {
    store.checkpoint();
    RelNode scan = store.scan();
    // Column 4 of the join is the second doubles of the right side: no column of the leaf.
    RelNode join =
        LogicalJoin.create(
            scan,
            grouped(store.scan(), 0, SqlStdOperatorTable.MAX, 1),
            List.of(),
            store.rex.makeCall(
                SqlStdOperatorTable.EQUALS,
                store.rex.makeInputRef(scan, 0),
                store.rex.makeInputRef(scan.getRowType().getFieldList().get(0).getType(), 3)),
            Set.<CorrelationId>of(),
            JoinRelType.INNER);
    RelNode top =
        LogicalSort.create(
            join,
            RelCollations.of(
                new RelFieldCollation(4, Direction.DESCENDING, NullDirection.LAST),
                new RelFieldCollation(2, Direction.ASCENDING, NullDirection.LAST)),
            null,
            store.rex.makeExactLiteral(BigDecimal.TEN));
    store.share(0);
    List<List<?>> expected = new ArrayList<>(store.rows(top));
    store.share(1_000);
    assertEquals(expected, new ArrayList<List<?>>(store.rows(top)));
  }

  @Test
  void anErrorOfARowEndsThePlanAsOnOneThread() {
    RelNode plan = dividing();
    store.share(0);
    String one = assertThrows(RuntimeException.class, () -> store.rows(plan)).getMessage();
    store.share(1_000);
    for (int run = 0; run < 20; run++) {
      assertEquals(one, assertThrows(RuntimeException.class, () -> store.rows(plan)).getMessage());
    }
  }

  @Test
  void whoIsStoppedReturnsWithTheMemoryOfAllThreads() throws Exception {
    RelNode plan = grouped(store.scan(), 2, SqlStdOperatorTable.MAX, 2);
    for (int after = 0; after < 30; after++) {
      AtomicInteger asked = new AtomicInteger();
      int most = after;
      ExecContext.Check stop =
          () -> {
            if (asked.incrementAndGet() > most) {
              throw new StoreException(Code.CANCELLED, "stopped");
            }
          };
      try (ExecContext context = store.openContext(1 << 28, stop);
          BatchOperator operator = store.open(plan, context)) {
        if (after < 20) {
          StoreException told = assertThrows(StoreException.class, operator::next);
          assertEquals(Code.CANCELLED, told.code());
          assertEquals("stopped", told.getMessage());
        } else {
          try {
            operator.next();
          } catch (StoreException e) {
            assertEquals(Code.CANCELLED, e.code());
          }
        }
      }
      assertEquals(0, store.usedBytes());
    }
  }

  @Test
  void groupsForWhichThereIsNoRoomComeFromTheDisk() throws Exception {
    RelNode plan = grouped(store.scan(), 2, SqlStdOperatorTable.MAX, 2);
    Set<List<@Nullable Object>> expected = new HashSet<>(store.rows(plan));
    assertEquals(ROWS, expected.size());
    for (long budget : new long[] {1 << 20, 1 << 18, 1}) {
      store.budgetBytes = budget;
      assertEquals(expected, new HashSet<>(store.rows(plan)));
    }
    assertTrue(store.spilledBytes > 0);
  }
}
