package io.versor.engine.plan;

import io.versor.engine.catalog.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** {@code LABEL_ID(c)} is a hidden column beside {@code c}, whose labels are read as texts. */
final class LabelIds {
  private LabelIds() {}

  /** What stands for the call; null if it is no such call, or not of a column. */
  static @Nullable SqlNode column(SqlCall call) {
    if (!call.getOperator().getName().equalsIgnoreCase("LABEL_ID") || call.operandCount() != 1) {
      return null;
    }
    if (call.operand(0) instanceof SqlCall item && item.getKind() == SqlKind.ITEM) {
      SqlNode ids = beside(item.operand(0));
      return ids == null
          ? null
          : item.getOperator().createCall(item.getParserPosition(), ids, item.operand(1));
    }
    return beside(call.operand(0));
  }

  private static @Nullable SqlNode beside(SqlNode labels) {
    if (!(labels instanceof SqlIdentifier column) || column.isStar()) {
      return null;
    }
    List<String> names = new ArrayList<>(column.names);
    int last = names.size() - 1;
    names.set(last, names.get(last) + Field.LABEL_ID_SUFFIX);
    return new SqlIdentifier(names, null, column.getParserPosition(), null);
  }

  /**
   * Groups by the numbers of labels too, where a query groups by labels and asks for their numbers:
   * one goes with the other.
   *
   * @param order what its rows are ordered by, if that stands outside of it
   */
  static void group(SqlSelect select, @Nullable SqlNodeList order) {
    SqlNodeList groups = select.getGroup();
    if (groups == null) {
      return;
    }
    List<SqlIdentifier> numbers = new ArrayList<>();
    SqlBasicVisitor<Void> collector =
        new SqlBasicVisitor<>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            if (last(id).endsWith(Field.LABEL_ID_SUFFIX)) {
              numbers.add(id);
            }
            return null;
          }
        };
    for (SqlNode part :
        new @Nullable SqlNode[] {
          select.getSelectList(), select.getHaving(), select.getQualify(), order
        }) {
      if (part != null) {
        part.accept(collector);
      }
    }
    for (SqlIdentifier number : numbers) {
      List<SqlNode> present = List.copyOf(groups.getList());
      boolean labels = present.stream().anyMatch(each -> isOf(number, each));
      if (labels && present.stream().noneMatch(each -> same(number, each))) {
        groups.add(number.clone(number.getParserPosition()));
      }
    }
  }

  private static boolean isOf(SqlIdentifier number, SqlNode labels) {
    SqlNode beside = beside(labels);
    return beside != null && same(number, beside);
  }

  /** One of them may be qualified where the other is not. */
  private static boolean same(SqlIdentifier left, SqlNode right) {
    if (!(right instanceof SqlIdentifier other)) {
      return false;
    }
    int length = Math.min(left.names.size(), other.names.size());
    for (int i = 1; i <= length; i++) {
      String name = left.names.get(left.names.size() - i);
      if (!name.equalsIgnoreCase(other.names.get(other.names.size() - i))) {
        return false;
      }
    }
    return true;
  }

  private static String last(SqlIdentifier id) {
    return id.names.get(id.names.size() - 1);
  }
}
