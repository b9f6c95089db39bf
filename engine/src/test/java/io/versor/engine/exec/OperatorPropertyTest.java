package io.versor.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Operators over tables of a real store, with rows updated and deleted, against lists of rows. The
 * store's allocator is closed each time, so a leak fails the try.
 */
class OperatorPropertyTest {
  private static final List<TensorType> TYPES =
      List.of(
          TensorType.scalar(Dtype.INT32),
          TensorType.scalar(Dtype.INT64),
          TensorType.scalar(Dtype.FLOAT64),
          TensorType.decimal(10, 2),
          TensorType.text(),
          RandomBatch.LABELS);

  private static final String[] TEXTS = {
    "", "a", "ab", "b\u00e9", "abcdefgh1", "abcdefgh2", "\uffff", "\ud83d\ude00", "abcdefgh"
  };

  /** Slots of the parts that threads share; 0 = one thread does it all. */
  private static final long[] PARTS = {0, 40, 300, 2_000};

  /** Enough, too little for all rows, and nothing: then every batch goes to the disk. */
  private static final long[] BUDGETS = {1 << 28, 1 << 17, 1};

  private final List<List<@Nullable Object>> model = new ArrayList<>();

  /** What a column may hold; class labels by their numbers. */
  private static @Nullable Object value(int column, Random random) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    return switch (column) {
      case 0 -> (long) random.nextInt(12) - 3;
      case 1 ->
          random.nextInt(10) == 0
              ? (Long) (random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE)
              : (Long) (long) random.nextInt(100);
      // Sums of quarters are exact, so their order does not matter.
      case 2 -> random.nextInt(200) / 4.0 - 20;
      case 3 -> BigDecimal.valueOf(random.nextInt(200_000) - 100_000, 2);
      case 4 -> TEXTS[random.nextInt(TEXTS.length)];
      default -> (long) random.nextInt(RandomBatch.LABELS.labels().size());
    };
  }

  /** Fills the store and the model: some transactions of rows, cells written over, rows deleted. */
  private void fill(ExecStore store, Random random) throws StoreException {
    model.clear();
    store.share(PARTS[random.nextInt(PARTS.length)]);
    Map<Long, List<@Nullable Object>> rows = new LinkedHashMap<>();
    int transactions = 1 + random.nextInt(3);
    for (int t = 0; t < transactions; t++) {
      int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 6_000 : 60);
      List<List<@Nullable Object>> added = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        added.add(new ArrayList<>());
      }
      List<HeapColumn> columns = new ArrayList<>();
      for (int c = 0; c < TYPES.size(); c++) {
        ColumnBuilder builder = new ColumnBuilder(TYPES.get(c));
        for (List<@Nullable Object> row : added) {
          Object value = value(c, random);
          ExecStore.append(builder, value);
          row.add(value);
        }
        columns.add(builder.column());
      }
      long first = store.insert(columns);
      if (random.nextInt(6) == 0) {
        store.checkpoint();
      }
      for (int i = 0; i < count; i++) {
        rows.put(first + i, added.get(i));
      }
    }
    change(store, rows, random);
    if (random.nextInt(6) == 0) {
      store.checkpoint();
    }
    for (List<@Nullable Object> row : rows.values()) {
      Long label = (Long) row.get(5);
      row.set(5, label == null ? null : RandomBatch.LABELS.labels().get(label.intValue()));
      model.add(row);
    }
  }

  private static void change(ExecStore store, Map<Long, List<@Nullable Object>> rows, Random random)
      throws StoreException {
    for (int c = 0; c < TYPES.size(); c++) {
      long[] some =
          rows.keySet().stream()
              .filter(id -> random.nextInt(9) == 0)
              .mapToLong(Long::longValue)
              .toArray();
      if (some.length == 0) {
        continue;
      }
      ColumnBuilder builder = new ColumnBuilder(TYPES.get(c));
      for (long id : some) {
        Object value = value(c, random);
        ExecStore.append(builder, value);
        rows.get(id).set(c, value);
      }
      store.update(c, some, builder.column());
    }
    long[] deleted =
        rows.keySet().stream()
            .filter(id -> random.nextInt(5) == 0)
            .mapToLong(Long::longValue)
            .toArray();
    if (deleted.length > 0) {
      store.delete(deleted);
      for (long id : deleted) {
        rows.remove(id);
      }
    }
  }

  private static RexNode column(ExecStore store, RelNode input, int i) {
    return store.rex.makeInputRef(input, i);
  }

  private static RelNode filtered(ExecStore store, RelNode input, long most) {
    return LogicalFilter.create(
        input,
        store.rex.makeCall(
            SqlStdOperatorTable.LESS_THAN,
            column(store, input, 0),
            store.rex.makeExactLiteral(BigDecimal.valueOf(most))));
  }

  private List<List<@Nullable Object>> modelFiltered(long most) {
    return model.stream().filter(row -> row.get(0) != null && (Long) row.get(0) < most).toList();
  }

  @Property(tries = 60)
  void filterAndProjectionGiveTheRowsInTableOrder(@ForAll long seed) throws StoreException {
    Random random = new Random(seed);
    try (ExecStore store = new ExecStore(TYPES)) {
      fill(store, random);
      long most = random.nextInt(12) - 3;
      RelNode filter = filtered(store, store.scan(), most);
      RelNode project =
          LogicalProject.create(
              filter,
              List.of(),
              List.of(
                  column(store, filter, 4),
                  store.rex.makeCall(
                      SqlStdOperatorTable.PLUS, column(store, filter, 0), column(store, filter, 0)),
                  column(store, filter, 5),
                  column(store, filter, 3)),
              List.of("a", "b", "c", "d"),
              Set.<CorrelationId>of());
      List<List<@Nullable Object>> expected = new ArrayList<>();
      for (List<@Nullable Object> row : modelFiltered(most)) {
        expected.add(
            Arrays.asList(
                row.get(4), 2 * (Long) Objects.requireNonNull(row.get(0)), row.get(5), row.get(3)));
      }
      assertEquals(expected, store.rows(project));
      long offset = random.nextInt(20);
      long fetch = random.nextInt(40);
      RelNode limit =
          LogicalSort.create(
              project,
              RelCollations.EMPTY,
              store.rex.makeExactLiteral(BigDecimal.valueOf(offset)),
              store.rex.makeExactLiteral(BigDecimal.valueOf(fetch)));
      assertEquals(expected.stream().skip(offset).limit(fetch).toList(), store.rows(limit));
      assertEquals(0, store.usedBytes());
    }
  }

  @Property(tries = 60)
  void sortingWithAndWithoutALimitIsThatOfAStableSort(@ForAll long seed) throws StoreException {
    Random random = new Random(seed);
    try (ExecStore store = new ExecStore(TYPES)) {
      fill(store, random);
      store.budgetBytes = BUDGETS[random.nextInt(BUDGETS.length)];
      List<RelFieldCollation> keys = new ArrayList<>();
      Comparator<List<@Nullable Object>> order = (left, right) -> 0;
      for (int k = 0; k < 1 + random.nextInt(2); k++) {
        int column = random.nextInt(TYPES.size());
        boolean descending = random.nextBoolean();
        boolean nullsFirst = random.nextBoolean();
        keys.add(
            new RelFieldCollation(
                column,
                descending ? Direction.DESCENDING : Direction.ASCENDING,
                nullsFirst ? NullDirection.FIRST : NullDirection.LAST));
        order = order.thenComparing(row -> row.get(column), order(descending, nullsFirst));
      }
      boolean limited = random.nextBoolean();
      long offset = limited ? random.nextInt(30) : 0;
      long fetch = limited ? random.nextInt(50) : Long.MAX_VALUE;
      RelNode scan = store.scan();
      RelNode sort =
          LogicalSort.create(
              scan,
              RelCollations.of(keys),
              limited ? store.rex.makeExactLiteral(BigDecimal.valueOf(offset)) : null,
              limited ? store.rex.makeExactLiteral(BigDecimal.valueOf(fetch)) : null);
      List<List<@Nullable Object>> expected =
          model.stream().sorted(order).skip(offset).limit(fetch).toList();
      assertEquals(expected, store.rows(sort));
    }
  }

  @SuppressWarnings("unchecked")
  private static Comparator<@Nullable Object> order(boolean descending, boolean nullsFirst) {
    Comparator<Object> values =
        (left, right) ->
            left instanceof String text
                ? Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8),
                    ((String) right).getBytes(StandardCharsets.UTF_8))
                : ((Comparable<Object>) left).compareTo(right);
    Comparator<Object> directed = descending ? values.reversed() : values;
    return nullsFirst ? Comparator.nullsFirst(directed) : Comparator.nullsLast(directed);
  }

  @Property(tries = 100)
  void aggregatesAreThoseOfBigNumbers(@ForAll long seed) throws StoreException {
    Random random = new Random(seed);
    try (ExecStore store = new ExecStore(TYPES)) {
      fill(store, random);
      long most = random.nextInt(14) - 4;
      RelNode filter = filtered(store, store.scan(), most);
      int[] keys =
          random.ints(0, TYPES.size()).limit(random.nextInt(3)).sorted().distinct().toArray();
      List<AggregateCall> calls = new ArrayList<>();
      List<Aggregated> wanted = new ArrayList<>();
      add(calls, wanted, filter, SqlStdOperatorTable.COUNT, -1, keys.length);
      for (int c = 0; c < TYPES.size(); c++) {
        add(calls, wanted, filter, SqlStdOperatorTable.COUNT, c, keys.length);
        add(calls, wanted, filter, SqlStdOperatorTable.MIN, c, keys.length);
        add(calls, wanted, filter, SqlStdOperatorTable.MAX, c, keys.length);
        if (c < 4) {
          add(calls, wanted, filter, SqlStdOperatorTable.SUM, c, keys.length);
        }
        if (c == 0 || c == 2) {
          add(calls, wanted, filter, SqlStdOperatorTable.AVG, c, keys.length);
        }
      }
      RelNode aggregate =
          LogicalAggregate.create(filter, List.of(), ImmutableBitSet.of(keys), null, calls);
      Map<List<@Nullable Object>, List<List<@Nullable Object>>> groups = new LinkedHashMap<>();
      if (keys.length == 0) {
        groups.put(List.of(), new ArrayList<>());
      }
      for (List<@Nullable Object> row : modelFiltered(most)) {
        List<@Nullable Object> key = new ArrayList<>();
        Arrays.stream(keys).forEach(k -> key.add(row.get(k)));
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
      }
      List<List<@Nullable Object>> expected = new ArrayList<>();
      groups.forEach(
          (key, rows) -> {
            List<@Nullable Object> line = new ArrayList<>(key);
            wanted.forEach(each -> line.add(each.of(rows)));
            expected.add(line);
          });
      assertEquals(expected, store.rows(aggregate));
      store.budgetBytes = BUDGETS[1 + random.nextInt(BUDGETS.length - 1)];
      List<List<@Nullable Object>> spilled = store.rows(aggregate);
      assertEquals(expected.size(), spilled.size());
      assertEquals(new HashSet<>(expected), new HashSet<>(spilled)); // no two groups are the same
    }
  }

  private static void add(
      List<AggregateCall> calls,
      List<Aggregated> wanted,
      RelNode input,
      SqlAggFunction function,
      int column,
      int groupCount) {
    calls.add(
        AggregateCall.create(
            function,
            false,
            false,
            false,
            List.of(),
            column < 0 ? List.of() : List.of(column),
            -1,
            null,
            RelCollations.EMPTY,
            groupCount == 0,
            input,
            null,
            null));
    wanted.add(new Aggregated(function.getName(), column));
  }

  /** An aggregate of some rows in the plainest way. */
  private record Aggregated(String function, int column) {
    @Nullable Object of(List<List<@Nullable Object>> rows) {
      if (column < 0) {
        return (long) rows.size();
      }
      List<Object> values = new ArrayList<>();
      for (List<@Nullable Object> row : rows) {
        Object value = row.get(column);
        if (value != null) {
          values.add(value);
        }
      }
      if (function.equals("COUNT")) {
        return (long) values.size();
      }
      if (values.isEmpty()) {
        return null;
      }
      return switch (function) {
        case "MIN" -> values.stream().min(order(false, false)).orElseThrow();
        case "MAX" -> values.stream().max(order(false, false)).orElseThrow();
        case "SUM" -> column == 2 ? (Object) sum(values).doubleValue() : sumAsTyped(values);
        default -> sum(values).doubleValue() / values.size();
      };
    }

    /** SUM of INTEGER is BIGINT, of BIGINT a DECIMAL without a scale. */
    private Object sumAsTyped(List<Object> values) {
      return column == 0 ? (Object) sum(values).longValueExact() : sum(values);
    }

    private static BigDecimal sum(List<Object> values) {
      BigDecimal sum = null;
      for (Object value : values) {
        BigDecimal number =
            value instanceof BigDecimal decimal
                ? decimal
                : value instanceof Double real
                    ? new BigDecimal(real)
                    : BigDecimal.valueOf((Long) value);
        sum = sum == null ? number : sum.add(number);
      }
      return Objects.requireNonNull(sum);
    }
  }
}
