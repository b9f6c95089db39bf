package io.versor.engine.plan;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.TransientTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a recursive query gave in the round before. Calcite's own rule asks for an expression
 * that finds the table, which the tables of recursive queries do not have.
 */
public final class RecursiveScan extends TableScan implements EnumerableRel {
  static final ConverterRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              LogicalTableScan.class,
              scan -> scan.getTable().unwrap(TransientTable.class) != null,
              Convention.NONE,
              EnumerableConvention.INSTANCE,
              "RecursiveScanRule")
          .withRuleFactory(Rule::new)
          .toRule(Rule.class);

  private RecursiveScan(RelOptCluster cluster, RelTraitSet traits, RelOptTable table) {
    super(cluster, traits, List.of(), table);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new RecursiveScan(getCluster(), traits, table);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    PhysType rows =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), prefer.preferArray());
    List<String> path = table.getQualifiedName();
    return implementor.result(
        rows,
        Blocks.toBlock(
            Expressions.call(
                RecursiveScan.class,
                "rows",
                implementor.getRootExpression(),
                Expressions.constant(path.get(path.size() - 1)),
                Expressions.constant(getRowType().getFieldCount() == 1))));
  }

  /**
   * Called by generated code.
   *
   * @param bare whether rows have one column, and are given as its values
   */
  public static Enumerable<?> rows(DataContext context, String name, boolean bare) {
    ScannableTable table =
        (ScannableTable) context.getRootSchema().tables().get(name); // the query has put it there
    Run run = (Run) context.get(FallbackScan.RUN);
    return new AbstractEnumerable<@Nullable Object>() {
      @Override
      public Enumerator<@Nullable Object> enumerator() {
        run.checkCarried(); // once a round: there may be rounds without end
        Enumerator<@Nullable Object[]> rows = table.scan(context).enumerator();
        return Linq4j.transform(rows, row -> bare ? row[0] : row);
      }
    };
  }

  /** Makes these of logical scans. */
  static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
      LogicalTableScan scan = (LogicalTableScan) node;
      return new RecursiveScan(
          scan.getCluster(),
          scan.getTraitSet().replace(EnumerableConvention.INSTANCE),
          scan.getTable());
    }
  }
}
