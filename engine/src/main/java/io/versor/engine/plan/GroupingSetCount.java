package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** How many groupings GROUP BY stands for: CUBE doubles them for each key, and lists multiply. */
final class GroupingSetCount {
  /** As many as PostgreSQL takes: CUBE of twelve keys. */
  private static final long MOST = 4_096;

  private GroupingSetCount() {}

  static void check(SqlNodeList group) {
    if (product(group) > MOST) {
      SqlParserPos place = group.getParserPosition();
      throw new Carried(
          new StatementException(
              "54001",
              "GROUP BY stands for more than "
                  + MOST
                  + " grouping sets; name those that are needed",
              place.getLineNum(),
              place.getColumnNum()));
    }
  }

  private static long product(Iterable<SqlNode> items) {
    long sets = 1;
    for (SqlNode item : items) {
      sets = Math.min(sets * count(item), MOST + 1);
    }
    return sets;
  }

  private static long count(SqlNode item) {
    if (!(item instanceof SqlCall call)) {
      return 1;
    }
    int keys = call.operandCount();
    return switch (call.getKind()) {
      case CUBE -> keys >= Integer.SIZE ? MOST + 1 : Math.min(1L << keys, MOST + 1);
      case ROLLUP -> keys + 1L;
      case GROUPING_SETS -> call.getOperandList().stream().mapToLong(GroupingSetCount::count).sum();
      default -> 1;
    };
  }
}
