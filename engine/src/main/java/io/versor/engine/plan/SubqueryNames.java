package io.versor.engine.plan;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the columns of a subquery that it calls alike itself, as {@code *} does: tools put a
 * user's query into FROM and show all of it. The name tells none of them.
 */
final class SubqueryNames extends SqlBasicVisitor<@Nullable Void> {
  private final BiConsumer<SqlSelect, String> doubled;

  /**
   * @param doubled told each name that several columns of a query have
   */
  SubqueryNames(BiConsumer<SqlSelect, String> doubled) {
    this.doubled = doubled;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlSelect select && select.getFrom() != null) {
      from(select.getFrom());
    } else if (call instanceof SqlWithItem) {
      number(call);
    }
    return super.visit(call);
  }

  private void from(SqlNode node) {
    SqlNode at = node;
    while (at.getKind() == SqlKind.JOIN) {
      from(((SqlCall) at).operand(3));
      at = ((SqlCall) at).operand(0);
    }
    boolean renamed = at.getKind() == SqlKind.AS && ((SqlCall) at).operandCount() > 2;
    if (!renamed) {
      number(at.getKind() == SqlKind.AS ? ((SqlCall) at).operand(0) : at);
    }
  }

  private void number(SqlNode query) {
    SqlSelect select = DoubledColumns.naming(query);
    if (select == null) {
      return;
    }
    SqlNodeList items = select.getSelectList();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (SqlNode item : items) {
      String name = name(item);
      if (name != null) {
        names.add(name);
      }
    }
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < items.size(); i++) {
      String name = name(items.get(i));
      if (name != null && !seen.add(name)) {
        doubled.accept(select, name);
        items.set(i, called(items.get(i), free(name, names)));
      }
    }
  }

  private static @Nullable String name(SqlNode item) {
    boolean star = item instanceof SqlIdentifier id && id.isStar();
    return star ? null : SqlValidatorUtil.alias(item);
  }

  private static String free(String name, Set<String> taken) {
    for (int i = 0; ; i++) {
      if (taken.add(name + i)) {
        return name + i;
      }
    }
  }

  private static SqlNode called(SqlNode item, String name) {
    SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    return SqlStdOperatorTable.AS.createCall(
        item.getParserPosition(), value, new SqlIdentifier(name, item.getParserPosition()));
  }
}
