package io.versor.engine.exec;

import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.engine.work.Helpers;
import io.versor.engine.work.StatementMemory;
import io.versor.format.ScanRequest;
import io.versor.format.SlotRange;
import io.versor.format.Store;
import io.versor.format.StoreOptions;
import io.versor.format.TableSnapshot;
import io.versor.format.Transaction;
import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.MemoryStore;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.RootAllocator;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.jspecify.annotations.Nullable;

/** A store in memory with one table, and plans that read it. */
final class ExecStore implements AutoCloseable {
  private static final String TABLE = "t";

  private final Store store;
  private final Helpers helpers = new Helpers(3);

  /** Parts that were read. */
  final AtomicInteger read = new AtomicInteger();

  /** Slots of the parts that threads share; 0 = one thread. */
  private long partSlots;

  /** What the operators of {@link #rows} may keep. */
  long budgetBytes = 1 << 28;

  /** What the last of {@link #rows} put on the disk. */
  long spilledBytes;

  private final RootAllocator root = new RootAllocator();
  private final List<TensorType> types;
  final VersorTypeFactory factory = new VersorTypeFactory();
  final RexBuilder rex = new RexBuilder(factory);
  final RelOptCluster cluster = RelOptCluster.create(new VolcanoPlanner(), rex);

  ExecStore(List<TensorType> types) throws StoreException {
    this.types = List.copyOf(types);
    store = Store.open(new MemoryStore(), StoreOptions.defaults());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      columns.add(Column.of("c" + i, types.get(i)));
    }
    try (Transaction transaction = store.begin(Store.MAIN)) {
      transaction.createTable(TableSchema.of(TABLE, columns));
      transaction.commit();
    }
  }

  void share(long slots) {
    partSlots = slots;
  }

  TableSnapshot table() throws StoreException {
    return store.head(Store.MAIN).findTable(TABLE).orElseThrow();
  }

  /** Answers the id of the first row. */
  long insert(List<HeapColumn> columns) throws StoreException {
    try (Transaction transaction = store.begin(Store.MAIN)) {
      long first = transaction.append(table().schema().id(), columns);
      transaction.commit();
      return first;
    }
  }

  void update(int column, long[] rowIds, HeapColumn values) throws StoreException {
    try (Transaction transaction = store.begin(Store.MAIN)) {
      TableSchema schema = table().schema();
      transaction.update(schema.id(), schema.columns().get(column).id(), rowIds, values);
      transaction.commit();
    }
  }

  /** From now on there are statistics of what was written so far. */
  void checkpoint() throws StoreException {
    store.checkpoint(Store.MAIN);
  }

  void delete(long[] rowIds) throws StoreException {
    try (Transaction transaction = store.begin(Store.MAIN)) {
      transaction.delete(table().schema().id(), rowIds);
      transaction.commit();
    }
  }

  /** Appends Long, Double, BigDecimal or String, or NULL; labels by their numbers. */
  static void append(ColumnBuilder builder, @Nullable Object value) throws StoreException {
    if (value == null) {
      builder.appendNull();
    } else if (value instanceof Long number) {
      builder.appendLong(number);
    } else if (value instanceof Double number) {
      builder.appendDouble(number);
    } else if (value instanceof BigDecimal number) {
      builder.appendDecimal(number);
    } else {
      builder.appendText((String) value);
    }
  }

  /** The node that reads all columns of the table. */
  RelNode scan() {
    return new Leaf(cluster, rowType());
  }

  private RelDataType rowType() {
    RelDataTypeFactory.Builder builder = factory.builder();
    for (int i = 0; i < types.size(); i++) {
      builder.add("c" + i, SqlTypes.toSql(types.get(i), true, factory));
    }
    return builder.build();
  }

  private static final class Leaf extends AbstractRelNode {
    Leaf(RelOptCluster cluster, RelDataType type) {
      super(cluster, cluster.traitSet());
      this.rowType = type;
    }
  }

  /** A limit of so many bytes, and files for what is beyond. */
  static StatementMemory memory(long bytes) {
    return new StatementMemory(MemoryBudget.of(bytes), new MemoryStore()::openScratch);
  }

  ExecContext openContext(long budgetBytes, ExecContext.Check check) {
    return openContext(memory(budgetBytes), check);
  }

  ExecContext openContext(StatementMemory memory, ExecContext.Check check) {
    return new ExecContext(root, List.of(), Instant.EPOCH, memory, check, helpers);
  }

  /** The operators of a plan, which must compile. Caller closes. */
  BatchOperator open(RelNode plan, ExecContext context) {
    return OperatorTree.compile(
            plan,
            node -> node instanceof Leaf ? Optional.of(leaf(context)) : Optional.empty(),
            context)
        .orElseThrow();
  }

  private PlanLeaf leaf(ExecContext context) {
    return new PlanLeaf() {
      @Override
      public List<TensorType> types() {
        return types;
      }

      @Override
      public double estimatedRows() {
        return 1;
      }

      @Override
      public RowSource open() throws StoreException {
        return RowSource.of(table().openScan(all(), context.allocator()));
      }

      @Override
      public List<PlanLeaf> parts(long rows, int most) throws StoreException {
        List<PlanLeaf> parts = new ArrayList<>();
        if (partSlots > 0) {
          for (SlotRange piece : table().pieces(all(), partSlots)) {
            ScanRequest request = all().withSlots(piece.from(), piece.to());
            parts.add(new Part(types, table(), request, piece, read, root));
          }
        }
        return parts;
      }
    };
  }

  private ScanRequest all() throws StoreException {
    return ScanRequest.of(table().schema().columns().stream().map(Column::id).toList());
  }

  private record Part(
      List<TensorType> types,
      TableSnapshot table,
      ScanRequest request,
      SlotRange slots,
      AtomicInteger read,
      RootAllocator root)
      implements PlanLeaf {
    @Override
    public double estimatedRows() {
      return 1;
    }

    @Override
    public Optional<ChunkStats> stats(int column) throws StoreException {
      return table.stats(request.columnIds().get(column), slots);
    }

    @Override
    public RowSource open() throws StoreException {
      read.incrementAndGet();
      return RowSource.of(table.openScan(request, root));
    }
  }

  /** Rows of a plan as objects of {@link RowObjects}. */
  List<List<@Nullable Object>> rows(RelNode plan) throws StoreException {
    try (ExecContext context = openContext(budgetBytes, () -> {});
        BatchOperator operator = open(plan, context)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (operator.next()) {
        RowObjects.addAll(operator, rows);
      }
      spilledBytes = context.memory().spilledBytes();
      return rows;
    }
  }

  long usedBytes() {
    return root.getAllocatedMemory();
  }

  /** Closing the allocator proves that all memory came back. */
  @Override
  public void close() throws StoreException {
    helpers.close();
    store.close();
    root.close();
  }
}
