package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.plan.Selects;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.parser.ast.MergeAction;
import io.versor.parser.ast.MergeWhen;
import io.versor.parser.ast.Overriding;
import io.versor.parser.ast.SqlMergeInto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The query behind MERGE INTO: the source joined to the target. Each row tells the row of the
 * target, the WHEN clause that is the first to fit, and the values of that clause; the values of
 * other clauses are not computed.
 *
 * @param clauses in the order of the statement
 * @param reads columns of the target that keys and conditions read, by position in the table
 * @param firstRead where the query gives them
 * @param returning behind them, the query gives what it names of the source
 */
record MergePlan(
    TableSchema schema,
    List<Clause> clauses,
    List<Integer> reads,
    int firstRead,
    QueryPlan query,
    Optional<MergeReturning> returning) {
  /** Clauses of one statement: each looks at the conditions of all before it. */
  private static final int MAX_CLAUSES = 100;

  /** Places in the query's rows. */
  private static final int ROW_ID = 0;

  private static final int CLAUSE = 1;
  private static final int VALUES = 2;

  private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

  /** What a WHEN clause does: kind, the columns it writes, and their values. */
  record Clause(
      MergeAction action,
      List<Integer> targets,
      List<Literals.@Nullable Value> direct,
      List<Integer> places) {
    static Clause of(MergeAction action) {
      return new Clause(action, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    boolean deletes() {
      return action instanceof MergeAction.Delete;
    }

    boolean updates() {
      return action instanceof MergeAction.Update;
    }

    boolean inserts() {
      return action instanceof MergeAction.Insert;
    }

    @Nullable Object value(int i, RowCursor rows, Run run) throws StoreException {
      Literals.Value known = direct.get(i);
      return known == null ? rows.objectAt(places.get(i)) : known.of(run.parameters());
    }
  }

  boolean fits(TableSchema now, Versions versions) throws StoreException {
    return schema.equals(now)
        && query.fits(versions)
        && (returning.isEmpty() || returning.get().fits(versions));
  }

  /** The clause for a row of the query; empty if none fits, or it does nothing. */
  Optional<Clause> clauseOf(RowCursor rows) throws StoreException {
    return rows.objectAt(CLAUSE) instanceof Number number
        ? Optional.of(clauses.get(number.intValue()))
        : Optional.empty();
  }

  /** Columns that a clause writes. */
  Set<Integer> updated() {
    Set<Integer> columns = new TreeSet<>();
    clauses.stream().filter(Clause::updates).forEach(clause -> columns.addAll(clause.targets()));
    return columns;
  }

  /**
   * Plans it.
   *
   * @param returned empty: nothing
   */
  static MergePlan of(
      SqlMergeInto merge,
      SqlNodeList returned,
      Target target,
      Versions versions,
      List<@Nullable Object> values)
      throws StoreException, StatementException {
    return new Maker(merge, target)
        .make(
            new QueryPlanner(versions),
            MergeReturning.of(returned, merge, target, versions, values),
            values);
  }

  /** The query alone, for EXPLAIN. */
  static SqlNode query(SqlMergeInto merge, Target target) throws StatementException {
    Maker maker = new Maker(merge, target);
    maker.gather();
    return maker.query();
  }

  /** Gathers the items of the query. */
  private static final class Maker {
    private final SqlMergeInto merge;
    private final CommonTables common;
    private final TableSchema schema;

    /** The table, as the query names it. */
    private final SqlNode written;

    private final List<Clause> clauses = new ArrayList<>();
    private final List<SqlNode> items = new ArrayList<>();

    /** What is computed for rows that match nothing, where the target's columns are not known. */
    private final List<SqlNode> ofSource = new ArrayList<>();

    private int firstRead;
    private final Set<Integer> reads = new TreeSet<>();

    Maker(SqlMergeInto merge, Target target) {
      this.merge = merge;
      this.common = CommonTables.of(merge);
      this.schema = target.schema();
      this.written = common.target(merge.table(), target.branch());
    }

    MergePlan make(
        QueryPlanner planner, Optional<MergeReturning> returning, List<@Nullable Object> values)
        throws StoreException, StatementException {
      gather();
      if (!ofSource.isEmpty()) {
        planner.validate(common.around(select(ofSource, merge.source())), values);
      }
      returning.ifPresent(each -> items.addAll(each.beside().items()));
      return new MergePlan(
          schema, clauses, List.copyOf(reads), firstRead, planner.plan(query(), values), returning);
    }

    void gather() throws StatementException {
      if (merge.whens().size() > MAX_CLAUSES) {
        throw new StatementException(
            "54001", merge.whens().size() + " WHEN clauses, at most " + MAX_CLAUSES);
      }
      for (int i = 0; i < merge.whens().size(); i++) {
        MergeWhen when = merge.whens().get(i);
        if (!when.matched()) {
          when.condition().ifPresent(node -> ofSource.add(truth(node)));
        }
        Clause clause = Clause.of(when.action());
        clauses.add(clause);
        if (when.action() instanceof MergeAction.Update update) {
          update(update, clause, i);
        } else if (when.action() instanceof MergeAction.Insert insert) {
          insert(insert, clause, i);
        }
      }
      firstRead = VALUES + items.size();
      for (int column : reads) {
        items.add(target(schema.columns().get(column).name()));
      }
    }

    private void update(MergeAction.Update update, Clause clause, int number)
        throws StatementException {
      for (int i = 0; i < update.columns().size(); i++) {
        SqlIdentifier name = (SqlIdentifier) update.columns().get(i);
        SqlNode value = update.values().get(i);
        int column = SetColumns.target(name, value, schema, clause.targets());
        add(clause, column, SetColumns.value(value), number);
      }
      reads.addAll(ChangedRows.read(schema, clause.targets()));
    }

    private void insert(MergeAction.Insert insert, Clause clause, int number)
        throws StatementException {
      List<Integer> given = InsertStatement.targets(insert.columns(), schema);
      List<SqlNode> row =
          insert.values().map(SqlNodeList::getList).orElseGet(() -> defaults(given.size()));
      if (row.size() != given.size()) {
        throw InsertStatement.wrongCount(insert.pos(), row.size(), given.size(), schema.name());
      }
      int before = items.size();
      for (int column = 0; column < schema.columns().size(); column++) {
        int place = given.indexOf(column);
        SqlNode value = place < 0 ? defaultWord() : row.get(place);
        boolean numbered = schema.columns().get(column).identity().isPresent();
        if (numbered && insert.overriding() == Overriding.USER) {
          value = defaultWord();
        }
        if (Numbering.isAlways(schema.columns().get(column))
            && insert.overriding() == Overriding.NONE
            && value.getKind() != SqlKind.DEFAULT) {
          throw Numbering.refuseInsert(schema.columns().get(column), value.getParserPosition());
        }
        add(clause, column, value, number);
      }
      for (SqlNode item : items.subList(before, items.size())) {
        ofSource.add(item instanceof SqlCase guarded ? guarded.getThenOperands().get(0) : item);
      }
    }

    private static List<SqlNode> defaults(int count) {
      List<SqlNode> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(defaultWord());
      }
      return all;
    }

    private static SqlNode defaultWord() {
      return SqlStdOperatorTable.DEFAULT.createCall(NOWHERE);
    }

    private void add(Clause clause, int target, SqlNode given, int number)
        throws StatementException {
      SqlNode value =
          given.getKind() == SqlKind.DEFAULT
              ? Cells.defaultOf(schema.columns().get(target))
              : given;
      Optional<Literals.Value> found = Cells.find(value);
      clause.targets().add(target);
      clause.direct().add(found.orElse(null));
      clause.places().add(found.isPresent() ? -1 : VALUES + items.size());
      if (found.isEmpty()) {
        boolean cannotFail = value instanceof SqlIdentifier;
        items.add(cannotFail ? value : cases(List.of(isFirst(number)), List.of(value)));
      }
    }

    /** Whether a clause is the one for a row. */
    private SqlNode isFirst(int number) {
      boolean matched = merge.whens().get(number).matched();
      boolean only =
          merge.whens().subList(0, number + 1).stream()
              .allMatch(when -> when.matched() != matched || when.condition().isEmpty());
      return only
          ? found(matched)
          : SqlStdOperatorTable.EQUALS.createCall(NOWHERE, chosen(), number(number));
    }

    /** The number of the clause for a row. */
    private SqlNode chosen() {
      List<SqlNode> conditions = new ArrayList<>();
      List<SqlNode> numbers = new ArrayList<>();
      for (int i = 0; i < merge.whens().size(); i++) {
        MergeWhen when = merge.whens().get(i);
        SqlNode found = found(when.matched());
        conditions.add(
            when.condition()
                .map(node -> (SqlNode) SqlStdOperatorTable.AND.createCall(NOWHERE, found, node))
                .orElse(found));
        boolean nothing = when.action() instanceof MergeAction.Nothing;
        numbers.add(nothing ? SqlLiteral.createNull(NOWHERE) : number(i));
      }
      return cases(conditions, numbers);
    }

    private SqlNode found(boolean matched) {
      SqlOperator test = matched ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL;
      return test.createCall(NOWHERE, target(Field.ROW_ID));
    }

    private static SqlNode truth(SqlNode condition) {
      return cases(List.of(condition), List.of(number(0)));
    }

    private static SqlNode number(int number) {
      return SqlLiteral.createExactNumeric(String.valueOf(number), NOWHERE);
    }

    private static SqlNode cases(List<SqlNode> conditions, List<SqlNode> values) {
      return new SqlCase(
          NOWHERE,
          null,
          new SqlNodeList(conditions, NOWHERE),
          new SqlNodeList(values, NOWHERE),
          SqlLiteral.createNull(NOWHERE));
    }

    private SqlIdentifier target(String column) {
      return RowQuery.column(written, merge.alias().orElse(null), column);
    }

    SqlNode query() {
      List<SqlNode> all = new ArrayList<>();
      all.add(target(Field.ROW_ID));
      all.add(chosen());
      all.addAll(items);
      SqlParserPos place = merge.getParserPosition();
      SqlNode table =
          merge
              .alias()
              .<SqlNode>map(alias -> SqlStdOperatorTable.AS.createCall(place, written, alias))
              .orElse(written);
      boolean matchedOnly = merge.whens().stream().allMatch(MergeWhen::matched);
      JoinType type = matchedOnly ? JoinType.INNER : JoinType.LEFT;
      SqlNode joined =
          new SqlJoin(
              place,
              merge.source(),
              SqlLiteral.createBoolean(false, place),
              type.symbol(place),
              table,
              JoinConditionType.ON.symbol(place),
              merge.condition());
      return common.around(select(all, joined));
    }

    private static SqlSelect select(List<SqlNode> items, SqlNode from) {
      return Selects.of(NOWHERE, Selects.named(items, "value"), from, null);
    }
  }
}
