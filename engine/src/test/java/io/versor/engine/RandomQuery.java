package io.versor.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random queries over the tables of {@link RandomQueriesTest}, in the dialect that Versor and H2
 * share. Numbers stay small, so that nothing overflows; what the two are known to disagree on is
 * left out: decimal division, CHAR padding, arithmetic on dates.
 */
final class RandomQuery {
  /** Types of expressions. */
  enum Type {
    INT,
    DECIMAL,
    TEXT,
    BOOL,
    DATE
  }

  record Column(String name, Type type) {}

  static final List<Column> A =
      List.of(
          new Column("i", Type.INT),
          new Column("j", Type.INT),
          new Column("d", Type.DECIMAL),
          new Column("s", Type.TEXT),
          new Column("b", Type.BOOL),
          new Column("t", Type.DATE));

  private final Random random;

  RandomQuery(Random random) {
    this.random = random;
  }

  private int pick(int bound) {
    return random.nextInt(bound);
  }

  private boolean maybe(int oneIn) {
    return pick(oneIn) == 0;
  }

  private static List<Column> of(String alias) {
    return A.stream().map(c -> new Column(alias + "." + c.name(), c.type())).toList();
  }

  /** A query; only ordered by all its columns if it is limited. */
  String next() {
    return switch (pick(10)) {
      case 0, 1, 2 -> plain();
      case 3, 4 -> grouped();
      case 5 -> join();
      case 6 -> set();
      case 7 -> windowed();
      case 8 -> nested();
      default -> limited();
    };
  }

  private String table() {
    return maybe(2) ? "a" : "c";
  }

  private String plain() {
    List<Column> columns = of("x");
    return "SELECT "
        + (maybe(4) ? "DISTINCT " : "")
        + items(columns, 1 + pick(3))
        + " FROM "
        + table()
        + " x"
        + where(columns);
  }

  private String where(List<Column> columns) {
    return maybe(4) ? "" : " WHERE " + condition(columns, 2);
  }

  private String items(List<Column> columns, int count) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(expression(any(), columns, 2) + " AS e" + i);
    }
    return String.join(", ", items);
  }

  private Type any() {
    return Type.values()[pick(Type.values().length)];
  }

  private String grouped() {
    List<Column> columns = of("x");
    String key = keyOf(columns);
    String second = maybe(3) ? ", " + column(Type.INT, columns) : ""; // a number is a place
    String having = maybe(3) ? " HAVING " + aggregate(columns) + " > " + pick(5) : "";
    List<String> items = new ArrayList<>(List.of(key + " AS k"));
    for (int i = 0; i <= pick(3); i++) {
      items.add(aggregate(columns) + " AS a" + i);
    }
    return "SELECT "
        + String.join(", ", items)
        + " FROM "
        + table()
        + " x"
        + where(columns)
        + " GROUP BY "
        + key
        + second
        + having;
  }

  private String keyOf(List<Column> columns) {
    String key = expression(maybe(2) ? Type.TEXT : any(), columns, 1);
    return key.contains("x.") ? key : column(Type.TEXT, columns);
  }

  private String aggregate(List<Column> columns) {
    String number = expression(Type.INT, columns, 1);
    String filter = maybe(5) ? " FILTER (WHERE " + condition(columns, 1) + ")" : "";
    return switch (pick(6)) {
      case 0 -> "COUNT(*)" + filter;
      case 1 -> "COUNT(" + expression(any(), columns, 1) + ")" + filter;
      case 2 -> "SUM(" + number + ")" + filter;
      case 3 -> "MIN(" + number + ")" + filter;
      case 4 -> "MAX(" + number + ")" + filter;
      default -> "COUNT(DISTINCT " + expression(maybe(2) ? Type.TEXT : Type.INT, columns, 1) + ")";
    };
  }

  private String join() {
    List<Column> both = new ArrayList<>(of("x"));
    both.addAll(of("y"));
    String kind =
        List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN").get(pick(5));
    String on =
        kind.equals("CROSS JOIN")
            ? ""
            : " ON x.i = y.j" + (maybe(2) ? " AND " + condition(both, 1) : "");
    String tables = table() + " x " + kind + " " + table() + " y" + on;
    return maybe(2)
        ? "SELECT COUNT(*) AS n, SUM(x.i) AS p, SUM(y.j) AS q FROM " + tables + where(both)
        : "SELECT "
            + items(both, 2)
            + " FROM "
            + tables
            + " WHERE x.i < 3 AND "
            + condition(both, 1);
  }

  private String set() {
    Type type = any();
    String kind = List.of("UNION", "UNION ALL", "EXCEPT", "INTERSECT").get(pick(4));
    return "SELECT "
        + expression(type, of("x"), 1)
        + " AS e FROM "
        + table()
        + " x"
        + where(of("x"))
        + " "
        + kind
        + " SELECT "
        + expression(type, of("x"), 1)
        + " AS e FROM "
        + table()
        + " x"
        + where(of("x"));
  }

  private String windowed() {
    List<Column> columns = of("x");
    String partition = maybe(2) ? "PARTITION BY " + expression(Type.TEXT, columns, 1) + " " : "";
    String function =
        switch (pick(5)) {
          case 0 -> "ROW_NUMBER() OVER (" + partition + "ORDER BY x.id)";
          case 1 -> "SUM(x.i) OVER (" + partition + "ORDER BY x.id)";
          case 2 -> "COUNT(x.i) OVER (" + partition + ")";
          case 3 -> "LAG(x.i) OVER (" + partition + "ORDER BY x.id)";
          default -> "RANK() OVER (" + partition + "ORDER BY x.i NULLS FIRST)";
        };
    return "SELECT x.id, " + function + " AS w FROM a x" + where(columns);
  }

  private String nested() {
    List<Column> inner = of("y");
    List<Column> columns = of("x");
    return switch (pick(4)) {
      case 0 ->
          "SELECT x.id, (SELECT "
              + List.of("MAX", "MIN", "COUNT", "SUM").get(pick(4))
              + "(y.i) FROM c y WHERE y.j = x.i) AS q FROM a x"
              + where(columns);
      case 1 ->
          "SELECT x.id FROM a x WHERE "
              + (maybe(2) ? "NOT " : "")
              + "EXISTS (SELECT 1 FROM c y WHERE y.i = x.j AND "
              + condition(inner, 1)
              + ")";
      case 2 ->
          "SELECT x.id FROM a x WHERE "
              + expression(Type.INT, columns, 1)
              + (maybe(2) ? " NOT" : "")
              + " IN (SELECT "
              + expression(Type.INT, inner, 1)
              + " FROM c y WHERE "
              + condition(inner, 1)
              + ")";
      default ->
          "WITH w AS (SELECT x.s AS s, COUNT(*) AS n, SUM(x.i) AS m FROM a x"
              + where(columns)
              + " GROUP BY x.s) SELECT w.s, w.n, c.id FROM w JOIN c ON w.s = c.s WHERE w.m > "
              + (pick(20) - 10);
    };
  }

  private String limited() {
    List<Column> columns = of("x");
    String item = expression(any(), columns, 1);
    String order = maybe(2) ? "e NULLS FIRST, id" : "e DESC NULLS LAST, id DESC";
    return "SELECT "
        + item
        + " AS e, x.id AS id FROM a x"
        + where(columns)
        + " ORDER BY "
        + order
        + (maybe(2) ? " OFFSET " + pick(20) + " ROWS" : "")
        + " FETCH NEXT "
        + (1 + pick(12))
        + " ROWS ONLY";
  }

  // --- expressions

  String condition(List<Column> columns, int depth) {
    if (depth == 0) {
      return comparison(columns);
    }
    return switch (pick(6)) {
      case 0 -> "(" + condition(columns, depth - 1) + " AND " + condition(columns, depth - 1) + ")";
      case 1 -> "(" + condition(columns, depth - 1) + " OR " + condition(columns, depth - 1) + ")";
      case 2 -> "NOT (" + condition(columns, depth - 1) + ")";
      default -> comparison(columns);
    };
  }

  private String comparison(List<Column> columns) {
    Type type = any();
    if (type == Type.BOOL) {
      String of = column(Type.BOOL, columns);
      return of + List.of("", " IS TRUE", " IS NOT FALSE", " IS NULL", " = FALSE").get(pick(5));
    }
    String left = expression(type, columns, 1);
    return switch (pick(8)) {
      case 0 -> left + " IS NULL";
      case 1 -> left + " IS NOT NULL";
      case 2 ->
          left + (maybe(3) ? " NOT" : "") + " BETWEEN " + literal(type) + " AND " + literal(type);
      case 3 ->
          left
              + (maybe(3) ? " NOT" : "")
              + " IN ("
              + literal(type)
              + ", "
              + literal(type)
              + ", "
              + literal(type)
              + ")";
      case 4 ->
          type == Type.TEXT
              ? left
                  + (maybe(3) ? " NOT" : "")
                  + " LIKE '"
                  + List.of("a%", "%b", "_", "%c%").get(pick(4))
                  + "'"
              : left + " IS DISTINCT FROM " + expression(type, columns, 0);
      default ->
          left
              + " "
              + List.of("=", "<>", "<", "<=", ">", ">=").get(pick(6))
              + " "
              + expression(type, columns, 1);
    };
  }

  private String column(Type type, List<Column> columns) {
    List<Column> fit = columns.stream().filter(column -> column.type() == type).toList();
    return fit.get(pick(fit.size())).name();
  }

  private String literal(Type type) {
    return switch (type) {
      case INT -> String.valueOf(pick(21) - 10);
      case DECIMAL -> (pick(21) - 10) + "." + (10 + pick(90));
      case TEXT -> "'" + List.of("a", "ab", "b", "", "bc", "ä", "A").get(pick(7)) + "'";
      case BOOL -> maybe(2) ? "TRUE" : "FALSE";
      case DATE -> "DATE '2024-0" + (1 + pick(9)) + "-1" + pick(10) + "'";
    };
  }

  String expression(Type type, List<Column> columns, int depth) {
    if (depth == 0 || maybe(3)) {
      return maybe(4) ? literal(type) : column(type, columns);
    }
    if (maybe(5)) {
      return "CASE WHEN "
          + condition(columns, depth - 1)
          + " THEN "
          + expression(type, columns, depth - 1)
          + (maybe(3) ? "" : " ELSE " + expression(type, columns, depth - 1))
          + " END";
    }
    if (maybe(6)) {
      return "COALESCE("
          + expression(type, columns, depth - 1)
          + ", "
          + expression(type, columns, depth - 1)
          + ")";
    }
    String one = expression(type, columns, depth - 1);
    return switch (type) {
      case INT ->
          switch (pick(7)) {
            case 0 -> "(" + one + " + " + expression(type, columns, depth - 1) + ")";
            case 1 -> "(" + one + " - " + expression(type, columns, depth - 1) + ")";
            case 2 -> "(" + one + " * " + (pick(7) - 3) + ")";
            case 3 -> "ABS(" + one + ")";
            case 4 -> "MOD(" + one + ", " + (1 + pick(5)) + ")";
            case 5 -> "CHAR_LENGTH(" + expression(Type.TEXT, columns, depth - 1) + ")";
            default -> "NULLIF(" + one + ", " + literal(type) + ")";
          };
      case DECIMAL ->
          maybe(2)
              ? "(" + one + " + " + expression(type, columns, depth - 1) + ")"
              : "(-" + column(type, columns) + ")";
      case TEXT ->
          switch (pick(5)) {
            case 0 -> "(" + one + " || " + expression(type, columns, depth - 1) + ")";
            case 1 -> "UPPER(" + one + ")";
            case 2 -> "LOWER(" + one + ")";
            case 3 -> "SUBSTRING(" + one + " FROM " + (1 + pick(2)) + " FOR " + (1 + pick(2)) + ")";
            default -> "TRIM(BOTH 'a' FROM " + one + ")";
          };
      case BOOL -> "(" + condition(columns, 0) + ")";
      case DATE -> one;
    };
  }
}
