package io.versor.engine.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads some fields of a table, and knows what is asked of them, so that it can skip what cannot
 * match. A logical node; the executors make their own of it.
 */
public class TensorScan extends TableScan {
  private final VersorTable source;
  private final List<Integer> fields;
  private final List<RexNode> conditions;
  private final List<String> key;

  protected TensorScan(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelOptTable table,
      VersorTable source,
      List<Integer> fields,
      List<RexNode> conditions,
      List<String> key) {
    super(cluster, traits, List.of(), table);
    this.source = source;
    this.fields = List.copyOf(fields);
    this.conditions = List.copyOf(conditions);
    this.key = List.copyOf(key);
  }

  /** All fields of a table, unconditionally. */
  public static TensorScan of(RelOptCluster cluster, RelOptTable table, VersorTable source) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < source.fields().size(); i++) {
      all.add(i);
    }
    return new TensorScan(
        cluster, cluster.traitSetOf(Convention.NONE), table, source, all, List.of(), List.of());
  }

  public final VersorTable source() {
    return source;
  }

  /** Positions in {@link VersorTable#fields()}, in the order of this node's columns. */
  public final List<Integer> fields() {
    return fields;
  }

  /**
   * Over this node's columns; all hold for every row that matters. For skipping only: rows that do
   * not satisfy them may still come.
   */
  public final List<RexNode> conditions() {
    return conditions;
  }

  /** Columns of the key by which it finds its rows; none if it looks through the table. */
  public final List<String> key() {
    return key;
  }

  public TensorScan withConditions(List<RexNode> more, List<String> keyColumns) {
    return new TensorScan(getCluster(), getTraitSet(), table, source, fields, more, keyColumns);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return traits.equals(getTraitSet())
        ? this
        : new TensorScan(getCluster(), traits, table, source, fields, conditions, key);
  }

  @Override
  public RelDataType deriveRowType() {
    List<RelDataTypeField> all = table.getRowType().getFieldList();
    var row = getCluster().getTypeFactory().builder();
    for (int field : fields) {
      row.add(all.get(field));
    }
    return row.build();
  }

  @Override
  public RelNode project(ImmutableBitSet used, Set<RelDataTypeField> extra, RelBuilder builder) {
    if (!conditions.isEmpty() || used.isEmpty() || used.cardinality() == fields.size()) {
      return this;
    }
    List<Integer> kept = new ArrayList<>();
    for (int i : used) {
      kept.add(fields.get(i));
    }
    return new TensorScan(getCluster(), getTraitSet(), table, source, kept, List.of(), List.of());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    super.explainTerms(writer).item("columns", getRowType().getFieldNames());
    return writer
        .itemIf("conditions", conditions, !conditions.isEmpty())
        .itemIf("key", key, !key.isEmpty());
  }

  @Override
  public double estimateRowCount(RelMetadataQuery metadata) {
    double rows = Math.max(1, source.estimatedRows());
    for (int i = 0; i < conditions.size(); i++) {
      rows = Math.max(1, rows / 2);
    }
    return rows;
  }

  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery metadata) {
    double rows = estimateRowCount(metadata);
    return planner.getCostFactory().makeCost(rows, rows * Math.max(1, fields.size()), 0);
  }
}
