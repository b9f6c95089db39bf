package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Which queries WITH RECURSIVE takes: those whose rounds only add rows, so that rows of the round
 * before are enough to find those of the next. The others have no meaning in SQL:2011, and would
 * run without end or leave rows out. Two UNIONed queries may both read the recursive one, which
 * PostgreSQL refuses.
 */
final class RecursiveForms extends SqlBasicVisitor<@Nullable Void> {
  private static final String STATE = "42P19";
  private static final Set<SqlKind> OF_A_TABLE =
      Set.of(
          SqlKind.AS,
          SqlKind.EXPLICIT_TABLE,
          SqlKind.LATERAL,
          SqlKind.MATCH_RECOGNIZE,
          SqlKind.PIVOT,
          SqlKind.TABLESAMPLE,
          SqlKind.TABLE_REF,
          SqlKind.UNPIVOT);

  /** Queries that read rows of the round before, which may not aggregate them. */
  private final List<SqlSelect> readers = new ArrayList<>();

  /** Whether a query of WITH RECURSIVE reads itself: asked once, however deep it stands. */
  private final Map<SqlWithItem, Boolean> recursive = new IdentityHashMap<>();

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlWith with) {
      check(with);
    }
    return super.visit(call);
  }

  /** Looks again when functions are known. */
  void checkValid() {
    for (SqlSelect reader : readers) {
      checkPlain(reader.getSelectList());
      checkPlain(reader.getHaving());
    }
  }

  private static void checkPlain(@Nullable SqlNode node) {
    if (node == null) {
      return;
    }
    node.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.OVER || call.isA(SqlKind.QUERY)) {
              return null;
            }
            if (call.getOperator().isAggregator()) {
              throw refused(
                  STATE,
                  "an aggregate of the rows of the round before, in WITH RECURSIVE: aggregate what"
                      + " the whole query gives, in the query behind WITH",
                  call);
            }
            return super.visit(call);
          }
        });
  }

  private void check(SqlWith with) {
    List<SqlNode> items = with.withList;
    for (int i = 0; i < items.size(); i++) {
      SqlWithItem item = (SqlWithItem) items.get(i);
      if (!item.recursive.booleanValue()) {
        continue;
      }
      for (SqlNode later : items.subList(i + 1, items.size())) {
        SqlIdentifier other = ((SqlWithItem) later).name;
        Reads reads = new Reads(other.getSimple());
        reads.query(item.query, null);
        if (!reads.found.isEmpty()) {
          throw refused(
              "0A000",
              "WITH RECURSIVE: "
                  + other
                  + " comes behind "
                  + item.name
                  + ", which reads it; put it in front (queries that read each other are not there)",
              reads.found.get(0).id());
        }
      }
      checkItem(item);
    }
  }

  private void checkItem(SqlWithItem item) {
    String name = item.name.getSimple();
    Reads all = new Reads(name);
    all.query(item.query, null);
    if (all.found.isEmpty()) {
      return;
    }
    SqlNode body = body(item);
    if (body instanceof SqlOrderBy ordered) {
      throw refused(
          "0A000",
          "ORDER BY, LIMIT and OFFSET of a recursive query: put them behind the query that reads "
              + name
              + ", or a SELECT that has them into parentheses",
          ordered);
    }
    if (body.getKind() != SqlKind.UNION) {
      throw refused(
          STATE,
          name + " reads itself; expected a query that does not, UNION [ALL], and one that does",
          all.found.get(0).id());
    }
    Reads first = new Reads(name);
    first.query(((SqlCall) body).operand(0), null);
    if (!first.found.isEmpty()) {
      throw refused(
          STATE,
          name
              + " is read in front of the last UNION, where its first rows come from; put all"
              + " SELECTs that read it into one pair of parentheses behind the first UNION",
          first.found.get(0).id());
    }
    Reads rounds = new Reads(name);
    rounds.query(((SqlCall) body).operand(1), null);
    Read outside = rounds.found.size() == all.found.size() ? null : all.found.get(0);
    for (Read read : rounds.found) {
      if (read.within() != null) {
        throw refused(
            STATE,
            read.who(name) + " is read " + read.within() + "; expected FROM or a join",
            read.id());
      }
    }
    if (outside != null) {
      throw refused(STATE, name + " is read in a WITH in front of its own UNION", outside.id());
    }
    readers.addAll(rounds.readers);
  }

  private static SqlNode body(SqlWithItem item) {
    SqlNode body = item.query;
    while (body instanceof SqlWith with) {
      body = with.body;
    }
    return body;
  }

  private boolean readsItself(SqlWithItem item) {
    Boolean known = recursive.get(item);
    if (known == null) {
      Reads reads = new Reads(item.name.getSimple());
      if (item.recursive.booleanValue()) {
        reads.query(item.query, null);
      }
      known = !reads.found.isEmpty();
      recursive.put(item, known);
    }
    return known;
  }

  private static Carried refused(String state, String message, SqlNode at) {
    return new Carried(
        new StatementException(
            state,
            message,
            at.getParserPosition().getLineNum(),
            at.getParserPosition().getColumnNum()));
  }

  /**
   * A place where a query is read.
   *
   * @param within what forbids it; null if nothing does
   */
  private record Read(SqlIdentifier id, @Nullable String within) {
    String who(String name) {
      String own = id.getSimple();
      return own.equalsIgnoreCase(name) ? name : own + ", which reads " + name + ",";
    }
  }

  /** Finds where a query of WITH is read, in names of tables alone. */
  private final class Reads extends SqlBasicVisitor<@Nullable Void> {
    private static final String IN_SUBQUERY = "in a subquery";

    /** What the query is called here: by its name, and those of queries of WITH that read it. */
    private SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private final List<Read> found = new ArrayList<>();

    /** Which of those give rows to the query around them; those in WITH do where it is read. */
    private final List<Integer> given = new ArrayList<>();

    private final List<SqlSelect> readers = new ArrayList<>();

    /** Recursive parts of other queries, with their names. */
    private final Map<SqlNode, String> parts = new IdentityHashMap<>();

    Reads(String name) {
      names.add(name);
    }

    private void query(SqlNode query, @Nullable String within) {
      if (query instanceof SqlWith with) {
        with(with, within);
      } else if (query instanceof SqlOrderBy ordered) {
        query(ordered.query, within);
        values(ordered.orderList);
      } else if (query instanceof SqlSelect select) {
        select(select, within);
      } else if (query.isA(SqlKind.SET_QUERY)) {
        set((SqlCall) query, within);
      } else if (query instanceof SqlCall call && call.getKind() == SqlKind.VALUES) {
        call.getOperandList().forEach(this::values);
      } else {
        from(query, within);
      }
    }

    private void with(SqlWith with, @Nullable String within) {
      SortedSet<String> around = names;
      for (SqlNode node : with.withList) {
        boolean reads = item((SqlWithItem) node, within);
        name(((SqlWithItem) node).name.getSimple(), reads);
      }
      query(with.body, within);
      names = around;
    }

    /** Whether a query of WITH gives rows of the one that is looked for. */
    private boolean item(SqlWithItem item, @Nullable String within) {
      SortedSet<String> around = names;
      String name = item.name.getSimple();
      if (readsItself(item)) {
        name(name, false);
        if (body(item) instanceof SqlCall union && union.getKind() == SqlKind.UNION) {
          parts.put(union.operand(1), name);
        }
      }
      int before = given.size();
      query(item.query, within);
      boolean reads = given.size() > before;
      given.subList(before, given.size()).clear();
      names = around;
      return reads;
    }

    private void name(String name, boolean reads) {
      if (names.contains(name) != reads) {
        SortedSet<String> changed = new TreeSet<>(names); // those around keep theirs
        if (reads) {
          changed.add(name);
        } else {
          changed.remove(name);
        }
        names = changed;
      }
    }

    private void set(SqlCall set, @Nullable String within) {
      boolean adds = set.getKind() == SqlKind.UNION;
      boolean all = ((SqlSetOperator) set.getOperator()).isAll();
      String forbidden = within == null ? "in " + set.getOperator().getName() : within;
      for (int i = 0; i < set.operandCount(); i++) {
        boolean counted = all || i > 0 && set.getKind() == SqlKind.EXCEPT;
        String part = parts.get(set.operand(i));
        String here = !adds && counted ? forbidden : within;
        query(
            set.operand(i),
            part == null || here != null ? here : "in the recursive part of " + part);
      }
    }

    private void select(SqlSelect select, @Nullable String within) {
      int before = given.size();
      if (select.getFrom() != null) {
        from(select.getFrom(), within);
      }
      if (given.size() > before) {
        readers.add(select);
        twice(select, before);
      }
      for (SqlNode part : select.getOperandList()) {
        if (part != null && part != select.getFrom()) {
          values(part);
        }
      }
    }

    /** Pairs of rows of different rounds would be left out. */
    private void twice(SqlSelect select, int before) {
      boolean joined = select.getFrom() instanceof SqlJoin;
      if (joined && given.size() > before + 1) {
        int second = given.get(before + 1);
        found.set(second, new Read(found.get(second).id(), "twice in one FROM"));
      }
    }

    private void from(SqlNode node, @Nullable String within) {
      if (node instanceof SqlIdentifier id) {
        if (id.isSimple() && names.contains(id.getSimple())) {
          given.add(found.size());
          found.add(new Read(id, within));
        }
      } else if (node instanceof SqlJoin join) {
        JoinType type = join.getJoinType();
        String nullable = within == null ? "on the side of an outer join that may be NULL" : within;
        from(join.getLeft(), type.generatesNullsOnLeft() ? nullable : within);
        from(join.getRight(), type.generatesNullsOnRight() ? nullable : within);
        if (join.getCondition() != null) {
          values(join.getCondition());
        }
      } else if (OF_A_TABLE.contains(node.getKind())) {
        SqlCall call = (SqlCall) node;
        query(call.operand(0), within);
        call.getOperandList().stream().skip(1).forEach(this::valuesIfAny);
      } else if (node.isA(SqlKind.QUERY)) { // VALUES, too
        query(node, within);
      } else {
        values(node);
      }
    }

    private void valuesIfAny(@Nullable SqlNode node) {
      if (node != null) {
        values(node);
      }
    }

    private void values(SqlNode node) {
      node.accept(this);
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
      if (call.isA(SqlKind.QUERY) && call.getKind() != SqlKind.VALUES) {
        query(call, IN_SUBQUERY);
        return null;
      }
      return super.visit(call);
    }
  }
}
