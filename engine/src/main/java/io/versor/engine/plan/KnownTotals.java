package io.versor.engine.plan;

import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.TensorScan;
import io.versor.engine.catalog.TensorTable;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * COUNT, MIN and MAX over a whole table, which the version itself and the statistics of its columns
 * tell: nothing is read. What they do not tell for sure is left to a scan.
 */
final class KnownTotals {
  private final TensorTable table;
  private final List<Total> totals;

  /** What is wanted of a column; of the rows if it is -1. */
  private record Total(SqlKind kind, int column) {}

  private KnownTotals(TensorTable table, List<Total> totals) {
    this.table = table;
    this.totals = List.copyOf(totals);
  }

  /** The plan as such a query, if it is one. */
  static Optional<KnownTotals> of(RelNode plan) {
    List<Integer> outputs = null;
    RelNode top = plan;
    if (top instanceof Project project) {
      outputs = refs(project);
      top = project.getInput();
    }
    if (!(top instanceof Aggregate aggregate)
        || !aggregate.getGroupSet().isEmpty()
        || aggregate.getGroupType() != Aggregate.Group.SIMPLE
        || (outputs != null && outputs.contains(-1))) {
      return Optional.empty();
    }
    List<Total> totals = new ArrayList<>();
    RelNode below = aggregate.getInput();
    List<List<Integer>> ways = new ArrayList<>();
    while (below instanceof Project project && !project.containsOver()) {
      ways.add(refs(project));
      below = project.getInput();
    }
    if (!(below instanceof TensorScan scan) || !(scan.source() instanceof TensorTable table)) {
      return Optional.empty();
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      Optional<Total> total = total(call, ways, scan, table);
      if (total.isEmpty()) {
        return Optional.empty();
      }
      totals.add(total.get());
    }
    return Optional.of(
        new KnownTotals(
            table, outputs == null ? totals : outputs.stream().map(totals::get).toList()));
  }

  /** Which columns of its input a projection gives; -1 for what it computes. */
  private static List<Integer> refs(Project project) {
    List<Integer> refs = new ArrayList<>();
    for (RexNode expression : project.getProjects()) {
      refs.add(expression instanceof RexInputRef ref ? ref.getIndex() : -1);
    }
    return refs;
  }

  private static Optional<Total> total(
      AggregateCall call, List<List<Integer>> ways, TensorScan scan, TensorTable table) {
    SqlKind kind = call.getAggregation().getKind();
    boolean extreme = kind == SqlKind.MIN || kind == SqlKind.MAX;
    if (call.filterArg >= 0 || !(extreme || kind == SqlKind.COUNT && !call.isDistinct())) {
      return Optional.empty();
    }
    if (call.getArgList().size() != 1) {
      return extreme || !call.getArgList().isEmpty()
          ? Optional.empty()
          : Optional.of(new Total(kind, -1));
    }
    int at = call.getArgList().get(0);
    for (List<Integer> way : ways) {
      at = at < 0 ? at : way.get(at);
    }
    Field field = at < 0 ? null : table.fields().get(scan.fields().get(at));
    if (field == null || field.kind() != Field.Kind.COLUMN) {
      return Optional.empty();
    }
    Column column = table.schema().columns().get(field.column());
    return extreme && !hasBounds(column.type())
        ? Optional.empty()
        : Optional.of(new Total(kind, field.column()));
  }

  /**
   * Whether statistics of a type have values that occur: texts are cut, and labels are compared as
   * texts.
   */
  private static boolean hasBounds(TensorType type) {
    return type.shape().rank() == 0
        && type.element().isEmpty()
        && type.htype() == Htype.GENERIC
        && switch (type.dtype()) {
          case INT8,
              INT16,
              INT32,
              INT64,
              UINT8,
              UINT16,
              UINT32,
              DATE,
              TIME,
              TIMESTAMP,
              TIMESTAMP_TZ,
              FLOAT32,
              FLOAT64 ->
              true;
          default -> false;
        };
  }

  /** Whether nothing has to be read in this version. */
  boolean areKnown(Run run) throws StoreException {
    return values(run).isPresent();
  }

  /** The one row; empty if something has to be read. */
  Optional<RowCursor> open(Run run) throws StoreException {
    run.check();
    return values(run).map(OneRow::new);
  }

  private Optional<List<@Nullable Object>> values(Run run) throws StoreException {
    TableSnapshot snapshot = table.snapshot(run.versions());
    List<@Nullable Object> values = new ArrayList<>();
    for (Total total : totals) {
      if (total.column() < 0) {
        values.add(snapshot.rowCount());
        continue;
      }
      Column column = table.schema().columns().get(total.column());
      Optional<ChunkStats> stats = snapshot.exactStats(column.id());
      if (stats.isEmpty()) {
        return Optional.empty();
      }
      if (total.kind() == SqlKind.COUNT) {
        values.add(stats.get().rows() - stats.get().nulls());
      } else if (stats.get().rows() == stats.get().nulls()) {
        values.add(null);
      } else {
        boolean least = total.kind() == SqlKind.MIN;
        Optional<Object> value = extreme(stats.get(), least, column.type(), run.allocator());
        if (value.isEmpty()) {
          return Optional.empty();
        }
        values.add(value.get());
      }
    }
    return Optional.of(values);
  }

  private static Optional<Object> extreme(
      ChunkStats stats, boolean least, TensorType type, BufferAllocator allocator)
      throws StoreException {
    ColumnBuilder one = new ColumnBuilder(type);
    if (type.dtype() == Dtype.FLOAT32 || type.dtype() == Dtype.FLOAT64) {
      OptionalDouble value = least ? stats.minDouble() : stats.maxDouble();
      if (value.isEmpty() || value.getAsDouble() == 0) {
        return Optional.empty(); // of a zero the sign is not known
      }
      one.appendDouble(value.getAsDouble());
    } else {
      OptionalLong value = least ? stats.minLong() : stats.maxLong();
      if (value.isEmpty()) {
        return Optional.empty();
      }
      one.appendLong(value.getAsLong());
    }
    return Optional.ofNullable(StoredValues.of(one.column(), allocator).get(0));
  }

  private static final class OneRow implements RowCursor {
    private final List<@Nullable Object> values;
    private int next;

    OneRow(List<@Nullable Object> values) {
      this.values = values;
    }

    @Override
    public boolean next() {
      return next++ == 0;
    }

    @Override
    public @Nullable Object objectAt(int column) {
      return values.get(column);
    }

    @Override
    public void close() {}
  }
}
