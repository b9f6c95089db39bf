package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.util.SqlVisitor;
import org.apache.calcite.sql.validate.DelegatingScope;
import org.apache.calcite.sql.validate.ListScope;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Columns of the queries around one that has groups. They are the same for all rows of a group, but
 * Calcite's validator asks for them in GROUP BY; so each is put into a call that it does not look
 * into, and that is gone again when the query is converted.
 */
final class OuterColumns {
  /** The call. */
  private static final SqlFunction OUTER =
      new SqlFunction(
          "OUTER_COLUMN",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0,
          null,
          OperandTypes.ANY,
          SqlFunctionCategory.SYSTEM) {
        @Override
        public <R> void acceptCall(
            SqlVisitor<R> visitor,
            SqlCall call,
            boolean onlyExpressions,
            SqlBasicVisitor.ArgHandler<R> handler) {
          if (!onlyExpressions) {
            super.acceptCall(visitor, call, false, handler);
          }
        }

        @Override
        public RelDataType deriveType(
            SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
          return validator.deriveType(scope, call.operand(0));
        }
      };

  static boolean isMarked(SqlCall call) {
    return call.getOperator() == OUTER;
  }

  private final ListScope scope;

  private OuterColumns(ListScope scope) {
    this.scope = scope;
  }

  /**
   * Marks them in a query with groups, whose FROM is valid.
   *
   * @param scope of its WHERE
   */
  static void mark(SqlSelect select, SqlValidatorScope scope) {
    if (scope instanceof ListScope tables && hasQueryAround(tables)) {
      new OuterColumns(tables).mark(select);
    }
  }

  private static boolean hasQueryAround(ListScope scope) {
    SqlValidatorScope around = scope.getParent();
    while (around instanceof DelegatingScope delegating) {
      if (around instanceof ListScope) {
        return true;
      }
      around = delegating.getParent();
    }
    return false;
  }

  private void mark(SqlSelect select) {
    List<SqlNode> groups = new ArrayList<>();
    if (select.getGroup() != null) {
      addGroups(select.getGroup(), groups);
    }
    Set<String> aliases = new HashSet<>();
    SqlNodeList items = select.getSelectList();
    for (int i = 0; i < items.size(); i++) {
      String alias = SqlValidatorUtil.alias(items.get(i));
      items.set(i, CommonColumns.item(items.get(i), marked(items.get(i), groups, Set.of())));
      if (alias != null) {
        aliases.add(alias.toLowerCase(Locale.ROOT));
      }
    }
    if (select.getHaving() != null) {
      select.setHaving(marked(select.getHaving(), groups, aliases));
    }
    if (select.getQualify() != null) {
      select.setQualify(marked(select.getQualify(), groups, aliases));
    }
    SqlNodeList order = select.getOrderList();
    for (int i = 0; order != null && i < order.size(); i++) {
      order.set(i, marked(order.get(i), groups, aliases));
    }
  }

  /** What is grouped by, also within GROUPING SETS and the like. */
  private static void addGroups(SqlNode node, List<SqlNode> groups) {
    groups.add(node);
    if (node instanceof SqlNodeList list) {
      list.forEach(each -> addGroups(each, groups));
    } else if (node instanceof SqlCall call
        && (call.getKind() == SqlKind.ROW
            || call.getKind() == SqlKind.ROLLUP
            || call.getKind() == SqlKind.CUBE
            || call.getKind() == SqlKind.GROUPING_SETS
            || call.getKind() == SqlKind.GROUP_BY_DISTINCT)) {
      call.getOperandList().forEach(each -> addGroups(each, groups));
    }
  }

  private SqlNode marked(SqlNode expression, List<SqlNode> groups, Set<String> aliases) {
    SqlNode marked =
        expression.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                boolean inside =
                    call.isA(SqlKind.QUERY)
                        || call.getOperator().isAggregator()
                        || call.getKind() == SqlKind.FILTER
                        || call.getKind() == SqlKind.WITHIN_GROUP
                        || call.getKind() == SqlKind.OVER
                        || isGroup(call);
                if (inside) {
                  return call;
                }
                if (call.getKind() == SqlKind.AS) {
                  SqlNode value = call.operand(0);
                  SqlNode with = value.accept(this);
                  return with == null || with == value
                      ? call
                      : call.getOperator()
                          .createCall(call.getParserPosition(), with, call.operand(1));
                }
                return super.visit(call);
              }

              @Override
              public SqlNode visit(SqlIdentifier id) {
                boolean other =
                    id.isStar()
                        || id.isSimple()
                            && aliases.contains(id.getSimple().toLowerCase(Locale.ROOT))
                        || isGroup(id);
                return other ? id : outer(id);
              }

              private boolean isGroup(SqlNode node) {
                return groups.stream().anyMatch(each -> each.equalsDeep(node, Litmus.IGNORE));
              }
            });
    return marked == null ? expression : marked;
  }

  private SqlNode outer(SqlIdentifier id) {
    try {
      SqlQualified qualified = scope.fullyQualify(id);
      return qualified.namespace == null || scope.getChildren().contains(qualified.namespace)
          ? id
          : OUTER.createCall(id.getParserPosition(), qualified.identifier);
    } catch (CalciteException e) {
      return id; // no column, or one that does not exist, which is said where it is validated
    }
  }
}
