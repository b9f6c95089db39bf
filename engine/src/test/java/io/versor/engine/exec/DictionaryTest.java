package io.versor.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Few texts on many rows: packed chunks with dictionaries, of which each has its own codes. */
class DictionaryTest {
  private static final int ROWS = 60_000;
  private static final List<TensorType> TYPES = List.of(TensorType.text(), RandomBatch.LABELS);

  private final List<List<@Nullable Object>> model = new ArrayList<>();
  private ExecStore store;

  @BeforeEach
  void load() throws StoreException {
    store = new ExecStore(TYPES);
    Random random = new Random(7);
    for (int load = 0; load < 2; load++) {
      ColumnBuilder texts = new ColumnBuilder(TYPES.get(0));
      ColumnBuilder labels = new ColumnBuilder(TYPES.get(1));
      for (int i = 0; i < ROWS; i++) {
        // The second load knows other texts, in another order.
        String text = "a text of some forty characters, number " + (random.nextInt(9) + 5 * load);
        String shown = random.nextInt(10) == 0 ? null : text;
        Long label = random.nextInt(10) == 0 ? null : (Long) (long) random.nextInt(3);
        ExecStore.append(texts, shown);
        ExecStore.append(labels, label);
        List<@Nullable Object> row = new ArrayList<>();
        row.add(shown);
        row.add(label == null ? null : RandomBatch.LABELS.labels().get(label.intValue()));
        model.add(row);
      }
      store.insert(List.of(texts.column(), labels.column()));
    }
  }

  @AfterEach
  void nothingLeaks() throws StoreException {
    assertEquals(0, store.usedBytes());
    store.close();
  }

  private RelNode where(SqlOperator operator, int column, String text) {
    RelNode scan = store.scan();
    RexNode literal = store.rex.makeLiteral(text);
    return LogicalFilter.create(
        scan, store.rex.makeCall(operator, store.rex.makeInputRef(scan, column), literal));
  }

  @Test
  void theLoadsHaveDictionaries() throws StoreException {
    int coded = 0;
    try (ExecContext context = store.openContext(1 << 28, () -> {});
        BatchOperator scan = store.open(store.scan(), context)) {
      while (scan.next()) {
        coded += scan.batch().column(0).dictionary() == null ? 0 : 1;
      }
    }
    assertTrue(coded > 40, coded + " batches with a dictionary");
  }

  @Test
  void conditionsOnCodesAreThoseOnTexts() throws StoreException {
    String text = "a text of some forty characters, number 7";
    for (int column = 0; column < 2; column++) {
      int at = column;
      String constant = column == 0 ? text : "dog";
      assertEquals(
          model.stream().filter(row -> constant.equals(row.get(at))).toList(),
          store.rows(where(SqlStdOperatorTable.EQUALS, column, constant)));
      assertEquals(
          model.stream()
              .filter(row -> row.get(at) != null && constant.compareTo((String) row.get(at)) > 0)
              .toList(),
          store.rows(where(SqlStdOperatorTable.LESS_THAN, column, constant)));
      assertEquals(
          model.stream()
              .filter(row -> row.get(at) != null && !constant.equals(row.get(at)))
              .toList(),
          store.rows(where(SqlStdOperatorTable.NOT_EQUALS, column, constant)));
    }
  }

  @Test
  void groupsOfCodesAreThoseOfTexts() throws StoreException {
    RelNode scan = store.scan();
    AggregateCall count =
        AggregateCall.create(
            SqlStdOperatorTable.COUNT,
            false,
            false,
            false,
            List.of(),
            List.of(),
            -1,
            null,
            RelCollations.EMPTY,
            false,
            scan,
            null,
            null);
    RelNode groups =
        LogicalAggregate.create(scan, List.of(), ImmutableBitSet.of(0, 1), null, List.of(count));
    Map<List<@Nullable Object>, Long> counts = new LinkedHashMap<>();
    model.forEach(row -> counts.merge(row, 1L, Long::sum));
    List<List<@Nullable Object>> expected = new ArrayList<>();
    counts.forEach(
        (key, n) -> {
          List<@Nullable Object> line = new ArrayList<>(key);
          line.add(n);
          expected.add(line);
        });
    assertEquals(expected, store.rows(groups));
  }

  @Test
  void theFirstOfAnOrderAreTheFirstOfTheTable() throws StoreException {
    RelNode sort =
        LogicalSort.create(
            store.scan(),
            RelCollations.of(0),
            null,
            store.rex.makeExactLiteral(BigDecimal.valueOf(5_000)));
    String first =
        model.stream()
            .map(row -> (String) row.get(0))
            .filter(Objects::nonNull)
            .min(String::compareTo)
            .orElseThrow();
    List<List<@Nullable Object>> expected =
        model.stream().filter(row -> first.equals(row.get(0))).limit(5_000).toList();
    assertEquals(5_000, expected.size(), "enough equal rows to fill the limit");
    assertEquals(expected, store.rows(sort));
  }
}
