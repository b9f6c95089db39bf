package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.function.JavaFunction;
import io.versor.engine.function.Labels;
import io.versor.engine.type.Carried;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.jspecify.annotations.Nullable;

/**
 * {@code LABEL_ID(c)} where c comes out of a query, which has no hidden column beside it: the place
 * of the text among the labels of the column of a table that it comes from.
 */
final class LabelNumbers {
  /** Stands for the number until it is known where a column comes from; with the column's name. */
  private static final SqlFunction OF =
      new SqlFunction(
          "LABEL_NUMBER_OF",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.INTEGER.andThen(SqlTypeTransforms.FORCE_NULLABLE),
          null,
          OperandTypes.ANY_ANY,
          SqlFunctionCategory.SYSTEM) {
        @Override
        public RelDataType deriveType(
            SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
          RelDataType type = validator.deriveType(scope, call.operand(0));
          if (!SqlTypeName.CHAR_TYPES.contains(type.getSqlTypeName())) {
            SqlParserPos place = call.getParserPosition();
            throw new Carried(
                new StatementException(
                    "42883",
                    noLabels(call.operand(0).toString(), "expected a column of class labels"),
                    place.getLineNum(),
                    place.getColumnNum()));
          }
          validator.deriveType(scope, call.operand(1));
          return validateOperands(validator, scope, call);
        }
      };

  private static final SqlUserDefinedFunction NUMBER =
      new SqlUserDefinedFunction(
          new SqlIdentifier("LABEL_NUMBER", SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0, // every call is made with its type
          null,
          OperandTypes.operandMetadata(List.of(), factory -> List.of(), i -> "arg" + i, i -> false),
          JavaFunction.of(Labels.class, "number"));

  private LabelNumbers() {}

  private static String noLabels(String column, String why) {
    return "LABEL_ID(" + column + "): " + why;
  }

  // --- in the tree of a query

  /** Puts the call into all clauses of a query, whose FROM is valid. */
  static void resolve(SqlSelect select, SqlValidatorScope scope) {
    in(select.getSelectList(), scope);
    if (select.getWhere() != null) {
      select.setWhere(in(select.getWhere(), scope));
    }
    in(select.getGroup(), scope);
    if (select.getHaving() != null) {
      select.setHaving(in(select.getHaving(), scope));
    }
    if (select.getQualify() != null) {
      select.setQualify(in(select.getQualify(), scope));
    }
    in(select.getWindowList(), scope);
    in(select.getOrderList(), scope);
  }

  private static void in(@Nullable SqlNodeList list, SqlValidatorScope scope) {
    for (int i = 0; list != null && i < list.size(); i++) {
      list.set(i, in(list.get(i), scope));
    }
  }

  /** An expression with the call where it is needed; queries in it are left as they are. */
  static SqlNode in(SqlNode expression, SqlValidatorScope scope) {
    SqlNode rewritten =
        expression.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                return call.isA(SqlKind.QUERY) ? call : super.visit(call);
              }

              @Override
              public SqlNode visit(SqlIdentifier id) {
                boolean number =
                    !id.isStar()
                        && id.names.get(id.names.size() - 1).endsWith(Field.LABEL_ID_SUFFIX);
                return number ? number(id, scope) : id;
              }
            });
    return rewritten == null ? expression : rewritten;
  }

  private static SqlNode number(SqlIdentifier hidden, SqlValidatorScope scope) {
    List<String> names = new ArrayList<>(hidden.names);
    int last = names.size() - 1;
    String shown = names.get(last);
    shown = shown.substring(0, shown.length() - Field.LABEL_ID_SUFFIX.length());
    names.set(last, shown);
    SqlParserPos place = hidden.getParserPosition();
    SqlIdentifier labels = new SqlIdentifier(names, null, place, null);
    try {
      SqlQualified column = scope.fullyQualify(labels);
      SqlValidatorTable table = column.namespace == null ? null : column.namespace.getTable();
      if (table != null && table.unwrap(VersorTable.class) != null) {
        return hidden.names.size() > 1 ? hidden : beside(column, place);
      }
    } catch (CalciteException e) {
      // an alias in ORDER BY, or wrong, which is said where it is validated
    }
    return OF.createCall(place, labels, SqlLiteral.createCharString(shown, place));
  }

  /** Of the table that the labels are found in, not one further out. */
  private static SqlNode beside(SqlQualified column, SqlParserPos place) {
    List<String> names = new ArrayList<>(column.identifier.names);
    int last = names.size() - 1;
    names.set(last, names.get(last) + Field.LABEL_ID_SUFFIX);
    return new SqlIdentifier(names, null, place, null);
  }

  // --- in a plan

  /** Puts labels into the calls, if there are any. */
  static RelNode rewrite(RelNode plan) {
    return rewrite(plan, Map.of());
  }

  /**
   * @param around the nodes whose rows the variables of queries around are
   */
  private static RelNode rewrite(RelNode node, Map<CorrelationId, RelNode> around) {
    Map<CorrelationId, RelNode> known = new HashMap<>(around);
    if (node instanceof Correlate correlate) {
      known.put(correlate.getCorrelationId(), correlate);
    }
    List<RelNode> inputs = new ArrayList<>();
    boolean changed = false;
    for (RelNode input : node.getInputs()) {
      RelNode rewritten = rewrite(input, known);
      changed |= rewritten != input;
      inputs.add(rewritten);
    }
    RelNode with = changed ? node.copy(node.getTraitSet(), inputs) : node;
    with.getVariablesSet().forEach(variable -> known.put(variable, with));
    return with.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            return call.getOperator() == OF ? number(call, with, known) : super.visitCall(call);
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
            RelNode rel = rewrite(visited.rel, known);
            return rel == visited.rel ? visited : visited.clone(rel);
          }
        });
  }

  private static RexNode number(RexCall call, RelNode node, Map<CorrelationId, RelNode> known) {
    RexNode column = call.getOperands().get(0);
    Optional<List<String>> labels = Optional.empty();
    if (column instanceof RexInputRef ref) {
      labels = labels(node, ref.getIndex());
    } else if (column instanceof RexFieldAccess access
        && access.getReferenceExpr() instanceof RexCorrelVariable variable
        && known.containsKey(variable.id)) {
      labels = labels(known.get(variable.id), access.getField().getIndex());
    }
    RexBuilder builder = node.getCluster().getRexBuilder();
    if (labels.isEmpty()) {
      String name = ((RexLiteral) call.getOperands().get(1)).getValueAs(String.class);
      throw new Carried(
          new StatementException(
              "42883",
              noLabels(
                  String.valueOf(name),
                  "expected class labels as they are in one column of a table; these are computed,"
                      + " or come from columns with other labels")));
    }
    RexNode all =
        builder.makeLiteral(
            Labels.text(labels.get()),
            builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR),
            true);
    return builder.makeCall(call.getType(), NUMBER, List.of(column, all));
  }

  /** The labels of the columns that a column of a node's input comes from as it is. */
  private static Optional<List<String>> labels(RelNode node, int index) {
    RelNode input = node.getInput(0);
    int at = index;
    if (node instanceof Join && at >= input.getRowType().getFieldCount()) {
      at -= input.getRowType().getFieldCount();
      input = node.getInput(1);
    }
    Set<RelColumnOrigin> origins = node.getCluster().getMetadataQuery().getColumnOrigins(input, at);
    List<String> labels = null;
    for (RelColumnOrigin origin : origins == null ? Set.<RelColumnOrigin>of() : origins) {
      VersorTable table = origin.getOriginTable().unwrap(VersorTable.class);
      Field field = table == null ? null : table.fields().get(origin.getOriginColumnOrdinal());
      if (origin.isDerived()
          || field == null
          || field.kind() != Field.Kind.COLUMN
          || !field.type().isLabelled()
          || labels != null && !labels.equals(field.type().labels())) {
        return Optional.empty();
      }
      labels = field.type().labels();
    }
    return Optional.ofNullable(labels);
  }
}
