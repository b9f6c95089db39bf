package io.versor.engine;

import io.versor.engine.RandomTables.Column;
import io.versor.engine.RandomTables.Kind;
import io.versor.engine.RandomTables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random queries over {@link RandomTables}, in the dialect that Versor and H2 share; full joins and
 * grouping sets are unions for H2. Arithmetic stays small, so that nothing overflows; what the two
 * are known to disagree on is left out: decimal division, CHAR padding, the types of sums of dates.
 */
final class RandomQuery {
  /** Kinds that two tables are joined and compared by. */
  private static final List<Kind> KEYS =
      List.of(Kind.INT, Kind.TEXT, Kind.DATE, Kind.BIG, Kind.DECIMAL, Kind.BOOL);

  private final Random random;
  private final RandomTables values;
  private final List<Table> tables;
  private int aliases;

  RandomQuery(Random random, List<Table> tables) {
    this.random = random;
    this.values = new RandomTables(random);
    this.tables = tables;
  }

  private int pick(int bound) {
    return random.nextInt(bound);
  }

  private boolean maybe(int oneIn) {
    return pick(oneIn) == 0;
  }

  private String one(String... all) {
    return all[pick(all.length)];
  }

  private Kind kind() {
    return Kind.values()[pick(Kind.values().length)];
  }

  /** Rows come in the order they are to be compared in only if it is ordered. */
  record Query(SqlPiece sql, boolean ordered) {}

  /** A clause FROM and the columns behind it. */
  private record From(SqlPiece sql, List<Column> columns) {}

  Query next() {
    aliases = 0;
    return switch (pick(20)) {
      case 0, 1 -> new Query(plain(List.of(), 2), false);
      case 14, 15 -> new Query(overPeers(), false);
      case 16 -> new Query(commonColumns(), false);
      case 17 -> new Query(qualified(), false);
      case 18 -> new Query(firstOfEach(), true);
      case 19 -> new Query(withTies(), false);
      case 2, 3 -> new Query(grouped(), false);
      case 4, 5, 6 -> new Query(windowed(), false);
      case 7 -> new Query(set(), false);
      case 8 -> new Query(withCommon(), false);
      case 9 -> new Query(fullJoin(), false);
      case 10 -> new Query(groupingSets(), false);
      default -> limited();
    };
  }

  /** An expression that may fail, alone, so that nothing else decides whether it is evaluated. */
  SqlPiece failing() {
    aliases = 0;
    Table table = tables.get(0);
    List<Column> columns = columns(table, "x");
    SqlPiece big = column(Kind.BIG, columns);
    SqlPiece number = column(Kind.INT, columns);
    SqlPiece item =
        switch (pick(9)) {
          case 0 -> SqlPiece.of("(", big, " + ", number, ")");
          case 1 -> SqlPiece.of("(", big, " * ", number, ")");
          case 2 -> SqlPiece.of("(", number, " / ", expression(Kind.INT, columns, 1), ")");
          case 3 -> SqlPiece.of("MOD(", number, ", ", column(Kind.INT, columns), ")");
          case 4 -> SqlPiece.of("CAST(", big, " AS INTEGER)");
          case 5 -> SqlPiece.of("CAST(", big, " AS SMALLINT)");
          case 6 -> SqlPiece.of("CAST(", column(Kind.TEXT, columns), " AS INTEGER)");
          case 7 -> SqlPiece.of("CAST(", column(Kind.TEXT, columns), " AS DATE)");
          default -> SqlPiece.of("CAST(", big, " AS DECIMAL(5, 2))");
        };
    SqlPiece where = SqlPiece.of(" WHERE x.id = " + pick(8)).orNothing();
    return SqlPiece.of("SELECT x.id, ", item, " AS e FROM " + table.name() + " x", where);
  }

  // --- tables

  private static List<Column> columns(Table table, String alias) {
    List<Column> columns = new ArrayList<>();
    table.columns().forEach(c -> columns.add(new Column(alias + "." + c.name(), c.kind())));
    return columns;
  }

  private From table() {
    String alias = "x" + aliases++;
    if (maybe(5)) {
      return derived(alias);
    }
    Table table = tables.get(pick(tables.size()));
    return new From(SqlPiece.of(table.name() + " " + alias), columns(table, alias));
  }

  /** A subquery in FROM. */
  private From derived(String alias) {
    From from = table();
    List<Column> columns = new ArrayList<>();
    List<Object> items = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      String name = "d" + items.size();
      items.add(SqlPiece.of(expression(kind, from.columns(), 1), " AS " + name));
      columns.add(new Column(alias + "." + name, kind));
    }
    SqlPiece distinct = maybe(4) ? SqlPiece.of("DISTINCT ").orNothing() : SqlPiece.of();
    return new From(
        SqlPiece.of(
            "(SELECT ",
            distinct,
            list(items),
            " FROM ",
            from.sql(),
            where(from.columns(), 1),
            ") " + alias),
        columns);
  }

  private From from() {
    From left = table();
    for (int joins = maybe(2) ? 0 : 1 + pick(2); joins > 0; joins--) {
      From right = table();
      List<Column> both = new ArrayList<>(left.columns());
      both.addAll(right.columns());
      String type = one("JOIN", "LEFT JOIN", "RIGHT JOIN", "CROSS JOIN");
      SqlPiece on = SqlPiece.of();
      if (!type.equals("CROSS JOIN")) {
        Kind key = KEYS.get(pick(KEYS.size()));
        SqlPiece equal =
            SqlPiece.of(column(key, left.columns()), " = ", column(key, right.columns()));
        // H2 joins fully by equal columns alone
        boolean more = maybe(2) && !type.equals("FULL JOIN");
        SqlPiece rest = more ? SqlPiece.of(" AND ", condition(both, 1)).orNothing() : SqlPiece.of();
        on =
            maybe(5) && !type.equals("FULL JOIN")
                ? SqlPiece.of(" ON ", condition(both, 1))
                : SqlPiece.of(" ON ", equal, rest);
      }
      left = new From(SqlPiece.of(left.sql(), " " + type + " ", right.sql(), on), both);
    }
    return left;
  }

  private SqlPiece where(List<Column> columns, int depth) {
    return maybe(3) ? SqlPiece.of() : SqlPiece.of(" WHERE ", condition(columns, depth)).orNothing();
  }

  private static SqlPiece list(List<Object> items) {
    List<Object> parts = new ArrayList<>();
    for (Object item : items) {
      if (!parts.isEmpty()) {
        parts.add(", ");
      }
      parts.add(item);
    }
    return SqlPiece.of(parts.toArray());
  }

  // --- queries

  /**
   * @param outer columns of queries around it
   */
  private SqlPiece plain(List<Column> outer, int depth) {
    From from = from();
    List<Column> columns = new ArrayList<>(from.columns());
    columns.addAll(outer);
    List<Object> items = new ArrayList<>();
    for (int i = 0; i <= pick(3); i++) {
      items.add(SqlPiece.of(expression(kind(), columns, depth), " AS e" + i));
    }
    SqlPiece distinct = maybe(4) ? SqlPiece.of("DISTINCT ").orNothing() : SqlPiece.of();
    return SqlPiece.of(
        "SELECT ", distinct, list(items), " FROM ", from.sql(), where(columns, depth));
  }

  private SqlPiece grouped() {
    From from = from();
    List<Object> keys = new ArrayList<>();
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < pick(3); i++) {
      SqlPiece key = column(kind(), from.columns());
      keys.add(key);
      items.add(SqlPiece.of(key, " AS k" + i));
    }
    for (int i = 0; i <= pick(3); i++) {
      items.add(SqlPiece.of(aggregate(from.columns()), " AS a" + i));
    }
    SqlPiece having =
        maybe(3)
            ? SqlPiece.of(
                    " HAVING COUNT(",
                    column(kind(), from.columns()),
                    ") " + one(">", "<=", "<>") + " " + pick(4))
                .orNothing()
            : SqlPiece.of();
    SqlPiece by = keys.isEmpty() ? SqlPiece.of() : SqlPiece.of(" GROUP BY ", list(keys));
    return SqlPiece.of(
        "SELECT ", list(items), " FROM ", from.sql(), where(from.columns(), 1), by, having);
  }

  /** H2 groups in one way at a time. */
  private SqlPiece groupingSets() {
    From from = from();
    List<SqlPiece> keys = new ArrayList<>();
    for (int i = 1 + pick(2); i >= 0; i--) {
      SqlPiece key = column(kind(), from.columns());
      if (keys.stream().noneMatch(other -> other.toString().equals(key.toString()))) {
        keys.add(key);
      }
    }
    List<List<SqlPiece>> sets = new ArrayList<>();
    String words = one("ROLLUP", "CUBE", "GROUPING SETS");
    for (int i = 0; i < 1 << keys.size(); i++) {
      List<SqlPiece> set = new ArrayList<>();
      for (int k = 0; k < keys.size(); k++) {
        if ((i >> k & 1) != 0) {
          set.add(keys.get(k));
        }
      }
      boolean first = set.equals(keys.subList(0, set.size()));
      if (words.equals("ROLLUP") ? first : words.equals("CUBE") || maybe(2)) {
        sets.add(set);
      }
    }
    if (!keys.stream().allMatch(key -> sets.stream().anyMatch(set -> set.contains(key)))) {
      sets.add(keys);
    }
    List<SqlPiece> items = new ArrayList<>();
    for (int i = 0; i <= pick(3); i++) {
      items.add(SqlPiece.of(", ", aggregate(from.columns()), " AS a" + i));
    }
    SqlPiece rest = SqlPiece.of(" FROM ", from.sql(), where(from.columns(), 1));
    SqlPiece having =
        maybe(4) ? SqlPiece.of(" HAVING COUNT(*) " + one(">", "<=") + " 1") : SqlPiece.of();
    List<Object> ours = new ArrayList<>();
    sets.forEach(set -> ours.add(SqlPiece.of("(", list(new ArrayList<>(set)), ")")));
    SqlPiece by =
        words.equals("GROUPING SETS")
            ? SqlPiece.of(" GROUP BY GROUPING SETS (", list(ours), ")")
            : SqlPiece.of(" GROUP BY " + words + "(", list(new ArrayList<>(keys)), ")");
    List<Object> unions = new ArrayList<>();
    for (List<SqlPiece> set : sets) {
      unions.add(unions.isEmpty() ? "" : " UNION ALL ");
      unions.add(groupedBy(set, keys, items, rest));
      unions.add(having);
    }
    return SqlPiece.either(
        SqlPiece.of(groupedBy(keys, keys, items, rest, by), having), SqlPiece.of(unions.toArray()));
  }

  private static SqlPiece groupedBy(
      List<SqlPiece> set, List<SqlPiece> keys, List<SqlPiece> items, SqlPiece rest) {
    SqlPiece by =
        set.isEmpty() ? SqlPiece.of() : SqlPiece.of(" GROUP BY ", list(new ArrayList<>(set)));
    return groupedBy(set, keys, items, rest, by);
  }

  private static SqlPiece groupedBy(
      List<SqlPiece> set, List<SqlPiece> keys, List<SqlPiece> items, SqlPiece rest, SqlPiece by) {
    List<Object> parts = new ArrayList<>(List.of("SELECT "));
    for (int k = 0; k < keys.size(); k++) {
      boolean grouped = set.contains(keys.get(k));
      parts.add((k > 0 ? ", " : ""));
      parts.add(grouped ? keys.get(k) : "NULL");
      parts.add(" AS k" + k);
    }
    parts.addAll(items);
    parts.add(rest);
    parts.add(by);
    return SqlPiece.of(parts.toArray());
  }

  /** H2 has no FULL JOIN, but rows of the right that join with none can be told by their id. */
  private SqlPiece fullJoin() {
    Table left = tables.get(pick(tables.size()));
    Table right = tables.get(pick(tables.size()));
    List<Column> both = columns(left, "x");
    both.addAll(columns(right, "y"));
    Kind key = KEYS.get(pick(KEYS.size()));
    SqlPiece rest = maybe(2) ? SqlPiece.of(" AND ", condition(both, 0)).orNothing() : SqlPiece.of();
    SqlPiece on =
        SqlPiece.of(
            " ON ", column(key, columns(left, "x")), " = ", column(key, columns(right, "y")), rest);
    SqlPiece select =
        SqlPiece.of("SELECT x.id AS i, y.id AS j, ", expression(kind(), both, 1), " AS e0");
    String from = " FROM " + left.name() + " x ";
    String other = " JOIN " + right.name() + " y";
    return SqlPiece.either(
        SqlPiece.of(select, from + "FULL" + other, on),
        SqlPiece.of(
            select,
            from + "LEFT" + other,
            on,
            " UNION ALL ",
            select,
            from + "RIGHT" + other,
            on,
            " WHERE x.id IS NULL"));
  }

  private Kind one(Kind... kinds) {
    return kinds[pick(kinds.length)];
  }

  private SqlPiece aggregate(List<Column> columns) {
    SqlPiece filter =
        maybe(5)
            ? SqlPiece.of(" FILTER (WHERE ", condition(columns, 0), ")").orNothing()
            : SqlPiece.of();
    SqlPiece count = SqlPiece.of("COUNT(*)");
    Kind number = one(Kind.INT, Kind.DECIMAL, Kind.REAL);
    String distinct = maybe(4) ? "DISTINCT " : "";
    SqlPiece call =
        switch (pick(9)) {
          case 7 -> pairs(columns);
          case 8 -> inOrder(columns, number);
          case 0 -> count;
          case 1 -> SqlPiece.of("COUNT(" + distinct, expression(kind(), columns, 1), ")");
          case 2, 3 -> SqlPiece.of("SUM(" + distinct, expression(number, columns, 1), ")");
          case 4 -> SqlPiece.of("AVG(" + distinct, column(Kind.REAL, columns), ")");
          default -> SqlPiece.of(one("MIN", "MAX") + "(", expression(ordered(), columns, 1), ")");
        };
    return SqlPiece.of(call, filter).or(count);
  }

  /** Aggregates of pairs of numbers that stay small, so that six digits of them are the same. */
  private SqlPiece pairs(List<Column> columns) {
    String function =
        one("COVAR_POP", "COVAR_SAMP", "REGR_AVGX", "REGR_AVGY", "REGR_COUNT", "REGR_SXY");
    return SqlPiece.of(function + "(" + small(columns) + ", " + small(columns) + ")");
  }

  private String small(List<Column> columns) {
    String pattern = one("CAST(MOD(%s, 3) AS DOUBLE PRECISION)", "MOD(%s, 7)");
    return String.format(pattern, column(Kind.INT, columns));
  }

  /** Aggregates of values in their order. */
  private SqlPiece inOrder(List<Column> columns, Kind number) {
    String fraction = one("0", "0.25", "0.5", "1");
    String direction = one("", " DESC", " NULLS FIRST");
    return switch (pick(4)) {
      case 0 -> SqlPiece.of("MEDIAN(", expression(number, columns, 1), ")");
      case 1 ->
          SqlPiece.of(
              "PERCENTILE_CONT(" + fraction + ") WITHIN GROUP (ORDER BY ",
              column(number, columns),
              direction + ")");
      case 2 ->
          SqlPiece.of(
              "PERCENTILE_DISC(" + one("0", "1") + ") WITHIN GROUP (ORDER BY ", // H2 rounds others
              column(ordered(), columns),
              direction + ")");
      default ->
          SqlPiece.of(
              "MODE() WITHIN GROUP (ORDER BY ", column(ordered(), columns), one("", " DESC") + ")");
    };
  }

  /** A kind that MIN and MAX take everywhere. */
  private Kind ordered() {
    Kind kind = kind();
    return kind == Kind.BYTES || kind == Kind.BOOL ? Kind.TEXT : kind;
  }

  private SqlPiece windowed() {
    Table table = tables.get(pick(tables.size()));
    List<Column> columns = columns(table, "x");
    SqlPiece partition =
        maybe(2)
            ? SqlPiece.of("PARTITION BY ", column(kind(), columns), " ").orNothing()
            : SqlPiece.of();
    SqlPiece order =
        SqlPiece.of(
            "ORDER BY ",
            SqlPiece.of(column(ordered(), columns), nulls(), ", ").orNothing(),
            "x.id");
    SqlPiece frame = maybe(5) ? SqlPiece.of() : frame("ROWS", () -> String.valueOf(pick(4)));
    SqlPiece over = SqlPiece.of(" OVER (", partition, order, ")");
    SqlPiece framed = SqlPiece.of(" OVER (", partition, order, frame, ")");
    SqlPiece value = column(kind(), columns);
    SqlPiece number = column(one(Kind.INT, Kind.DECIMAL, Kind.REAL), columns);
    SqlPiece function =
        switch (pick(10)) {
          case 0 -> SqlPiece.of("ROW_NUMBER()", over);
          case 1 ->
              SqlPiece.of(
                  one("RANK()", "DENSE_RANK()") + " OVER (",
                  partition,
                  "ORDER BY ",
                  column(ordered(), columns),
                  nulls(),
                  ")");
          case 2 -> SqlPiece.of("NTILE(" + (1 + pick(4)) + ")", over);
          case 3 ->
              SqlPiece.of(
                  one("LAG", "LEAD") + "(", value, one(")", ", 1)", ", 2)") + treatment(), over);
          case 4 ->
              SqlPiece.of(one("FIRST_VALUE(", "LAST_VALUE("), value, ")" + treatment(), framed);
          case 5 -> SqlPiece.of("COUNT(", value, ")", framed);
          case 6 -> SqlPiece.of(one("MIN", "MAX") + "(", column(ordered(), columns), ")", framed);
          case 7 -> SqlPiece.of("COUNT(*) OVER (", partition, ")");
          default -> SqlPiece.of("SUM(", number, ")", framed);
        };
    return SqlPiece.of(
        "SELECT x.id, ", function, " AS w FROM " + table.name() + " x", where(columns, 1));
  }

  /**
   * Frames of RANGE and GROUPS over rows of which some are peers, for functions whose value does
   * not depend on the order of peers.
   */
  private SqlPiece overPeers() {
    Table table = tables.get(pick(tables.size()));
    List<Column> columns = columns(table, "x");
    SqlPiece partition =
        maybe(2)
            ? SqlPiece.of("PARTITION BY ", column(kind(), columns), " ").orNothing()
            : SqlPiece.of();
    boolean groups = maybe(2);
    Kind key =
        groups ? ordered() : one(Kind.INT, Kind.DECIMAL, Kind.REAL, Kind.DATE, Kind.TIMESTAMP);
    SqlPiece frame =
        groups
            ? frame("GROUPS", () -> String.valueOf(pick(4)))
            : frame("RANGE", () -> distance(key));
    SqlPiece over =
        SqlPiece.of(
            " OVER (",
            partition,
            "ORDER BY ",
            column(key, columns),
            SqlPiece.of(nulls()).orNothing(),
            frame,
            ")");
    SqlPiece number = column(one(Kind.INT, Kind.DECIMAL, Kind.REAL), columns);
    SqlPiece filter =
        maybe(5)
            ? SqlPiece.of(" FILTER (WHERE ", condition(columns, 0), ")").orNothing()
            : SqlPiece.of();
    SqlPiece function =
        switch (pick(5)) {
          case 0 -> SqlPiece.of("COUNT(*)");
          case 1 -> SqlPiece.of("COUNT(", column(kind(), columns), ")");
          case 2 -> SqlPiece.of(one("MIN", "MAX") + "(", column(ordered(), columns), ")");
          default -> SqlPiece.of("SUM(", number, ")");
        };
    return SqlPiece.of(
        "SELECT x.id, ", function, filter, over, " AS w FROM " + table.name() + " x");
  }

  /** Joins by columns of one name, which H2 has in part, and finds ambiguous. */
  private SqlPiece commonColumns() {
    Kind key = KEYS.get(pick(KEYS.size()));
    String join = one("", "LEFT ", "RIGHT ") + "JOIN ";
    boolean natural = maybe(2);
    SqlPiece left = SqlPiece.of("(SELECT id AS a, ", keyed(key), ") x ");
    SqlPiece right = SqlPiece.of("(SELECT id AS b, id AS f, ", keyed(key), ") y");
    SqlPiece k = SqlPiece.either(SqlPiece.of("k"), SqlPiece.of("COALESCE(x.k, y.k)"));
    SqlPiece items = SqlPiece.of(k, ", a, b, ", SqlPiece.of("x.k, y.k, ").orNothing(), "f");
    if (maybe(2)) {
      items = SqlPiece.either(SqlPiece.of("*"), SqlPiece.of("COALESCE(x.k, y.k), a, b, f"));
    }
    return SqlPiece.of(
        "SELECT ",
        items,
        " FROM ",
        left,
        SqlPiece.either(SqlPiece.of(natural ? "NATURAL " : ""), SqlPiece.of()),
        join,
        right,
        SqlPiece.either(SqlPiece.of(natural ? "" : " USING (k)"), SqlPiece.of(" ON x.k = y.k")),
        maybe(2) ? SqlPiece.of(" WHERE ", k, " IS NOT NULL").orNothing() : SqlPiece.of());
  }

  private SqlPiece keyed(Kind key) {
    Table table = tables.get(pick(tables.size()));
    return SqlPiece.of(column(key, table.columns()), " AS k FROM " + table.name());
  }

  private SqlPiece qualified() {
    From from = table();
    List<Column> columns = from.columns();
    SqlPiece over =
        SqlPiece.of(
            " OVER (PARTITION BY ",
            column(kind(), columns),
            " ORDER BY ",
            column(ordered(), columns),
            nulls(),
            ")");
    SqlPiece condition =
        switch (pick(3)) {
          case 0 -> SqlPiece.of("RANK()", over, one(" = 1", " <= 2", " > 1"));
          case 1 -> SqlPiece.of("COUNT(*)", over, " > 1 OR ", condition(columns, 0));
          default ->
              SqlPiece.of("MAX(", column(Kind.INT, columns), ")", over, " > ", literal(Kind.INT));
        };
    return SqlPiece.of(
        "SELECT ",
        expression(kind(), columns, 1),
        " AS e0, ",
        column(kind(), columns),
        " AS e1 FROM ",
        from.sql(),
        where(columns, 1),
        " QUALIFY ",
        condition);
  }

  /** In an order in which each row has its place. */
  private SqlPiece firstOfEach() {
    Table table = tables.get(pick(tables.size()));
    List<Column> columns = columns(table, "x");
    List<Object> on = new ArrayList<>();
    List<Object> order = new ArrayList<>();
    for (int i = 0; i <= pick(2); i++) {
      SqlPiece key = column(ordered(), columns);
      on.add(key);
      order.add(SqlPiece.of(key, nulls()));
    }
    order.add(SqlPiece.of("x.id" + one("", " DESC")));
    return SqlPiece.of(
        "SELECT DISTINCT ON (",
        list(on),
        ") x.id, ",
        column(kind(), columns),
        " AS e0, ",
        expression(Kind.INT, columns, 1),
        " AS e1 FROM " + table.name() + " x",
        where(columns, 1),
        " ORDER BY ",
        list(order));
  }

  private SqlPiece withTies() {
    From from = table();
    List<Column> columns = from.columns();
    SqlPiece offset = maybe(3) ? SqlPiece.of(" OFFSET 0 ROWS").orNothing() : SqlPiece.of();
    return SqlPiece.of(
        "SELECT ",
        column(kind(), columns),
        " AS e0, ",
        column(kind(), columns),
        " AS e1 FROM ",
        from.sql(),
        where(columns, 1),
        " ORDER BY ",
        column(ordered(), columns),
        nulls(),
        offset,
        " FETCH FIRST " + pick(9) + " ROWS WITH TIES");
  }

  private String distance(Kind key) {
    return switch (key) {
      case DECIMAL, REAL -> one("0", "1", "2.5");
      case DATE -> "INTERVAL '" + pick(40) + "' " + one("DAY", "MONTH", "YEAR");
      case TIMESTAMP -> "INTERVAL '" + pick(40) + "' " + one("MINUTE", "HOUR", "DAY", "MONTH");
      default -> String.valueOf(pick(5));
    };
  }

  private SqlPiece frame(String unit, Supplier<String> distance) {
    String before = distance.get() + " PRECEDING";
    String behind = distance.get() + " FOLLOWING";
    String bounds =
        switch (pick(11)) {
          case 0 -> "UNBOUNDED PRECEDING AND CURRENT ROW";
          case 1 -> "UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";
          case 2 -> "CURRENT ROW AND UNBOUNDED FOLLOWING";
          case 3 -> "CURRENT ROW AND CURRENT ROW";
          case 4 -> "UNBOUNDED PRECEDING AND " + before;
          case 5 -> behind + " AND UNBOUNDED FOLLOWING";
          case 6 -> before + " AND CURRENT ROW";
          case 7 -> "CURRENT ROW AND " + behind;
          case 8 -> before + " AND " + distance.get() + " PRECEDING";
          case 9 -> behind + " AND " + distance.get() + " FOLLOWING";
          default -> before + " AND " + behind;
        };
    SqlPiece exclusion =
        maybe(2)
            ? SqlPiece.of(" EXCLUDE " + one("CURRENT ROW", "GROUP", "TIES", "NO OTHERS"))
                .orNothing()
            : SqlPiece.of();
    return SqlPiece.of(" " + unit + " BETWEEN " + bounds, exclusion).orNothing();
  }

  /** What a function of a window does with NULLs. */
  private String treatment() {
    return one("", " IGNORE NULLS", " RESPECT NULLS");
  }

  private String nulls() {
    return one(" NULLS FIRST", " NULLS LAST", " DESC NULLS FIRST", " DESC NULLS LAST");
  }

  private SqlPiece set() {
    List<Kind> kinds = new ArrayList<>(List.of(kind()));
    if (maybe(2)) {
      kinds.add(kind());
    }
    String all = one("UNION", "UNION ALL", "EXCEPT", "INTERSECT");
    SqlPiece first = operand(kinds);
    SqlPiece both = SqlPiece.of("(", first, ") " + all + " (", operand(kinds), ")").or(first);
    return maybe(3)
        ? SqlPiece.of("(", both, ") " + one("UNION", "EXCEPT") + " (", operand(kinds), ")").or(both)
        : both;
  }

  private SqlPiece operand(List<Kind> kinds) {
    From from = table();
    List<Object> items = new ArrayList<>();
    for (Kind kind : kinds) {
      items.add(SqlPiece.of(expression(kind, from.columns(), 1), " AS e" + items.size()));
    }
    return SqlPiece.of("SELECT ", list(items), " FROM ", from.sql(), where(from.columns(), 1));
  }

  private SqlPiece withCommon() {
    From from = from();
    SqlPiece key = column(one(Kind.INT, Kind.TEXT), from.columns());
    return SqlPiece.of(
        "WITH w AS (SELECT ",
        key,
        " AS k, ",
        aggregate(from.columns()),
        " AS n FROM ",
        from.sql(),
        where(from.columns(), 1),
        " GROUP BY ",
        key,
        ") SELECT v.k, v.n, u.n AS m FROM w v " + one("JOIN", "LEFT JOIN") + " w u ON v.k = u.k");
  }

  /** Ordered by all its columns, so that there is one right answer. */
  private Query limited() {
    SqlPiece query = maybe(3) ? set() : plain(List.of(), 1);
    int columns = 0;
    while (query.toString().contains(" AS e" + columns)) {
      columns++;
    }
    List<Object> order = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      order.add(i + nulls());
    }
    SqlPiece offset =
        maybe(3) ? SqlPiece.of(" OFFSET " + pick(6) + " ROWS").orNothing() : SqlPiece.of();
    SqlPiece fetch =
        maybe(4)
            ? SqlPiece.of()
            : SqlPiece.of(" FETCH NEXT " + (1 + pick(12)) + " ROWS ONLY").orNothing();
    return new Query(
        SqlPiece.of("SELECT * FROM (", query, ") q ORDER BY ", list(order), offset, fetch), true);
  }

  // --- conditions

  private SqlPiece condition(List<Column> columns, int depth) {
    if (depth == 0) {
      return comparison(columns, 0);
    }
    SqlPiece one = condition(columns, depth - 1);
    return switch (pick(8)) {
      case 0 -> both(one, " AND ", condition(columns, depth - 1));
      case 1 -> both(one, " OR ", condition(columns, depth - 1));
      case 2 -> SqlPiece.of("NOT (", one, ")").or(one);
      case 3 -> subquery(columns, depth).or(one);
      default -> comparison(columns, depth);
    };
  }

  private static SqlPiece both(SqlPiece one, String junction, SqlPiece other) {
    return SqlPiece.of("(", one, junction, other, ")").or(one, other);
  }

  private SqlPiece subquery(List<Column> outer, int depth) {
    Kind kind = KEYS.get(pick(KEYS.size()));
    From from = table();
    List<Column> all = new ArrayList<>(from.columns());
    SqlPiece link = SqlPiece.of();
    if (maybe(2)) {
      Kind key = KEYS.get(pick(KEYS.size()));
      link =
          SqlPiece.of(
                  " AND ",
                  column(key, from.columns()),
                  one(" = ", " = ", " < ", " <> "),
                  column(key, outer))
              .orNothing();
    }
    // a subquery in this one may read the rows of both
    List<Column> seen = new ArrayList<>(all);
    seen.addAll(maybe(3) ? outer : List.of());
    SqlPiece where = SqlPiece.of(" WHERE (", condition(seen, depth - 1), ")", link);
    SqlPiece select = SqlPiece.of("SELECT ", expression(kind, all, 0), " FROM ", from.sql(), where);
    SqlPiece left = expression(kind, outer, 0);
    String not = maybe(2) ? " NOT" : "";
    return switch (pick(4)) {
      case 0 -> SqlPiece.of(not + " EXISTS (", select, ")");
      case 1 ->
          SqlPiece.of(
              left, " " + one("=", "<>", "<", ">=") + " " + one("ANY", "ALL") + " (", select, ")");
      default -> SqlPiece.of(left, not + " IN (", select, ")");
    };
  }

  private SqlPiece comparison(List<Column> columns, int depth) {
    Kind kind = kind();
    if (kind == Kind.BOOL) {
      return SqlPiece.of(
          column(kind, columns), one("", " IS TRUE", " IS NOT FALSE", " IS NULL", " = FALSE"));
    }
    SqlPiece left = expression(kind, columns, depth);
    String not = maybe(3) ? " NOT" : "";
    return switch (pick(8)) {
      case 0 -> SqlPiece.of(left, one(" IS NULL", " IS NOT NULL"));
      case 1 ->
          SqlPiece.of(
              left, not + " BETWEEN ", literal(kind), " AND ", expression(kind, columns, 0));
      case 2 -> SqlPiece.of(left, not + " IN (", literal(kind), ", ", literal(kind), ")");
      case 3 ->
          kind == Kind.TEXT
              ? SqlPiece.of(left, not + " LIKE " + one("'a%'", "'%b'", "'_'", "'%!%%' ESCAPE '!'"))
              : SqlPiece.of(left, " IS" + not + " DISTINCT FROM ", expression(kind, columns, 0));
      default ->
          SqlPiece.of(
              left,
              " " + one("=", "<>", "<", "<=", ">", ">=") + " ",
              expression(kind, columns, depth));
    };
  }

  // --- expressions

  private SqlPiece column(Kind kind, List<Column> columns) {
    List<Column> fit = columns.stream().filter(column -> column.kind() == kind).toList();
    return SqlPiece.of(fit.get(pick(fit.size())).name());
  }

  private SqlPiece literal(Kind kind) {
    String value = values.value(kind);
    // H2 compares in the type of what stands first, and fails for what that does not hold
    boolean cast = kind == Kind.BIG && !value.equals("NULL");
    return SqlPiece.of(cast ? "CAST(" + value + " AS BIGINT)" : value);
  }

  private SqlPiece expression(Kind kind, List<Column> columns, int depth) {
    if (depth == 0 || maybe(3)) {
      return maybe(4) ? literal(kind) : column(kind, columns);
    }
    SqlPiece one = expression(kind, columns, depth - 1);
    SqlPiece other = expression(kind, columns, depth - 1);
    if (maybe(5)) {
      SqlPiece otherwise = maybe(3) ? SqlPiece.of() : SqlPiece.of(" ELSE ", other).orNothing();
      return SqlPiece.of(
              "CASE WHEN ", condition(columns, depth - 1), " THEN ", one, otherwise, " END")
          .or(one, other);
    }
    if (maybe(6)) {
      return SqlPiece.of("COALESCE(", one, ", ", other, ")").or(one, other);
    }
    if (maybe(8)) {
      return SqlPiece.of("NULLIF(", one, ", ", other, ")").or(one, other);
    }
    return computed(kind, columns, depth, one, other).or(one);
  }

  private SqlPiece computed(
      Kind kind, List<Column> columns, int depth, SqlPiece one, SqlPiece other) {
    return switch (kind) {
      case INT ->
          switch (pick(8)) {
            case 0 -> SqlPiece.of("(", one, " + ", other, ")");
            case 1 -> SqlPiece.of("(", one, " - ", other, ")");
            case 2 -> SqlPiece.of("(", one, " * " + (pick(5) - 2) + ")");
            case 3 -> SqlPiece.of("ABS(", one, ")");
            case 4 -> SqlPiece.of("MOD(", one, ", " + (1 + pick(5)) + ")");
            case 5 -> SqlPiece.of("CHAR_LENGTH(", expression(Kind.TEXT, columns, depth - 1), ")");
            case 6 ->
                SqlPiece.of(
                    "EXTRACT(" + one("YEAR", "MONTH", "DAY") + " FROM ",
                    column(one(Kind.DATE, Kind.TIMESTAMP), columns),
                    ")");
            default -> scalar(columns);
          };
      case DECIMAL ->
          switch (pick(4)) {
            case 0 -> SqlPiece.of("(", one, " + ", other, ")");
            case 1 -> SqlPiece.of("(-", column(kind, columns), ")");
            case 2 -> SqlPiece.of("(", column(kind, columns), " * 1.5)");
            default -> SqlPiece.of("CAST(", column(Kind.INT, columns), " AS DECIMAL(12, 2))");
          };
      case REAL ->
          maybe(2)
              ? SqlPiece.of("(", one, " + ", other, ")")
              : SqlPiece.of("CAST(", column(Kind.INT, columns), " AS DOUBLE PRECISION)");
      case TEXT ->
          switch (pick(6)) {
            case 0 -> SqlPiece.of("(", one, " || ", other, ")");
            case 1 -> SqlPiece.of("UPPER(", one, ")");
            case 2 -> SqlPiece.of("LOWER(", one, ")");
            case 3 ->
                SqlPiece.of(
                    "SUBSTRING(", one, " FROM " + (1 + pick(2)) + " FOR " + (1 + pick(2)) + ")");
            case 4 ->
                SqlPiece.of("TRIM(" + one("BOTH", "LEADING", "TRAILING") + " 'a' FROM ", one, ")");
            default -> SqlPiece.of("CAST(", column(Kind.INT, columns), " AS VARCHAR(20))");
          };
      case BOOL -> SqlPiece.of("(", condition(columns, 0), ")");
      case DATE ->
          maybe(2)
              ? SqlPiece.of("CAST(", column(Kind.TIMESTAMP, columns), " AS DATE)")
              : SqlPiece.of(
                  "(", one, " + INTERVAL '" + (1 + pick(3)) + "' " + one("DAY", "MONTH") + ")");
      case TIMESTAMP ->
          maybe(2)
              ? SqlPiece.of("CAST(", column(Kind.DATE, columns), " AS TIMESTAMP)")
              : SqlPiece.of(
                  "(", one, " - INTERVAL '" + (1 + pick(30)) + "' " + one("HOUR", "DAY") + ")");
      case BIG, TIME, BYTES -> one;
    };
  }

  /** A subquery as a value: an aggregate, so that there is one. */
  private SqlPiece scalar(List<Column> outer) {
    Table table = tables.get(pick(tables.size()));
    String alias = "x" + aliases++;
    List<Column> columns = columns(table, alias);
    Kind key = KEYS.get(pick(KEYS.size()));
    // columns of the query around stand beside the aggregate, too
    SqlPiece beside =
        maybe(3) ? SqlPiece.of(" + ", column(Kind.INT, outer)).orNothing() : SqlPiece.of();
    SqlPiece having =
        maybe(4)
            ? SqlPiece.of(" HAVING COUNT(*)" + one(" > ", " < ", " <> "), column(Kind.INT, outer))
                .orNothing()
            : SqlPiece.of();
    return SqlPiece.of(
        "(SELECT " + one("COUNT", "MIN", "MAX", "COUNT") + "(",
        column(Kind.INT, columns),
        ")",
        beside,
        " FROM " + table.name() + " " + alias + " WHERE ",
        column(key, columns),
        one(" = ", " < ", " <> "),
        column(key, outer),
        having,
        ")");
  }
}
