package io.versor.parser.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.SqlPrefixOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.parser.SqlParserUtil.ToTreeListItem;
import org.jspecify.annotations.Nullable;

/**
 * Trees of long chains of AND and OR. For each operator of a chain, Calcite looks at all others,
 * for LIKE and BETWEEN several times, and what it makes is as deep as the chain is long. Here a
 * chain is cut at its ORs, and these parts at their ANDs, before Calcite sees it, and the parts are
 * put together by halves.
 */
public final class Junctions {
  /** Shorter chains are left to Calcite. */
  private static final int FEWEST = 50;

  private Junctions() {}

  /**
   * The tree of an expression.
   *
   * @param list operands, and operators with their places, as they stand in the text
   */
  public static @Nullable SqlNode tree(List<@Nullable Object> list) {
    return list.size() >= FEWEST && isCut(list)
        ? tree(list, SqlStdOperatorTable.OR)
        : SqlParserUtil.toTree(list);
  }

  /** Whether all other operators bind closer than AND. */
  private static boolean isCut(List<@Nullable Object> list) {
    int and = SqlStdOperatorTable.AND.getRightPrec();
    boolean found = false;
    for (Object each : list) {
      if (each instanceof ToTreeListItem item) {
        SqlOperator operator = item.getOperator();
        boolean junction = isJunction(operator);
        found |= junction;
        if (!junction && precedence(operator) <= and) {
          return false;
        }
      }
    }
    return found;
  }

  private static int precedence(SqlOperator operator) {
    boolean oneSided =
        operator instanceof SqlPrefixOperator || operator instanceof SqlPostfixOperator;
    int left = operator.getLeftPrec();
    int right = operator.getRightPrec();
    return oneSided ? Math.max(left, right) : Math.min(left, right);
  }

  private static boolean isJunction(SqlOperator operator) {
    return operator == SqlStdOperatorTable.AND || operator == SqlStdOperatorTable.OR;
  }

  private static @Nullable SqlNode tree(List<@Nullable Object> list, SqlOperator junction) {
    List<SqlNode> parts = new ArrayList<>();
    List<ToTreeListItem> between = new ArrayList<>();
    int from = 0;
    boolean bound = false; // the lower one of a BETWEEN, up to its own AND
    for (int i = 0; i <= list.size(); i++) {
      SqlOperator operator =
          i < list.size() && list.get(i) instanceof ToTreeListItem item ? item.getOperator() : null;
      if (i < list.size() && (operator != junction || bound)) {
        boolean begins = operator != null && operator.getKind() == SqlKind.BETWEEN;
        bound = begins || bound && operator != SqlStdOperatorTable.AND;
        continue;
      }
      List<@Nullable Object> part = new ArrayList<>(list.subList(from, i));
      SqlNode made =
          junction == SqlStdOperatorTable.OR && part.size() > 1
              ? tree(part, SqlStdOperatorTable.AND)
              : SqlParserUtil.toTree(part);
      parts.add(Objects.requireNonNull(made, "an operand"));
      if (i < list.size()) {
        between.add((ToTreeListItem) Objects.requireNonNull(list.get(i)));
      }
      from = i + 1;
    }
    return joined(parts, between);
  }

  /**
   * @param between an operator less than there are parts
   */
  private static SqlNode joined(List<SqlNode> parts, List<ToTreeListItem> between) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int half = parts.size() / 2;
    List<SqlNode> sides =
        List.of(
            joined(parts.subList(0, half), between.subList(0, half - 1)),
            joined(parts.subList(half, parts.size()), between.subList(half, between.size())));
    ToTreeListItem middle = between.get(half - 1);
    return middle.getOperator().createCall(middle.getPos().plusAll(sides), sides);
  }
}
