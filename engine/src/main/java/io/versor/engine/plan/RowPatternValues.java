package io.versor.engine.plan;

import io.versor.engine.match.Variables;
import io.versor.engine.type.Carried;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Marks what expressions of DEFINE and MEASURES find in rows of a match: columns, PREV, NEXT, FIRST
 * and LAST, aggregates, CLASSIFIER and MATCH_NUMBER.
 */
final class RowPatternValues extends SqlShuttle {
  /** Each value of a list is a comparison in generated code, whose compiler takes no more of it. */
  private static final int MOST_LISTED = 1_000;

  private final VersorValidator validator;
  private final RowPatternNames names;
  private final RelDataType table;
  private final String alias;
  private final List<RowPattern.Found> found = new ArrayList<>();
  private boolean inDefine;

  RowPatternValues(
      VersorValidator validator, RowPatternNames names, RelDataType table, String alias) {
    this.validator = validator;
    this.names = names;
    this.table = table;
    this.alias = alias;
  }

  SqlNode inDefine(SqlNode condition) {
    inDefine = true;
    return marked(condition);
  }

  SqlNode inMeasures(SqlNode expression) {
    inDefine = false;
    return marked(expression);
  }

  private SqlNode marked(SqlNode node) {
    SqlNode marked = node.accept(this);
    return marked == null ? node : marked;
  }

  /** What the marks stand for, by their numbers. */
  List<RowPattern.Found> found() {
    return List.copyOf(found);
  }

  private SqlNode mark(SqlOperator operator, SqlNode place, RowPattern.Found what, SqlNode... of) {
    found.add(what);
    SqlParserPos at = place.getParserPosition();
    List<SqlNode> operands = new ArrayList<>();
    operands.add(SqlLiteral.createExactNumeric(Integer.toString(found.size() - 1), at));
    operands.addAll(List.of(of));
    return operator.createCall(at, operands);
  }

  /** A valid expression in the first row of a match. */
  SqlNode inFirstRow(SqlNode of) {
    return mark(
        MatchOperators.IN_ROW,
        of,
        new RowPattern.Found(Variables.ALL, false, 0, 0, false, false),
        of);
  }

  /** A valid expression in the last row of a match. */
  SqlNode inLastRow(SqlNode of) {
    return inLast(of, Variables.ALL, of);
  }

  private SqlNode inLast(SqlNode place, int set, SqlNode of) {
    return mark(
        MatchOperators.IN_ROW, place, new RowPattern.Found(set, true, 0, 0, false, false), of);
  }

  @Override
  public @Nullable SqlNode visit(SqlIdentifier id) {
    int set = set(id);
    return set < 0 ? id : inLast(id, set, qualified(id));
  }

  /** The set of variables whose rows a column is of; -1 if it is none of the table's. */
  private int set(SqlIdentifier id) {
    if (id.isSimple()) {
      boolean column =
          validator.getCatalogReader().nameMatcher().field(table, id.getSimple()) != null;
      return column && validator.makeNullaryCall(id) == null ? Variables.ALL : -1;
    }
    if (id.names.size() != 2) {
      return -1;
    }
    String first = id.names.get(0);
    if (names.has(first)) {
      return names.set(first);
    }
    return validator.getCatalogReader().nameMatcher().matches(first, alias) ? Variables.ALL : -1;
  }

  private SqlIdentifier qualified(SqlIdentifier id) {
    String column = id.names.get(id.names.size() - 1);
    return new SqlIdentifier(List.of(alias, column), id.getParserPosition());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    checkPlain(call);
    switch (call.getKind()) {
      case RUNNING, FINAL -> {
        SqlNode of = call.operand(0);
        boolean whole = call.getKind() == SqlKind.FINAL;
        if (whole && inDefine) {
          throw refused(
              "42601", call, "FINAL in DEFINE, where no match is known yet; leave it out");
        }
        if (of instanceof SqlCall inner && isFirstOrLast(inner)) {
          return inRow(inner, 0, whole);
        }
        if (of instanceof SqlCall inner && isAggregate(inner)) {
          return aggregate(inner, whole);
        }
        throw refused(
            "42601",
            call,
            call.getKind() + " stands before FIRST, LAST and aggregates; found " + of);
      }
      case FIRST, LAST -> {
        return inRow(call, 0, false);
      }
      case PREV, NEXT -> {
        return inOtherRow(call);
      }
      case CLASSIFIER -> {
        Argument argument = new Argument();
        SqlNode of = argument.read(call);
        return inLast(call, argument.set(), of);
      }
      case MATCH_NUMBER -> {
        return mark(
            MatchOperators.MATCH_NUMBER,
            call,
            new RowPattern.Found(Variables.ALL, true, 0, 0, true, false));
      }
      default -> {
        return isAggregate(call) ? aggregate(call, false) : spelt(super.visit(call));
      }
    }
  }

  private static void checkPlain(SqlCall call) {
    if (SqlKind.QUERY.contains(call.getKind())) {
      throw refused(
          "0A000",
          call,
          "subqueries in DEFINE and MEASURES are not supported; join the subquery to the table in"
              + " FROM");
    }
    if (call.getKind() == SqlKind.OVER) {
      throw refused(
          "0A000",
          call,
          "functions over windows in DEFINE and MEASURES are not supported; compute them in a"
              + " subquery in FROM");
    }
    if (call.getKind() == SqlKind.WITHIN_GROUP
        || call.getKind() == SqlKind.WITHIN_DISTINCT
        || call.getKind() == SqlKind.IGNORE_NULLS) {
      throw refused(
          "0A000",
          call,
          call.getOperator().getName()
              + " of an aggregate in MATCH_RECOGNIZE is not supported: it takes rows in the order of"
              + " the match");
    }
  }

  private static boolean isFirstOrLast(SqlCall call) {
    return call.getKind() == SqlKind.FIRST || call.getKind() == SqlKind.LAST;
  }

  private SqlNode inRow(SqlCall call, int shift, boolean whole) {
    Argument argument = new Argument();
    SqlNode of = argument.read(call.operand(0));
    return mark(
        MatchOperators.IN_ROW,
        call,
        new RowPattern.Found(
            argument.set(), call.getKind() == SqlKind.LAST, rows(call), shift, whole, false),
        of);
  }

  private SqlNode inOtherRow(SqlCall call) {
    int shift = call.getKind() == SqlKind.PREV ? -rows(call) : rows(call);
    SqlNode of = call.operand(0);
    boolean whole = of.getKind() == SqlKind.FINAL;
    if (whole && inDefine) {
      throw refused("42601", of, "FINAL in DEFINE, where no match is known yet; leave it out");
    }
    if (whole || of.getKind() == SqlKind.RUNNING) {
      of = ((SqlCall) of).operand(0);
    }
    if (of instanceof SqlCall inner && isFirstOrLast(inner)) {
      return inRow(inner, shift, whole);
    }
    Argument argument = new Argument();
    SqlNode read = argument.read(of);
    return mark(
        MatchOperators.IN_ROW,
        call,
        new RowPattern.Found(argument.set(), true, 0, shift, false, false),
        read);
  }

  private static int rows(SqlCall call) {
    SqlNode offset = call.operand(1);
    BigDecimal rows = ((SqlLiteral) offset).getValueAs(BigDecimal.class);
    try {
      int exact = rows.intValueExact();
      if (exact >= 0) {
        return exact;
      }
    } catch (ArithmeticException e) {
      // told below, as a negative one is
    }
    throw refused(
        "22023",
        offset,
        call.getOperator().getName() + " goes on by " + rows + " rows; expected a whole number");
  }

  // --- aggregates

  private boolean isAggregate(SqlCall call) {
    if (call.getKind() == SqlKind.FILTER) {
      return true;
    }
    SqlOperator operator = call.getOperator();
    if (!(operator instanceof SqlUnresolvedFunction function)) {
      return operator instanceof SqlAggFunction;
    }
    SqlIdentifier name = function.getSqlIdentifier();
    List<SqlOperator> known = new ArrayList<>();
    if (name != null) {
      validator
          .getOperatorTable()
          .lookupOperatorOverloads(
              name,
              function.getFunctionType(),
              SqlSyntax.FUNCTION,
              known,
              validator.getCatalogReader().nameMatcher());
    }
    return known.stream().anyMatch(each -> each instanceof SqlFunction && each.isAggregator());
  }

  private SqlNode aggregate(SqlCall written, boolean whole) {
    Argument argument = new Argument();
    SqlCall call = written;
    if (written.getKind() == SqlKind.FILTER) {
      call = written.operand(0);
      if (call.operandCount() > 0 && call.operand(0) instanceof SqlIdentifier id && id.isStar()) {
        argument.readStar(id); // a condition takes its place
      }
      checkPlain(call);
      call = FilteredWindows.chosen(call, written.operand(1));
    }
    List<SqlNode> operands = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      if (operand instanceof SqlNodeList) {
        throw refused(
            "0A000",
            call,
            "ORDER BY of an aggregate in MATCH_RECOGNIZE is not supported: it takes rows in the"
                + " order of the match");
      }
      operands.add(
          operand instanceof SqlIdentifier id && id.isStar()
              ? argument.readStar(id)
              : argument.read(operand));
    }
    SqlLiteral quantifier = call.getFunctionQuantifier();
    boolean distinct = quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
    SqlNode of = call.getOperator().createCall(quantifier, call.getParserPosition(), operands);
    boolean count = call.getOperator().getName().equalsIgnoreCase(SqlKind.COUNT.name());
    return mark(
        count ? MatchOperators.COUNT_OF_ROWS : MatchOperators.OF_ROWS,
        call,
        new RowPattern.Found(argument.set(), true, 0, 0, whole, distinct),
        of);
  }

  /** What is looked at in each row: columns of one variable. */
  private final class Argument extends SqlShuttle {
    private int set = -1;
    private @Nullable SqlNode first;

    SqlNode read(SqlNode node) {
      SqlNode read = node.accept(this);
      return read == null ? node : read;
    }

    SqlNode readStar(SqlIdentifier star) {
      if (star.names.size() > 1) {
        String variable = star.names.get(0);
        take(
            names.has(variable)
                ? names.set(variable)
                : names.set(new SqlIdentifier(variable, star.getParserPosition())),
            star);
      } else {
        take(Variables.ALL, star);
      }
      return SqlIdentifier.star(star.getParserPosition());
    }

    /** All rows if no column says which. */
    int set() {
      return Math.max(set, Variables.ALL);
    }

    private void take(int given, SqlNode node) {
      if (set >= 0 && set != given) {
        throw refused(
            "42601",
            node,
            first
                + " and "
                + node
                + " are of different variables, and PREV, NEXT, FIRST, LAST or an aggregate is of"
                + " the rows of one; split it, or define a SUBSET");
      }
      set = given;
      first = first == null ? node : first;
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier id) {
      int given = RowPatternValues.this.set(id);
      if (given < 0) {
        return id;
      }
      take(given, id);
      return qualified(id);
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      checkPlain(call);
      switch (call.getKind()) {
        case CLASSIFIER -> {
          take(
              call.operandCount() == 0 ? Variables.ALL : names.set((SqlIdentifier) call.operand(0)),
              call);
          return MatchOperators.ROW_CLASSIFIER.createCall(call.getParserPosition());
        }
        case MATCH_NUMBER -> {
          return MatchOperators.ROW_MATCH_NUMBER.createCall(call.getParserPosition());
        }
        case FIRST, LAST, PREV, NEXT, RUNNING, FINAL ->
            throw refused(
                "42601",
                call,
                call.getOperator().getName()
                    + " within PREV, NEXT, FIRST, LAST or an aggregate; only PREV and NEXT take a"
                    + " FIRST or LAST, and nothing beside it");
        default -> {
          if (isAggregate(call)) {
            throw refused(
                "42803",
                call,
                "an aggregate within PREV, NEXT, FIRST, LAST or an aggregate; take it apart");
          }
          return spelt(super.visit(call));
        }
      }
    }
  }

  /**
   * Comparisons with a list as those with each element: Calcite takes the former for subqueries.
   */
  private static @Nullable SqlNode spelt(@Nullable SqlNode node) {
    if (!(node instanceof SqlCall call)
        || call.operandCount() != 2
        || !(call.operand(1) instanceof SqlNodeList list)) {
      return node;
    }
    boolean none = call.getKind() == SqlKind.NOT_IN;
    if (none || call.getKind() == SqlKind.IN) {
      SqlNode any = compared(call, list, SqlKind.EQUALS, SqlStdOperatorTable.OR);
      return none ? SqlStdOperatorTable.NOT.createCall(call.getParserPosition(), any) : any;
    }
    if (call.getOperator() instanceof SqlQuantifyOperator operator) {
      boolean all = call.getKind() == SqlKind.ALL;
      return compared(
          call,
          list,
          operator.comparisonKind,
          all ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR);
    }
    return node;
  }

  private static SqlNode compared(
      SqlCall call, List<SqlNode> listed, SqlKind kind, SqlOperator junction) {
    boolean set = kind == SqlKind.EQUALS && listed.size() >= ListedConstants.FEWEST;
    List<SqlNode> list = set ? ListedConstants.gathered(listed) : listed;
    if (list.size() > MOST_LISTED) {
      throw refused(
          "54001",
          call,
          "a list of "
              + list.size()
              + " values in a row pattern; at most "
              + MOST_LISTED
              + " are taken, join the rows with a table of them first");
    }
    SqlOperator comparison =
        switch (kind) {
          case EQUALS -> SqlStdOperatorTable.EQUALS;
          case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
          case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
          case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
          case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
          default -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
        };
    List<SqlNode> terms = new ArrayList<>();
    for (SqlNode element : list) {
      terms.add(comparison.createCall(call.getParserPosition(), call.operand(0), element));
    }
    while (terms.size() > 1) { // in pairs, so that a long list is not deep
      List<SqlNode> pairs = new ArrayList<>();
      for (int i = 0; i < terms.size(); i += 2) {
        pairs.add(
            i + 1 == terms.size()
                ? terms.get(i)
                : junction.createCall(call.getParserPosition(), terms.get(i), terms.get(i + 1)));
      }
      terms = pairs;
    }
    return terms.get(0);
  }

  private static Carried refused(String state, SqlNode place, String message) {
    return RowPatternReader.refused(state, message, place);
  }
}
