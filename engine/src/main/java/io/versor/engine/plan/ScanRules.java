package io.versor.engine.plan;

import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.TensorScan;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/** Tells scans which columns and rows matter. */
final class ScanRules {
  /** A filter right above a scan is something the scan can skip by; it stays all the same. */
  static final RelOptRule CONDITIONS = new Conditions();

  /** A projection right above a scan, of fewer columns than the scan reads. */
  static final RelOptRule COLUMNS = new Columns();

  private ScanRules() {}

  @SuppressWarnings("deprecation") // the constructor; its replacement needs generated code
  private static final class Conditions extends RelOptRule {
    Conditions() {
      super(operand(Filter.class, operand(TensorScan.class, none())), "ScanConditions");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      Filter filter = call.rel(0);
      TensorScan scan = call.rel(1);
      List<RexNode> conditions = RelOptUtil.conjunctions(filter.getCondition());
      if (scan.conditions().equals(conditions) || filter.containsOver()) {
        return;
      }
      if (!scan.conditions().isEmpty()) {
        return;
      }
      List<String> key = ScanBounds.key(scan.source(), scan.fields(), conditions);
      TensorScan bounded = scan.withConditions(conditions, key);
      call.transformTo(filter.copy(filter.getTraitSet(), List.of(bounded)));
    }
  }

  @SuppressWarnings("deprecation") // the constructor; its replacement needs generated code
  private static final class Columns extends RelOptRule {
    Columns() {
      super(operand(Project.class, operand(TensorScan.class, none())), "ScanColumns");
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
      Project project = call.rel(0);
      TensorScan scan = call.rel(1);
      ImmutableBitSet used = RelOptUtil.InputFinder.bits(project.getProjects(), null);
      if (used.isEmpty()) {
        used = ImmutableBitSet.of(cheapest(scan));
      }
      if (used.cardinality() == scan.fields().size() || !scan.conditions().isEmpty()) {
        return;
      }
      RelNode narrow = scan.project(used, java.util.Set.of(), call.builder());
      List<Integer> kept = used.asList();
      RexShuttle renumber =
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
              return new RexInputRef(kept.indexOf(ref.getIndex()), ref.getType());
            }
          };
      List<RexNode> projects = new ArrayList<>(renumber.apply(project.getProjects()));
      call.transformTo(
          LogicalProject.create(
              narrow,
              project.getHints(),
              projects,
              project.getRowType(),
              project.getVariablesSet()));
    }

    /** Rows must be counted, whatever is in them. */
    private static int cheapest(TensorScan scan) {
      for (int i = 0; i < scan.fields().size(); i++) {
        Field field = scan.source().fields().get(scan.fields().get(i));
        if (field.kind() == Field.Kind.ROW_ID) {
          return i;
        }
      }
      return 0;
    }
  }
}
