package io.versor.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.function.FunctionException;
import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.engine.work.Helpers;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.arrow.memory.RootAllocator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Kernels against {@link RexModel}, on random expressions over random batches with NULLs and
 * selections. Closing the allocators proves that nothing leaks.
 */
class KernelPropertyTest {
  private static final VersorTypeFactory FACTORY = new VersorTypeFactory();

  @Property(tries = 3_000)
  void conditionsFindTheRowsThatTheModelFinds(@ForAll long seed)
      throws StoreException, NotCompiled {
    Random random = new Random(seed);
    RexNode node = new RandomRex(random, FACTORY).condition(3);
    try (RootAllocator root = new RootAllocator();
        RandomBatch first = new RandomBatch(random, root);
        RandomBatch second = new RandomBatch(random, root);
        ExecContext context = context(root)) {
      Predicate compiled = new RexCompiler(RandomBatch.TYPES, context).predicates().compile(node);
      // What the first batch left in the kernels must not shine through in the second.
      for (RandomBatch batch : List.of(first, second)) {
        checkRows(node, compiled, batch, true);
        checkRows(node, compiled, batch, false);
      }
    }
  }

  private static void checkRows(RexNode node, Predicate compiled, RandomBatch batch, boolean wanted)
      throws StoreException {
    List<Integer> expected = new ArrayList<>();
    Set<String> failures = new HashSet<>();
    for (int k = 0; k < batch.selected(); k++) {
      try {
        Object value = RexModel.eval(node, batch.row(batch.rowAt(k)));
        if (Objects.equals(value, wanted)) {
          expected.add(batch.rowAt(k));
        }
      } catch (FunctionException e) {
        failures.add(e.sqlState());
      }
    }
    try {
      int[] out = new int[batch.selected()];
      int n = compiled.select(Rows.of(batch), wanted, out);
      List<Integer> found = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        found.add(out[i]);
      }
      assertEquals(expected, found, () -> node + " is " + wanted);
      // AND and OR need not look at a row that an unknown operand has decided for this answer.
      assertTrue(failures.isEmpty() || hasJunction(node), () -> node + " fails");
    } catch (FunctionException | StoreException e) {
      assertTrue(failures.contains(sqlState(e)), () -> node + ": " + e.getMessage());
    }
  }

  @Property(tries = 3_000)
  void expressionsGiveTheValuesOfTheModel(@ForAll long seed) throws StoreException, NotCompiled {
    Random random = new Random(seed);
    RexNode node = new RandomRex(random, FACTORY).value(3);
    try (RootAllocator root = new RootAllocator();
        RandomBatch first = new RandomBatch(random, root);
        RandomBatch second = new RandomBatch(random, root);
        ExecContext context = context(root)) {
      Expression compiled = new RexCompiler(RandomBatch.TYPES, context).compile(node);
      for (RandomBatch batch : List.of(first, second)) {
        checkValues(node, compiled, batch);
      }
    }
  }

  private static void checkValues(RexNode node, Expression compiled, RandomBatch batch)
      throws StoreException {
    List<@Nullable Object> expected = new ArrayList<>();
    Set<String> failures = new HashSet<>();
    for (int k = 0; k < batch.selected(); k++) {
      try {
        expected.add(RexModel.eval(node, batch.row(batch.rowAt(k))));
      } catch (FunctionException e) {
        expected.add(e);
        failures.add(e.sqlState());
      }
    }
    try {
      Lane lane = compiled.eval(Rows.of(batch));
      assertTrue(failures.isEmpty() || hasJunction(node), () -> node + " fails");
      for (int k = 0; k < batch.selected(); k++) {
        if (!(expected.get(k) instanceof FunctionException)) {
          int row = batch.rowAt(k);
          assertEquals(
              expected.get(k),
              value(lane, compiled.type(), k),
              () -> node + " of " + batch.row(row));
        }
      }
    } catch (FunctionException | StoreException e) {
      assertTrue(failures.contains(sqlState(e)), () -> node + ": " + e.getMessage());
    }
  }

  private static boolean hasJunction(RexNode node) {
    String text = node.toString();
    return text.contains("AND(") || text.contains("OR(");
  }

  private static String sqlState(Exception e) {
    if (e instanceof FunctionException function) {
      return function.sqlState();
    }
    return ((StoreException) e).code() == StoreException.Code.OUT_OF_RANGE
        ? "22003"
        : ((StoreException) e).code().name();
  }

  private static ExecContext context(RootAllocator root) {
    return new ExecContext(
        root, List.of(), Instant.EPOCH, ExecStore.memory(1 << 24), () -> {}, Helpers.NONE);
  }

  private static @Nullable Object value(Lane lane, TensorType type, int k) {
    if (lane.isNull(k)) {
      return null;
    }
    if (lane instanceof DoubleLane doubles) {
      return doubles.values[k];
    }
    if (lane instanceof TextLane texts) {
      byte[] bytes = new byte[texts.lengths[k]];
      if (bytes.length > 0) {
        Memory.copy(texts.addresses[k], bytes, 0, bytes.length);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
    long value = ((LongLane) lane).values[k];
    return type.dtype() == Dtype.BOOL
        ? (Object) (value != 0)
        : type.dtype() == Dtype.DECIMAL
            ? (Object) BigDecimal.valueOf(value, type.scale())
            : (Object) value;
  }

  /** The type of a column of {@link RandomBatch} in SQL. */
  static RelDataType sqlType(int column) {
    return SqlTypes.toSql(RandomBatch.TYPES.get(column), true, FACTORY);
  }
}
