package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelOptUtil.Logic;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rex.LogicVisitor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;

/**
 * Subqueries among the items of a query that is a subquery itself, which read rows of the queries
 * further out. Calcite's rule takes such a row for one of the query that it is in, if nothing of
 * that is read, and forgets behind the first subquery what is read.
 */
final class NestedSubqueries {
  @SuppressWarnings("deprecation") // the constructor; its replacement needs generated code
  static final RelOptRule RULE =
      new RelOptRule(RelOptRule.operand(Project.class, RelOptRule.any()), "NestedSubqueries") {
        @Override
        public void onMatch(RelOptRuleCall call) {
          Project project = call.rel(0);
          if (!project.getVariablesSet().isEmpty() && readsFurtherOut(project)) {
            call.transformTo(new Joined().of(project));
          }
        }
      };

  private NestedSubqueries() {}

  /** Gives a variable to each projection that would be without one; nothing reads it. */
  static RelNode mark(RelNode plan) {
    return mark(plan, Set.of());
  }

  /**
   * @param around variables of the queries that a plan is a subquery of
   */
  private static RelNode mark(RelNode plan, Set<CorrelationId> around) {
    return BottomUp.nodes(
        plan,
        node -> {
          Set<CorrelationId> within = new HashSet<>(around);
          within.addAll(node.getVariablesSet());
          RelNode marked =
              node.accept(
                  new RexShuttle() {
                    @Override
                    public RexNode visitSubQuery(RexSubQuery query) {
                      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
                      RelNode rel = mark(visited.rel, within);
                      return rel == visited.rel ? visited : visited.clone(rel);
                    }
                  });
          return marked instanceof LogicalProject project
                  && project.getVariablesSet().isEmpty()
                  && read(project).stream().anyMatch(around::contains)
              ? LogicalProject.create(
                  project.getInput(),
                  project.getHints(),
                  project.getProjects(),
                  project.getRowType().getFieldNames(),
                  Set.of(project.getCluster().createCorrel()))
              : marked;
        });
  }

  private static boolean readsFurtherOut(Project project) {
    return !project.getVariablesSet().containsAll(read(project));
  }

  /** Variables that the subqueries of a projection read. */
  private static Set<CorrelationId> read(Project project) {
    Set<CorrelationId> read = new HashSet<>();
    for (RexNode item : project.getProjects()) {
      item.accept(
          new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
              read.addAll(RelOptUtil.getVariablesUsed(query.rel));
              return super.visitSubQuery(query);
            }
          });
    }
    return read;
  }

  /** Joins all subqueries of a projection at once. */
  private static final class Joined extends SubQueryRemoveRule {
    Joined() {
      super(Config.PROJECT);
    }

    RelNode of(Project project) {
      RelBuilder builder = new PlainBuilder(project.getCluster(), null).push(project.getInput());
      List<RexNode> items = new ArrayList<>(project.getProjects());
      for (int i = 0; ; i++) {
        RexSubQuery query = RexUtil.SubQueryFinder.find(items);
        if (query == null) {
          break;
        }
        Logic logic = LogicVisitor.find(Logic.TRUE_FALSE_UNKNOWN, items, query);
        Set<CorrelationId> own = RelOptUtil.getVariablesUsed(query.rel);
        own.retainAll(project.getVariablesSet());
        int columns = builder.peek().getRowType().getFieldCount();
        RexNode joined = apply(query, own, logic, builder, 1, columns, i);
        items.replaceAll(item -> item.accept(replacing(query, joined)));
      }
      return builder.project(items, project.getRowType().getFieldNames()).build();
    }

    private static RexShuttle replacing(RexSubQuery query, RexNode joined) {
      return new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery other) {
          return other.equals(query) ? joined : other;
        }
      };
    }
  }
}
