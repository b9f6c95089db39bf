package io.versor.engine.statement;

import io.versor.engine.ParameterInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.RandomNames;
import io.versor.engine.plan.Run;
import io.versor.engine.plan.SqlErrors;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.parser.VersorParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Values of a VALUES list. What stands there as it is goes straight into the column; what has to be
 * computed is gathered into few queries.
 */
final class Cells {
  private final List<Literals.@Nullable Value> direct = new ArrayList<>();
  private final List<SqlNode> expressions = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();

  /**
   * Adds a value.
   *
   * @param column whose default DEFAULT means
   */
  void add(SqlNode node, Column column) throws StatementException {
    SqlNode value = node.getKind() == SqlKind.DEFAULT ? defaultOf(column) : node;
    Optional<Literals.Value> found = find(value);
    if (found.isPresent()) {
      direct.add(found.get());
    } else {
      places.add(direct.size());
      direct.add(null);
      expressions.add(value);
    }
  }

  /** A value that needs no computing: a literal, a parameter, an identity column's next number. */
  static Optional<Literals.Value> find(SqlNode value) {
    return value.getKind() == SqlKind.DEFAULT
        ? Optional.of(parameters -> Numbering.NEXT)
        : Literals.find(value);
  }

  /** What a column has for rows that give no value: DEFAULT if it is numbered. */
  static SqlNode defaultOf(Column column) throws StatementException {
    if (column.identity().isPresent()) {
      return SqlStdOperatorTable.DEFAULT.createCall(SqlParserPos.ZERO);
    }
    if (column.defaultSql().isEmpty()) {
      return org.apache.calcite.sql.SqlLiteral.createNull(SqlParserPos.ZERO);
    }
    try {
      return SqlParser.create(column.defaultSql().get(), VersorParser.config()).parseExpression();
    } catch (SqlParseException e) {
      throw SqlErrors.syntax(e);
    }
  }

  int size() {
    return direct.size();
  }

  /** Whether a value has to be computed that is another one each time. */
  boolean areRandom() {
    return expressions.stream().anyMatch(RandomNames::isIn);
  }

  /** Plans of what has to be computed, of a row that stands alone. */
  List<ComputedValues> plans(Versions versions, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    return plans(new RowPlans(versions, parameters, CommonTables.NONE, 1));
  }

  /** The same for one of many rows. */
  List<ComputedValues> plans(RowPlans rows) throws StoreException, StatementException {
    return rows.of(expressions);
  }

  /** Types of parameters inside of expressions. */
  static void describe(List<QueryPlan> plans, @Nullable ParameterInfo[] infos) {
    for (QueryPlan plan : plans) {
      for (int i = 0; i < Math.min(infos.length, plan.parameters().size()); i++) {
        if (infos[i] == null && plan.parameters().get(i) != Infos.ANY) {
          infos[i] = plan.parameters().get(i);
        }
      }
    }
  }

  /** All values, in the order they were added. */
  List<@Nullable Object> compute(List<ComputedValues> plans, Run run)
      throws StoreException, StatementException {
    List<@Nullable Object> values = new ArrayList<>(direct.size());
    for (Literals.Value value : direct) {
      values.add(value == null ? null : value.of(run.parameters()));
    }
    int next = 0;
    for (ComputedValues plan : plans) {
      for (Object value : plan.compute(run)) {
        values.set(places.get(next++), value);
      }
    }
    return values;
  }
}
