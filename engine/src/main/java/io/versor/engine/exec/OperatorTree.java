package io.versor.engine.exec;

import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes operators of a logical plan, for one execution. A node that has no kernel, or an expression
 * of it, keeps what is above from running here, and not what is below.
 */
public final class OperatorTree {
  private final Function<RelNode, Optional<PlanLeaf>> leaves;
  private final ExecContext context;
  private final Map<RelNode, Optional<PlanLeaf>> known = new IdentityHashMap<>();
  private final List<Parallel<?>> parallels = new ArrayList<>();
  private final RowEstimates estimates;

  /** Which nodes were compiled, and which could not be. */
  private final Map<RelNode, Boolean> outcomes = new IdentityHashMap<>();

  /** What joins keep. Of a part: what it has from the whole. */
  private final Map<RelNode, JoinTable> tables = new IdentityHashMap<>();

  private OperatorTree(Function<RelNode, Optional<PlanLeaf>> leaves, ExecContext context) {
    this.leaves = leaves;
    this.context = context;
    this.estimates = new RowEstimates(this::leaf);
  }

  /**
   * The operator that gives the rows of a plan; empty if there are no kernels for some part of it.
   * Caller closes. Nothing is read before its first {@code next()}.
   *
   * @param leaves finds how to read the nodes that read tables
   */
  public static Optional<BatchOperator> compile(
      RelNode plan, Function<RelNode, Optional<PlanLeaf>> leaves, ExecContext context) {
    try {
      return Optional.of(new OperatorTree(leaves, context).node(plan));
    } catch (NotCompiled e) {
      return Optional.empty();
    }
  }

  /** What there is no kernel for; empty if the plan runs here. Nothing is read. */
  public static Optional<String> obstacle(
      RelNode plan, Function<RelNode, Optional<PlanLeaf>> leaves, ExecContext context) {
    try (BatchOperator compiled = new OperatorTree(leaves, context).node(plan)) {
      return compiled == null ? Optional.of("nothing") : Optional.empty();
    } catch (NotCompiled e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The greatest parts of a plan that run here, none within another. Nothing is read. */
  public static Set<RelNode> parts(
      RelNode plan, Function<RelNode, Optional<PlanLeaf>> leaves, ExecContext context) {
    Set<RelNode> parts = Collections.newSetFromMap(new IdentityHashMap<>());
    OperatorTree tree = new OperatorTree(leaves, context);
    tree.gatherParts(plan, parts, Collections.newSetFromMap(new IdentityHashMap<>()));
    return parts;
  }

  private void gatherParts(RelNode node, Set<RelNode> parts, Set<RelNode> seen) {
    if (!seen.add(node)) {
      return;
    }
    Boolean runs = outcomes.get(node);
    if (runs == null) {
      try (BatchOperator compiled = node(node)) {
        runs = compiled != null;
      } catch (NotCompiled e) {
        runs = false;
      }
    }
    if (runs) {
      parts.add(node);
      return;
    }
    for (RelNode input : node.getInputs()) {
      gatherParts(input, parts, seen);
    }
  }

  /** How many threads would carry out a plan that runs here. Reads no rows. */
  public static int threads(
      RelNode plan, Function<RelNode, Optional<PlanLeaf>> leaves, ExecContext context)
      throws StoreException {
    OperatorTree tree = new OperatorTree(leaves, context);
    try {
      tree.node(plan).close();
    } catch (NotCompiled e) {
      return 1;
    }
    int threads = 1;
    for (Parallel<?> parallel : tree.parallels) {
      threads = Math.max(threads, parallel.threads());
    }
    return threads;
  }

  private Optional<PlanLeaf> leaf(RelNode node) {
    return known.computeIfAbsent(node, leaves);
  }

  private BatchOperator node(RelNode node) throws NotCompiled {
    try {
      BatchOperator operator = operator(node);
      outcomes.put(node, true);
      return operator;
    } catch (NotCompiled e) {
      outcomes.put(node, false);
      throw e;
    }
  }

  private BatchOperator operator(RelNode node) throws NotCompiled {
    Optional<PlanLeaf> leaf = leaf(node);
    if (leaf.isPresent()) {
      return new ScanOperator(leaf.get(), context);
    }
    if (node instanceof Filter filter) {
      BatchOperator input = node(filter.getInput());
      RexCompiler compiler = new RexCompiler(input.types(), context);
      return new FilterOperator(input, compiler.predicates().compile(filter.getCondition()));
    }
    if (node instanceof Project project) {
      return project(project);
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof Sort sort) {
      return sort(sort);
    }
    if (node instanceof Union union && union.all) {
      return union(union);
    }
    if (node instanceof Join join) {
      return join(join);
    }
    if (node instanceof Values values) {
      return values(values);
    }
    throw new NotCompiled(node.getRelTypeName());
  }

  private BatchOperator join(Join join) throws NotCompiled {
    JoinCompiler compiler = new JoinCompiler(join, context);
    JoinTable given = tables.get(join);
    if (given != null && context.isPart()) {
      BatchOperator read = node(given.isFirst() ? join.getRight() : join.getLeft());
      return compiler.operator(read, given, false);
    }
    boolean keepLeft = JoinCompiler.keepsLeft(join, estimates);
    BatchOperator read = node(keepLeft ? join.getRight() : join.getLeft());
    BatchOperator kept = node(keepLeft ? join.getLeft() : join.getRight());
    JoinTable table = compiler.table(kept, keepLeft, read.types());
    tables.put(join, table);
    return compiler.operator(read, table, true);
  }

  private BatchOperator project(Project project) throws NotCompiled {
    if (project.containsOver()) {
      throw new NotCompiled("a window");
    }
    BatchOperator input = node(project.getInput());
    RexCompiler compiler = new RexCompiler(input.types(), context);
    List<ProjectOperator.Output> outputs = new ArrayList<>();
    for (RexNode expression : project.getProjects()) {
      outputs.add(
          expression instanceof RexInputRef ref
              ? ProjectOperator.Output.column(ref.getIndex(), input.types().get(ref.getIndex()))
              : ProjectOperator.Output.computed(compiler.output(expression)));
    }
    return new ProjectOperator(input, outputs, context);
  }

  private BatchOperator aggregate(Aggregate aggregate) throws NotCompiled {
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      throw new NotCompiled("several groupings at once");
    }
    // Arguments that a projection computes go from lane to lane, not through vectors.
    @Nullable Project project =
        aggregate.getInput() instanceof Project below && !below.containsOver() ? below : null;
    BatchOperator input = node(project == null ? aggregate.getInput() : project.getInput());
    List<RelDataTypeField> fields = aggregate.getInput().getRowType().getFieldList();
    List<RexNode> arguments = new ArrayList<>();
    for (RelDataTypeField field : fields) {
      arguments.add(
          project == null
              ? new RexInputRef(field.getIndex(), field.getType())
              : project.getProjects().get(field.getIndex()));
    }
    return new AggregateOperator(
        input,
        grouping(aggregate, arguments, input.types()),
        () -> {
          try {
            return grouping(aggregate, arguments, input.types());
          } catch (NotCompiled e) {
            throw new IllegalStateException("compiled before: " + aggregate, e);
          }
        },
        parallel(aggregate, AggregateOperator.class),
        context);
  }

  /**
   * @param arguments what the aggregate's input columns are, over columns of these types
   */
  private Grouping grouping(Aggregate aggregate, List<RexNode> arguments, List<TensorType> types)
      throws NotCompiled {
    RexCompiler compiler = new RexCompiler(types, context);
    List<GroupKey> keys = new ArrayList<>();
    for (int column : aggregate.getGroupSet()) {
      keys.add(GroupKey.of(compiler.compile(arguments.get(column)), context));
    }
    AggregateCompiler calls = new AggregateCompiler(arguments, compiler, context);
    List<AggregateColumn> columns = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      columns.add(calls.compile(call));
    }
    return new Grouping(keys, calls.accumulators(), columns, context);
  }

  /**
   * How several threads carry out a plan, where it is made of filters, projections and joins over a
   * leaf; null where it is not. What joins keep is made once.
   *
   * @param type of the operator that the plan becomes
   */
  private <T extends BatchOperator> @Nullable Parallel<T> parallel(RelNode plan, Class<T> type) {
    if (context.isPart()) {
      return null;
    }
    Map<RelNode, JoinTable> shared = new LinkedHashMap<>();
    RelNode node = plan.getInput(0);
    while (node instanceof Filter || node instanceof Project || node instanceof Join) {
      boolean right = false;
      if (node instanceof Join join) {
        JoinTable table = tables.get(join);
        if (table == null || !JoinCompiler.isShared(join, table)) {
          return null;
        }
        shared.put(join, table);
        right = table.isFirst();
      }
      node = node.getInput(right ? 1 : 0);
    }
    RelNode source = node;
    Optional<PlanLeaf> leaf = leaf(source);
    if (leaf.isEmpty()) {
      return null;
    }
    Parallel.Maker<T> maker =
        (part, partContext) -> {
          OperatorTree tree =
              new OperatorTree(
                  below -> below == source ? Optional.of(part) : Optional.empty(), partContext);
          tree.tables.putAll(shared);
          try {
            return type.cast(tree.node(plan));
          } catch (NotCompiled e) {
            throw new IllegalStateException("compiled before: " + plan, e);
          }
        };
    Parallel<T> parallel = new Parallel<>(leaf.get(), List.copyOf(shared.values()), maker, context);
    parallels.add(parallel);
    return parallel;
  }

  private BatchOperator sort(Sort sort) throws NotCompiled {
    long offset = sort.offset == null ? 0 : rows(sort.offset);
    long fetch = sort.fetch == null ? Long.MAX_VALUE : rows(sort.fetch);
    BatchOperator input = node(sort.getInput());
    List<SortKey> keys = new ArrayList<>();
    for (RelFieldCollation field : sort.getCollation().getFieldCollations()) {
      boolean descending = field.direction.isDescending();
      boolean nullsFirst =
          switch (field.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending; // NULL is the greatest
          };
      int column = field.getFieldIndex();
      keys.add(new SortKey(column, input.types().get(column), descending, nullsFirst));
    }
    return keys.isEmpty()
        ? new LimitOperator(input, offset, fetch)
        : new SortOperator(
            input,
            keys,
            offset,
            fetch,
            fetch == Long.MAX_VALUE ? null : parallel(sort, SortOperator.class),
            LeafColumns.of(
                sort.getInput(),
                sort.getCollation().getFieldCollations().get(0).getFieldIndex(),
                node -> leaf(node).isPresent()),
            context);
  }

  /** What OFFSET or FETCH says. */
  private long rows(RexNode node) throws NotCompiled {
    Object value = null;
    if (node instanceof RexLiteral literal) {
      value = literal.getValueAs(BigDecimal.class);
    } else if (node instanceof RexDynamicParam parameter
        && parameter.getIndex() < context.parameters().size()) {
      value = context.parameters().get(parameter.getIndex());
    }
    if (value == null) {
      throw new NotCompiled(node.toString());
    }
    long rows = Constants.toLong(value, TensorType.scalar(Dtype.INT64));
    if (rows < 0) {
      throw new NotCompiled(node.toString());
    }
    return rows;
  }

  private BatchOperator union(Union union) throws NotCompiled {
    List<BatchOperator> inputs = new ArrayList<>();
    for (RelNode input : union.getInputs()) {
      inputs.add(node(input));
    }
    List<TensorType> types = inputs.get(0).types();
    for (BatchOperator input : inputs) {
      for (int i = 0; i < types.size(); i++) {
        if (!sameSamples(types.get(i), input.types().get(i))) {
          throw new NotCompiled("columns of different types in a UNION ALL");
        }
      }
    }
    return new UnionOperator(inputs);
  }

  private static boolean sameSamples(TensorType left, TensorType right) {
    boolean labels =
        left.htype() != Htype.CLASS_LABEL && right.htype() != Htype.CLASS_LABEL
            || left.equals(right);
    return labels && left.sameBytes(right);
  }

  private BatchOperator values(Values values) throws NotCompiled {
    List<TensorType> types = new ArrayList<>();
    for (RelDataTypeField field : values.getRowType().getFieldList()) {
      types.add(RexCompiler.scalar(field.getType()));
    }
    Constants constants = new Constants(context);
    List<List<Expression>> rows = new ArrayList<>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      List<Expression> row = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        row.add(constants.literal(tuple.get(i), types.get(i)));
      }
      rows.add(row);
    }
    return new ValuesOperator(types, rows, context);
  }
}
