package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** How many groupings GROUP BY stands for: CUBE doubles them for each key, and lists multiply. */
final class GroupingSetCount {
  /** As many as PostgreSQL takes: CUBE of twelve keys. */
  private static final long MOST = 4_096;

  /** Each set is planned with all keys: CUBE of twelve is just below. */
  private static final long MOST_KEYS = 50_000;

  private GroupingSetCount() {}

  static void check(SqlNodeList group) {
    long sets = product(group);
    if (sets > MOST) {
      throw refused(group, "more than " + MOST + " grouping sets");
    }
    long keys = sets == 1 ? 0 : sets * keys(group);
    if (keys > MOST_KEYS) {
      throw refused(
          group,
          sets
              + " grouping sets of "
              + keys(group)
              + " keys, whose product may be "
              + MOST_KEYS
              + " at most");
    }
  }

  private static Carried refused(SqlNodeList group, String what) {
    SqlParserPos place = group.getParserPosition();
    return new Carried(
        new StatementException(
            "54001",
            "GROUP BY stands for " + what + "; name those that are needed",
            place.getLineNum(),
            place.getColumnNum()));
  }

  private static long keys(Iterable<SqlNode> items) {
    long keys = 0;
    for (SqlNode item : items) {
      boolean sets =
          item.getKind() == SqlKind.CUBE
              || item.getKind() == SqlKind.ROLLUP
              || item.getKind() == SqlKind.GROUPING_SETS
              || item.getKind() == SqlKind.ROW;
      keys += sets ? keys(((SqlCall) item).getOperandList()) : 1;
    }
    return keys;
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
