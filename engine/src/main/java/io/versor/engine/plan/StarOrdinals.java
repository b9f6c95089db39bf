package io.versor.engine.plan;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;

/** {@code SELECT *, f(a) … GROUP BY 1, 2}: what the numbers mean where a star stands before. */
final class StarOrdinals {
  private StarOrdinals() {}

  static void resolve(SqlSelect select, VersorValidator validator) {
    SqlNodeList group = select.getGroup();
    if (group == null
        || select.getSelectList().stream().noneMatch(StarOrdinals::isStar)
        || group.stream().noneMatch(SqlNumericLiteral.class::isInstance)) {
      return;
    }
    SqlNodeList items = new SqlNodeList(select.getSelectList().getParserPosition());
    for (SqlNode item : select.getSelectList()) {
      if (isStar(item)) {
        items.addAll(validator.expandStar(SqlNodeList.of(item), select, false));
      } else {
        items.add(item);
      }
    }
    for (int i = 0; i < group.size(); i++) {
      if (group.get(i) instanceof SqlNumericLiteral number && number.isInteger()) {
        long place = number.longValue(false);
        if (place >= 1 && place <= items.size()) {
          SqlNode item = SqlUtil.stripAs(items.get((int) place - 1));
          group.set(i, item.clone(number.getParserPosition()));
        }
      }
    }
  }

  private static boolean isStar(SqlNode item) {
    return item instanceof SqlIdentifier id && id.isStar();
  }
}
