package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Columns that joins have in common, by USING and NATURAL: one column of both sides, which is the
 * left one, of a RIGHT JOIN the right one, and of a FULL JOIN whichever is there. The joins become
 * joins ON, and names without a table that column, wherever in a query they stand.
 */
final class CommonColumns {
  private final Map<SqlJoin, List<String>> common = new IdentityHashMap<>();
  private final Function<SqlNode, List<String>> columnsOf;

  /**
   * @param columnsOf those of a table or query in FROM that can be seen
   */
  CommonColumns(Function<SqlNode, List<String>> columnsOf) {
    this.columnsOf = columnsOf;
  }

  /** Makes a join by common columns one ON a condition, if each of them is there on both sides. */
  void resolve(SqlJoin join) {
    List<String> names = named(join);
    SqlParserPos place = join.getParserPosition();
    SqlNode condition = null;
    for (String name : names) {
      Optional<SqlNode> left = column(join.getLeft(), name, place);
      Optional<SqlNode> right = column(join.getRight(), name, place);
      if (left.isEmpty() || right.isEmpty()) {
        return; // which is said of the join as it is
      }
      SqlNode equal = SqlStdOperatorTable.EQUALS.createCall(place, left.get(), right.get());
      condition =
          condition == null ? equal : SqlStdOperatorTable.AND.createCall(place, condition, equal);
    }
    if (condition != null) {
      common.put(join, names);
      join.setOperand(1, SqlLiteral.createBoolean(false, place));
      join.setOperand(4, JoinConditionType.ON.symbol(place));
      join.setOperand(5, condition);
    }
  }

  private List<String> named(SqlJoin join) {
    if (join.isNatural()) {
      List<String> right = columns(join.getRight());
      return columns(join.getLeft()).stream().filter(name -> has(right, name)).toList();
    }
    List<String> names = new ArrayList<>();
    if (join.getConditionType() == JoinConditionType.USING
        && join.getCondition() instanceof SqlNodeList list) {
      for (String name : SqlIdentifier.simpleNames(list)) {
        if (!has(names, name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static boolean has(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Whether a FROM has any of them. */
  boolean isIn(@Nullable SqlNode from) {
    return from instanceof SqlJoin join
        && (common.containsKey(join) || isIn(join.getLeft()) || isIn(join.getRight()));
  }

  /** Names of what {@code *} stands for, in their order; those in common come first. */
  private List<String> columns(SqlNode from) {
    if (!(from instanceof SqlJoin join)) {
      return columnsOf.apply(from);
    }
    List<String> names = common.getOrDefault(join, List.of());
    List<String> columns = new ArrayList<>();
    List<String> left = columns(join.getLeft());
    for (String name : names) {
      left.stream().filter(name::equalsIgnoreCase).findFirst().ifPresent(columns::add);
    }
    for (List<String> side : List.of(left, columns(join.getRight()))) {
      side.stream().filter(name -> !has(names, name)).forEach(columns::add);
    }
    return columns;
  }

  /**
   * What {@code *} stands for.
   *
   * @param doubled takes names that several columns have
   */
  List<SqlNode> star(SqlNode from, SqlParserPos place, Consumer<String> doubled) {
    List<SqlNode> items = new ArrayList<>();
    addStar(from, List.of(), place, items);
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    items.replaceAll(item -> withOwnName(item, names, place, doubled));
    return items;
  }

  /** Numbered where another one has the name, as Calcite numbers those of other joins. */
  private static SqlNode withOwnName(
      SqlNode item, Set<String> names, SqlParserPos place, Consumer<String> doubled) {
    String name = alias(item);
    String free = name;
    for (int i = 0; !names.add(free); i++) {
      free = name + i;
    }
    if (free.equals(name)) {
      return item;
    }
    doubled.accept(name);
    return named(item, free, place);
  }

  private void addStar(
      SqlNode from, List<String> without, SqlParserPos place, List<SqlNode> items) {
    if (!(from instanceof SqlJoin join)) {
      String table = alias(from);
      for (String name : columnsOf.apply(from)) {
        if (!has(without, name)) {
          items.add(new SqlIdentifier(List.of(table, name), place));
        }
      }
      return;
    }
    List<String> names = common.getOrDefault(join, List.of());
    List<String> left = columns(join.getLeft());
    for (String name : names) {
      if (!has(without, name)) {
        String shown = left.stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
        items.add(named(column(join, name, place).orElseThrow(), shown, place));
      }
    }
    List<String> more = new ArrayList<>(without);
    more.addAll(names);
    addStar(join.getLeft(), more, place, items);
    addStar(join.getRight(), more, place, items);
  }

  private static String alias(SqlNode table) {
    return String.valueOf(SqlValidatorUtil.alias(table));
  }

  private static SqlNode named(SqlNode item, String name, SqlParserPos place) {
    return SqlStdOperatorTable.AS.createCall(place, item, new SqlIdentifier(name, place));
  }

  /** The column of a name, if there is one and no other. */
  private Optional<SqlNode> column(SqlNode from, String name, SqlParserPos place) {
    if (!(from instanceof SqlJoin join)) {
      return columnsOf.apply(from).stream()
          .filter(name::equalsIgnoreCase)
          .findFirst()
          .map(column -> new SqlIdentifier(List.of(alias(from), column), place));
    }
    Optional<SqlNode> left = column(join.getLeft(), name, place);
    Optional<SqlNode> right = column(join.getRight(), name, place);
    if (!has(common.getOrDefault(join, List.of()), name)) {
      boolean both = left.isPresent() && right.isPresent();
      return both ? Optional.empty() : left.or(() -> right);
    }
    return switch (join.getJoinType()) {
      case FULL -> Optional.of(whichever(left.orElseThrow(), right.orElseThrow(), place));
      case RIGHT -> right;
      default -> left;
    };
  }

  /** Of several joins one COALESCE: within each other they would be planned with copies. */
  private static SqlNode whichever(SqlNode left, SqlNode right, SqlParserPos place) {
    List<SqlNode> columns = new ArrayList<>();
    for (SqlNode side : List.of(left, right)) {
      if (side instanceof SqlCall call && call.getKind() == SqlKind.COALESCE) {
        columns.addAll(call.getOperandList());
      } else {
        columns.add(side);
      }
    }
    return SqlStdOperatorTable.COALESCE.createCall(place, columns);
  }

  private boolean isCommon(@Nullable SqlNode from, String name) {
    return from instanceof SqlJoin join
        && (has(common.getOrDefault(join, List.of()), name)
            || isCommon(join.getLeft(), name)
            || isCommon(join.getRight(), name));
  }

  /**
   * An expression with the columns, where it names them.
   *
   * @param hidden names that mean something else
   * @param queries takes those within it, which are left as they are
   */
  SqlNode in(SqlNode expression, SqlNode from, Set<String> hidden, Consumer<SqlNode> queries) {
    SqlNode rewritten =
        expression.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                  queries.accept(call);
                  return call;
                }
                if (call.getKind() == SqlKind.AS) {
                  SqlNode value = call.operand(0);
                  SqlNode with = value.accept(this);
                  return with == value || with == null
                      ? call
                      : SqlStdOperatorTable.AS.createCall(
                          call.getParserPosition(), with, call.operand(1));
                }
                return super.visit(call);
              }

              @Override
              public SqlNode visit(SqlIdentifier id) {
                return id.isSimple()
                        && !id.isStar()
                        && !hidden.contains(id.getSimple())
                        && isCommon(from, id.getSimple())
                    ? column(from, id.getSimple(), id.getParserPosition()).orElse(id)
                    : id;
              }
            });
    return rewritten == null ? expression : rewritten;
  }

  /** An item of SELECT, which keeps its name. */
  static SqlNode item(SqlNode item, SqlNode rewritten) {
    boolean named = item instanceof SqlIdentifier && rewritten != item;
    return named
        ? named(rewritten, ((SqlIdentifier) item).getSimple(), item.getParserPosition())
        : rewritten;
  }
}
