package io.versor.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.engine.type.VersorTypeFactory;
import io.versor.engine.work.Helpers;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.arrow.memory.RootAllocator;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins of all kinds against two nested loops: keys of each type, several of them or none, NULLs,
 * duplicates, further conditions, either side kept, tensors and bytes beside them.
 */
class JoinPropertyTest {
  private static final List<TensorType> TYPES =
      List.of(
          TensorType.scalar(Dtype.INT32),
          TensorType.scalar(Dtype.INT64),
          TensorType.scalar(Dtype.FLOAT64),
          TensorType.decimal(10, 2),
          TensorType.text(),
          RandomBatch.LABELS,
          TensorType.scalar(Dtype.UUID),
          TensorType.scalar(Dtype.DATE),
          TensorType.tensor(Dtype.FLOAT32, Shape.of(Shape.RAGGED, 2)),
          TensorType.varbinary(0),
          TensorType.scalar(Dtype.INT8),
          TensorType.tensor(Dtype.FLOAT32, Shape.of(3)),
          TensorType.decimal(30, 3),
          TensorType.time(Dtype.TIMESTAMP, 6),
          TensorType.scalar(Dtype.BOOL),
          TensorType.scalar(Dtype.FLOAT32));

  /** Columns that can be compared. */
  private static final int[][] COMPARABLE = {
    {0, 0}, {0, 1}, {1, 0}, {1, 1}, {0, 2}, {2, 1}, {2, 2}, {3, 0}, {0, 3}, {3, 3}, {4, 4}, {5, 4},
    {4, 5}, {5, 5}, {6, 6}, {7, 7}, {9, 9}, {10, 1}, {12, 12}, {13, 13}, {14, 14}, {15, 2}, {3, 2}
  };

  /** Columns that rows are grouped by, whose values are equal as objects. */
  private static final int[] GROUPED = {0, 1, 3, 4, 7};

  private static final String[] TEXTS = {"cat", "dog", "", "eel", "\u00e9", "cat and dog"};
  private static final double[] DOUBLES = {0.0, -0.0, 1, 2, 3, Double.NaN, 0.25, 1e300};

  /** Nothing: every batch goes to the disk; and too little for more than some batches. */
  private static final long[] BUDGETS = {1, 1 << 17};

  private final VersorTypeFactory factory = new VersorTypeFactory();
  private final RexBuilder rex = new RexBuilder(factory);
  private final RelOptCluster cluster = RelOptCluster.create(new VolcanoPlanner(), rex);

  private static void append(int column, VectorBuffer to, Random random, int values, long spread)
      throws StoreException {
    int value = random.nextInt(values);
    switch (TYPES.get(column).dtype()) {
      case FLOAT64 -> to.appendDouble(DOUBLES[value % DOUBLES.length]);
      case FLOAT32 -> {
        if (column == 15) {
          to.appendDouble(value / 4.0);
        } else {
          byte[] bytes = new byte[column == 11 ? 12 : 8 * random.nextInt(3)];
          random.nextBytes(bytes);
          if (column == 11) {
            to.appendFixed(bytes, 0);
          } else {
            to.appendSample(bytes, 0, bytes.length, new int[] {bytes.length / 8, 2});
          }
        }
      }
      case DECIMAL -> to.appendDecimal(BigDecimal.valueOf(value * 50L, TYPES.get(column).scale()));
      case UTF8 -> to.appendText(TEXTS[value % TEXTS.length]);
      case BYTES -> {
        byte[] bytes = TEXTS[value % TEXTS.length].getBytes(StandardCharsets.UTF_8);
        to.appendBytes(bytes, 0, bytes.length);
      }
      case UUID -> {
        byte[] bytes = new byte[16];
        bytes[15] = (byte) value;
        to.appendFixed(bytes, 0);
      }
      case BOOL -> to.appendLong(value & 1);
      case INT8 -> to.appendLong(value % 100);
      case INT64 -> to.appendLong((value - 1) * spread);
      default ->
          to.appendLong(column == 5 ? value % RandomBatch.LABELS.labels().size() : value - 1);
    }
  }

  private MemoryRows side(Random random, int count, int values, long spread) {
    return new MemoryRows(
        cluster,
        factory,
        TYPES,
        random.nextLong(),
        count,
        1 + random.nextInt(1_000),
        (column, to, each) -> append(column, to, each, values, spread));
  }

  private static int count(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> 400;
      default -> 1 + random.nextInt(60);
    };
  }

  @Property(tries = 150)
  void joinsGiveWhatTwoLoopsGive(@ForAll long seed) throws StoreException {
    Random random = new Random(seed);
    int values = 1 + random.nextInt(random.nextBoolean() ? 5 : 300);
    long spread = random.nextBoolean() ? 1 : 1_000_003L * 1_000;
    int[][] keys = new int[random.nextInt(4)][];
    boolean[] nullsMatch = new boolean[keys.length];
    for (int k = 0; k < keys.length; k++) {
      keys[k] = COMPARABLE[random.nextInt(COMPARABLE.length)];
      nullsMatch[k] = random.nextInt(4) == 0;
    }
    boolean restricted = random.nextInt(3) == 0;
    JoinRelType[] kinds = {
      JoinRelType.INNER,
      JoinRelType.LEFT,
      JoinRelType.RIGHT,
      JoinRelType.FULL,
      JoinRelType.SEMI,
      JoinRelType.ANTI
    };
    JoinRelType kind = kinds[random.nextInt(kinds.length)];
    MemoryRows left = side(random, count(random), values, spread);
    MemoryRows right = side(random, count(random), values, spread);
    List<RexNode> conditions = new ArrayList<>();
    for (int k = 0; k < keys.length; k++) {
      RexNode one = reference(left, keys[k][0], 0);
      RexNode other = reference(right, keys[k][1], TYPES.size());
      boolean swapped = random.nextBoolean();
      conditions.add(
          rex.makeCall(
              nullsMatch[k] ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.EQUALS,
              swapped ? other : one,
              swapped ? one : other));
    }
    if (restricted) {
      conditions.add(
          rex.makeCall(
              SqlStdOperatorTable.LESS_THAN,
              reference(left, 0, 0),
              reference(right, 0, TYPES.size())));
    }
    RelNode join =
        LogicalJoin.create(
            left, right, List.of(), RexUtil.composeConjunction(rex, conditions), Set.of(), kind);
    List<List<@Nullable Object>> actual = rows(join);
    List<List<@Nullable Object>> expected =
        nestedLoops(kind, all(left), all(right), keys, nullsMatch, restricted);
    assertEquals(sorted(expected), sorted(actual));
    assertEquals(actual, rows(join), "the same order each time");
    assertEquals(sorted(expected), sorted(rows(join, BUDGETS[random.nextInt(BUDGETS.length)])));
    int[] columns = new int[1 + random.nextInt(2)];
    int sides = kind.projectsRight() ? 2 : 1;
    for (int k = 0; k < columns.length; k++) {
      columns[k] = GROUPED[random.nextInt(GROUPED.length)] + TYPES.size() * random.nextInt(sides);
    }
    assertEquals(groups(actual, columns), rows(counts(join, columns)), "groups of joined rows");
  }

  /** Counts the rows of each group, in the order in which groups appear. */
  private RelNode counts(RelNode join, int[] columns) {
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
            factory.createSqlType(SqlTypeName.BIGINT),
            "rows");
    return LogicalAggregate.create(
        join, List.of(), ImmutableBitSet.of(columns), null, List.of(count));
  }

  private static List<List<@Nullable Object>> groups(
      List<List<@Nullable Object>> rows, int[] columns) {
    Map<List<@Nullable Object>, Long> counts = new LinkedHashMap<>();
    int[] ascending = ImmutableBitSet.of(columns).toArray();
    for (List<@Nullable Object> row : rows) {
      List<@Nullable Object> group = new ArrayList<>();
      for (int column : ascending) {
        group.add(row.get(column));
      }
      counts.merge(group, 1L, Long::sum);
    }
    List<List<@Nullable Object>> groups = new ArrayList<>();
    counts.forEach(
        (group, count) -> {
          List<@Nullable Object> row = new ArrayList<>(group);
          row.add(count);
          groups.add(row);
        });
    return groups;
  }

  private RexNode reference(MemoryRows side, int column, int shift) {
    return rex.makeInputRef(side.getRowType().getFieldList().get(column).getType(), column + shift);
  }

  private static List<String> sorted(List<List<@Nullable Object>> rows) {
    List<String> lines = new ArrayList<>();
    rows.forEach(row -> lines.add(row.toString()));
    Collections.sort(lines);
    return lines;
  }

  /** A join may have had no need to read a side to its end. */
  private static List<List<@Nullable Object>> all(MemoryRows side) throws StoreException {
    try (RootAllocator root = new RootAllocator();
        RowSource source = side.leaf(root).open()) {
      while (source.next()) {
        // its rows are kept
      }
    }
    return new ArrayList<>(side.rows);
  }

  private static List<List<@Nullable Object>> rows(RelNode plan) throws StoreException {
    return rows(plan, 1 << 28);
  }

  private static List<List<@Nullable Object>> rows(RelNode plan, long budget)
      throws StoreException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RootAllocator root = new RootAllocator();
        ExecContext context =
            new ExecContext(
                root, List.of(), Instant.EPOCH, ExecStore.memory(budget), () -> {}, Helpers.NONE);
        BatchOperator operator =
            OperatorTree.compile(
                    plan,
                    node ->
                        node instanceof MemoryRows side
                            ? Optional.of(side.leaf(context.allocator()))
                            : Optional.empty(),
                    context)
                .orElseThrow()) {
      assertEquals(plan.getRowType().getFieldCount(), operator.types().size());
      while (operator.next()) {
        Batch batch = operator.batch();
        int[] selection = batch.selection();
        for (int i = 0; i < batch.selected(); i++) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int c = 0; c < operator.types().size(); c++) {
            row.add(MemoryRows.value(batch.column(c), selection == null ? i : selection[i]));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static List<List<@Nullable Object>> nestedLoops(
      JoinRelType kind,
      List<List<@Nullable Object>> left,
      List<List<@Nullable Object>> right,
      int[][] keys,
      boolean[] nullsMatch,
      boolean restricted) {
    List<List<@Nullable Object>> out = new ArrayList<>();
    boolean[] met = new boolean[right.size()];
    List<@Nullable Object> nothing = Collections.nCopies(TYPES.size(), null);
    for (List<@Nullable Object> one : left) {
      boolean matched = false;
      for (int r = 0; r < right.size(); r++) {
        List<@Nullable Object> other = right.get(r);
        if (!match(one, other, keys, nullsMatch, restricted)) {
          continue;
        }
        matched = true;
        met[r] = true;
        if (kind.projectsRight()) {
          out.add(both(one, other));
        }
      }
      if (kind == JoinRelType.SEMI && matched || kind == JoinRelType.ANTI && !matched) {
        out.add(one);
      } else if (!matched && kind.generatesNullsOnRight()) {
        out.add(both(one, nothing));
      }
    }
    for (int r = 0; r < right.size(); r++) {
      if (!met[r] && kind.generatesNullsOnLeft()) {
        out.add(both(nothing, right.get(r)));
      }
    }
    return out;
  }

  private static List<@Nullable Object> both(
      List<@Nullable Object> left, List<@Nullable Object> right) {
    List<@Nullable Object> row = new ArrayList<>(left);
    row.addAll(right);
    return row;
  }

  private static boolean match(
      List<@Nullable Object> left,
      List<@Nullable Object> right,
      int[][] keys,
      boolean[] nullsMatch,
      boolean restricted) {
    for (int k = 0; k < keys.length; k++) {
      Object a = left.get(keys[k][0]);
      Object b = right.get(keys[k][1]);
      boolean equal =
          a == null || b == null ? nullsMatch[k] && a == null && b == null : MemoryRows.equal(a, b);
      if (!equal) {
        return false;
      }
    }
    return !restricted
        || left.get(0) != null
            && right.get(0) != null
            && (Long) Objects.requireNonNull(left.get(0))
                < (Long) Objects.requireNonNull(right.get(0));
  }
}
