package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.match.MatchSpec.Shown;
import io.versor.engine.match.MatchSpec.Skip;
import io.versor.engine.match.Pattern;
import io.versor.engine.type.Carried;
import io.versor.parser.ast.RowPatterns;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/** Reads the clauses of a MATCH_RECOGNIZE, with the columns of its table at hand. */
final class RowPatternReader {
  private final VersorValidator validator;
  private final SqlMatchRecognize match;
  private final SqlValidatorScope scope;
  private final RelDataType table;
  private final String alias;
  private final RowPatternNames names = new RowPatternNames();
  private final RowPatternValues values;
  private boolean excludes;

  private RowPatternReader(VersorValidator validator, SqlMatchRecognize match, RelDataType table) {
    this.validator = validator;
    this.match = match;
    this.scope = validator.getMatchRecognizeScope(match);
    this.table = table;
    this.alias = String.valueOf(SqlValidatorUtil.alias(match.getTableRef()));
    this.values = new RowPatternValues(validator, names, table, alias);
  }

  /**
   * @param table the columns of the table
   * @param shown the names of those that a star stands for
   */
  static RowPattern read(
      VersorValidator validator, SqlMatchRecognize match, RelDataType table, List<String> shown) {
    return new RowPatternReader(validator, match, table).read(new HashSet<>(shown));
  }

  private RowPattern read(Set<String> shownColumns) {
    SqlNode written = match.getPattern();
    Pattern pattern = pattern(RowPatterns.pattern(written));
    subsets();
    List<RowPattern.Order> order = order();
    List<Optional<SqlNode>> conditions = conditions(order);
    Shown shown = shown(RowPatterns.others(written));
    LinkedHashSet<Integer> before = new LinkedHashSet<>();
    List<SqlNode> partitionBy = partitionBy(before);
    LinkedHashSet<Integer> behind = new LinkedHashSet<>();
    if (shown != Shown.MATCHES) {
      order.forEach(key -> column(key.key()).ifPresent(field -> before.add(field.getIndex())));
      for (RelDataTypeField field : table.getFieldList()) {
        if (shownColumns.contains(field.getName()) && !before.contains(field.getIndex())) {
          behind.add(field.getIndex());
        }
      }
    }
    List<RowPattern.Measure> measures = measures();
    Skip skip = skip();
    return new RowPattern(
        partitionBy,
        order,
        pattern,
        names.variables(),
        conditions,
        measures,
        values.found(),
        List.copyOf(before),
        List.copyOf(behind),
        shown,
        skip,
        rowType(before, measures, behind));
  }

  // --- PATTERN and SUBSET

  private Pattern pattern(SqlNode node) {
    if (node instanceof SqlIdentifier id) {
      return new Pattern.Variable(names.add(id));
    }
    SqlCall call = (SqlCall) node;
    SqlOperator operator = call.getOperator();
    if (operator == RowPatterns.NOTHING) {
      return Pattern.NOTHING;
    }
    if (operator == RowPatterns.FIRST_ROW || operator == RowPatterns.LAST_ROW) {
      return operator == RowPatterns.FIRST_ROW ? Pattern.Anchor.FIRST_ROW : Pattern.Anchor.LAST_ROW;
    }
    return switch (call.getKind()) {
      case PATTERN_CONCAT -> new Pattern.Sequence(parts(call));
      case PATTERN_ALTER -> new Pattern.Choice(parts(call));
      case PATTERN_PERMUTE ->
          new Pattern.Permuted(call.getOperandList().stream().map(this::pattern).toList());
      case PATTERN_EXCLUDED -> {
        excludes = true;
        yield new Pattern.Excluded(pattern(call.operand(0)));
      }
      case PATTERN_QUANTIFIER ->
          new Pattern.Repeated(
              pattern(call.operand(0)),
              ((SqlLiteral) call.operand(1)).intValue(true),
              ((SqlLiteral) call.operand(2)).intValue(true),
              ((SqlLiteral) call.operand(3)).booleanValue());
      default -> throw refused("0A000", "PATTERN with " + call + " is not supported", call);
    };
  }

  /** Those of a chain of calls, each of which is the first operand of the next one. */
  private List<Pattern> parts(SqlCall chain) {
    Deque<SqlNode> parts = new ArrayDeque<>();
    SqlNode rest = chain;
    while (rest instanceof SqlCall call && call.getOperator() == chain.getOperator()) {
      parts.push(call.operand(1));
      rest = call.operand(0);
    }
    parts.push(rest);
    return parts.stream().map(this::pattern).toList();
  }

  private void subsets() {
    for (SqlNode subset : match.getSubsetList()) {
      SqlIdentifier name = ((SqlCall) subset).operand(0);
      SqlNodeList members = ((SqlCall) subset).operand(1);
      names.addSubset(name, members);
    }
  }

  // --- expressions

  private List<SqlNode> partitionBy(Set<Integer> columns) {
    List<SqlNode> keys = new ArrayList<>();
    for (SqlNode node : match.getPartitionList()) {
      SqlNode key = validator.valid(node, scope, null);
      RelDataTypeField field =
          column(key)
              .orElseThrow(
                  () ->
                      refused(
                          "0A000",
                          "PARTITION BY of MATCH_RECOGNIZE takes columns, found "
                              + node
                              + "; compute it in a subquery in FROM, and name it there",
                          node));
      if (columns.add(field.getIndex())) {
        keys.add(key);
      }
    }
    return keys;
  }

  private Optional<RelDataTypeField> column(SqlNode key) {
    if (key instanceof SqlIdentifier id && id.names.size() == 2 && same(id.names.get(0), alias)) {
      return Optional.ofNullable(
          validator.getCatalogReader().nameMatcher().field(table, id.names.get(1)));
    }
    return Optional.empty();
  }

  private boolean same(String left, String right) {
    return validator.getCatalogReader().nameMatcher().matches(left, right);
  }

  private List<RowPattern.Order> order() {
    List<RowPattern.Order> order = new ArrayList<>();
    for (SqlNode node : match.getOrderList()) {
      SqlNode key = node;
      boolean descending = false;
      Boolean nullsFirst = null;
      if (key.getKind() == SqlKind.NULLS_FIRST || key.getKind() == SqlKind.NULLS_LAST) {
        nullsFirst = key.getKind() == SqlKind.NULLS_FIRST;
        key = ((SqlCall) key).operand(0);
      }
      if (key.getKind() == SqlKind.DESCENDING) {
        descending = true;
        key = ((SqlCall) key).operand(0);
      }
      if (key instanceof SqlLiteral) {
        throw refused(
            "42601",
            "ORDER BY of MATCH_RECOGNIZE takes columns and what is computed of them, found " + key,
            key);
      }
      order.add(
          new RowPattern.Order(
              validator.valid(key, scope, null),
              descending,
              nullsFirst == null ? descending : nullsFirst)); // NULL is the greatest
    }
    return order;
  }

  private List<Optional<SqlNode>> conditions(List<RowPattern.Order> order) {
    Map<Integer, SqlNode> defined = new HashMap<>();
    for (SqlNode definition : match.getPatternDefList()) {
      SqlIdentifier name = ((SqlCall) definition).operand(1);
      if (defined.put(names.variable(name), ((SqlCall) definition).operand(0)) != null) {
        throw refused("42710", "DEFINE has two conditions of " + name + "; join them by AND", name);
      }
    }
    List<Optional<SqlNode>> conditions = new ArrayList<>();
    RelDataType truth = validator.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN);
    for (int variable = 0; variable < names.count(); variable++) {
      SqlNode condition = defined.get(variable);
      SqlNode marked = condition == null ? null : values.inDefine(condition);
      Optional<SqlNode> near = within(order);
      if (near.isPresent()) {
        SqlNode both = near.get();
        marked =
            marked == null
                ? both
                : SqlStdOperatorTable.AND.createCall(both.getParserPosition(), both, marked);
      }
      conditions.add(Optional.ofNullable(marked).map(each -> validator.valid(each, scope, truth)));
      if (condition != null) {
        checkTruth(condition, conditions.get(variable).orElseThrow());
      }
    }
    return conditions;
  }

  private void checkTruth(SqlNode condition, SqlNode valid) {
    SqlTypeName type = validator.deriveType(scope, valid).getSqlTypeName();
    if (type != SqlTypeName.BOOLEAN && type != SqlTypeName.NULL) {
      throw refused(
          "42804", "a condition of DEFINE is " + type.getName() + "; expected BOOLEAN", condition);
    }
  }

  /** WITHIN, as the condition that a row is not that far from the first of the match. */
  private Optional<SqlNode> within(List<RowPattern.Order> order) {
    SqlLiteral interval = match.getInterval();
    if (interval == null) {
      return Optional.empty();
    }
    if (interval instanceof SqlIntervalLiteral literal && literal.signum() < 0) {
      throw refused("22023", "WITHIN " + interval + " is before the first row", interval);
    }
    if (order.isEmpty()) {
      throw refused("42601", "WITHIN without ORDER BY, which says what is near; add one", interval);
    }
    RowPattern.Order first = order.get(0);
    SqlParserPos place = interval.getParserPosition();
    SqlNode begin = values.inFirstRow(first.key());
    SqlNode here = values.inLastRow(first.key());
    return Optional.of(
        first.descending()
            ? SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                place, here, SqlStdOperatorTable.MINUS.createCall(place, begin, interval))
            : SqlStdOperatorTable.LESS_THAN_OR_EQUAL.createCall(
                place, here, SqlStdOperatorTable.PLUS.createCall(place, begin, interval)));
  }

  private List<RowPattern.Measure> measures() {
    List<RowPattern.Measure> measures = new ArrayList<>();
    for (SqlNode measure : match.getMeasureList()) {
      SqlIdentifier name = ((SqlCall) measure).operand(1);
      SqlNode marked = values.inMeasures(((SqlCall) measure).operand(0));
      measures.add(new RowPattern.Measure(name.getSimple(), validator.valid(marked, scope, null)));
    }
    return measures;
  }

  // --- what is shown, and where to go on

  private Shown shown(RowPatterns.OtherRows others) {
    SqlLiteral rows = match.getRowsPerMatch();
    if (rows == null || rows.getValue() == SqlMatchRecognize.RowsPerMatchOption.ONE_ROW) {
      return Shown.MATCHES;
    }
    if (others == RowPatterns.OtherRows.UNMATCHED && excludes) {
      throw refused(
          "42601",
          "WITH UNMATCHED ROWS shows all rows, and {- -} in PATTERN hides some; leave one of them"
              + " out",
          rows);
    }
    return switch (others) {
      case NONE -> Shown.ROWS;
      case EMPTY_MATCHES -> Shown.ROWS_AND_EMPTY;
      case UNMATCHED -> Shown.ALL_ROWS;
    };
  }

  private Skip skip() {
    SqlNode after = match.getAfter();
    if (after instanceof SqlCall call) {
      boolean first = call.getKind() == SqlKind.SKIP_TO_FIRST;
      return new Skip(
          first ? Skip.To.FIRST : Skip.To.LAST, names.set((SqlIdentifier) call.operand(0)));
    }
    boolean next =
        after instanceof SqlLiteral literal
            && literal.getValue() == SqlMatchRecognize.AfterOption.SKIP_TO_NEXT_ROW;
    return new Skip(next ? Skip.To.NEXT_ROW : Skip.To.PAST_LAST_ROW, 0);
  }

  private RelDataType rowType(
      Set<Integer> before, List<RowPattern.Measure> measures, Set<Integer> behind) {
    RelDataTypeFactory.Builder row = validator.getTypeFactory().builder();
    Set<String> taken = new HashSet<>();
    before.forEach(column -> add(row, taken, table.getFieldList().get(column)));
    for (int i = 0; i < measures.size(); i++) {
      RowPattern.Measure measure = measures.get(i);
      if (!taken.add(measure.name().toLowerCase(Locale.ROOT))) {
        throw twice(i);
      }
      row.add(measure.name(), validator.deriveType(scope, measure.expression()));
    }
    for (int column : behind) {
      RelDataTypeField field = table.getFieldList().get(column);
      for (int i = 0; i < measures.size(); i++) {
        if (same(measures.get(i).name(), field.getName())) {
          throw twice(i);
        }
      }
      add(row, taken, field);
    }
    if (before.isEmpty() && measures.isEmpty() && behind.isEmpty()) {
      throw refused(
          "42601",
          "MATCH_RECOGNIZE shows no column; add MEASURES, PARTITION BY or ALL ROWS PER MATCH",
          match);
    }
    return row.build();
  }

  private static void add(
      RelDataTypeFactory.Builder row, Set<String> taken, RelDataTypeField field) {
    taken.add(field.getName().toLowerCase(Locale.ROOT));
    row.add(field);
  }

  private Carried twice(int measure) {
    SqlNode name = ((SqlCall) match.getMeasureList().get(measure)).operand(1);
    return refused(
        "42701", "MATCH_RECOGNIZE would show two columns " + name + "; rename the measure", name);
  }

  static Carried refused(String state, String message, @Nullable SqlNode place) {
    SqlParserPos at = place == null ? SqlParserPos.ZERO : place.getParserPosition();
    return new Carried(new StatementException(state, message, at.getLineNum(), at.getColumnNum()));
  }
}
