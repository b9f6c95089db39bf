package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.TensorValue;
import io.versor.engine.function.FunctionException;
import io.versor.engine.function.JavaFunction;
import io.versor.engine.function.TensorText;
import io.versor.engine.type.Carried;
import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.TensorSqlType;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * What a plan may do with tensors: CAST them to a text or an array, also where the planner puts the
 * CAST in. Any other CAST, and sorting by them, is refused. Public because generated code calls it.
 */
public final class TensorRules extends RexShuttle {
  private static final SqlUserDefinedFunction TEXT = function("TENSOR_TEXT", "text");
  private static final SqlUserDefinedFunction ARRAY = function("TENSOR_ARRAY", "array");

  private static final SqlUserDefinedFunction SAME = function("SAME_LIST", "same");
  private static final SqlUserDefinedFunction ELEMENTS =
      function("CAST_ELEMENTS", ListElements.class, "cast");

  private final RexBuilder builder;

  private TensorRules(RexBuilder builder) {
    this.builder = builder;
  }

  private static SqlUserDefinedFunction function(String name, String method) {
    return function(name, TensorRules.class, method);
  }

  private static SqlUserDefinedFunction function(String name, Class<?> code, String method) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0, // every call is made with its type
        null,
        OperandTypes.operandMetadata(List.of(), factory -> List.of(), i -> "arg" + i, i -> false),
        JavaFunction.of(code, method));
  }

  static RelNode rewrite(RelNode plan) {
    TensorRules rex = new TensorRules(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            if (other instanceof Sort sort) {
              for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
                checkOrder(
                    sort.getInput().getRowType().getFieldList().get(key.getFieldIndex()).getType());
              }
            }
            return super.visit(other).accept(rex);
          }
        });
  }

  @Override
  public RexNode visitOver(RexOver over) {
    over.getWindow().orderKeys.forEach(key -> checkOrder(key.left.getType()));
    return super.visitOver(over);
  }

  static void checkOrder(RelDataType type) {
    if (type instanceof TensorSqlType) {
      throw new Carried(
          new StatementException(
              "42883",
              "ORDER BY a value of type "
                  + type
                  + ": tensors have no order; take a TENSOR_MEAN or a distance of it"));
    }
    if (type.getComponentType() != null) {
      throw new Carried(
          new StatementException(
              "42883",
              "ORDER BY an "
                  + type.getSqlTypeName()
                  + ": lists have no order; take an element, CARDINALITY or a CAST to VARCHAR"));
    }
  }

  @Override
  public RexNode visitCall(RexCall original) {
    RexNode visited = super.visitCall(original);
    if (visited instanceof RexCall text && ListText.isCall(text)) {
      return ListText.of(text, builder);
    }
    if (!(visited instanceof RexCall call) || call.getKind() != SqlKind.CAST) {
      return visited;
    }
    if (call.getOperands().get(0).getType().getComponentType() != null) {
      return list(call);
    }
    if (!(call.getOperands().get(0).getType() instanceof TensorSqlType from)) {
      return visited;
    }
    RexNode tensor = call.getOperands().get(0);
    RelDataType to = call.getType();
    return switch (to.getSqlTypeName()) {
      case ANY -> call;
      case VARCHAR -> text(tensor, to);
      case CHAR -> builder.makeCast(to, text(tensor, to));
      case ARRAY -> array(tensor, from, to);
      default -> throw noCast(from, to, "");
    };
  }

  /** Element by element, and a list that is only said to have NULLs, or none, as it is. */
  private RexNode list(RexCall call) {
    RelDataType from = call.getOperands().get(0).getType();
    RelDataType to = call.getType();
    RelDataType given = from.getComponentType();
    RelDataType wanted = to.getComponentType();
    if (wanted == null) {
      if (to.getSqlTypeName() == SqlTypeName.ANY) {
        throw noCast(from, to, "");
      }
      return call;
    }
    if (SqlTypeUtil.equalSansNullability(builder.getTypeFactory(), from, to)) {
      return builder.makeCall(to, SAME, call.getOperands());
    }
    while (given.getComponentType() != null && wanted.getComponentType() != null) {
      given = given.getComponentType();
      wanted = wanted.getComponentType();
    }
    if (!ListElements.isPossible(given, wanted)) {
      throw noCast(from, to, "");
    }
    return builder.makeCall(
        to,
        ELEMENTS,
        List.of(
            call.getOperands().get(0),
            builder.makeLiteral(given.getSqlTypeName().name()),
            builder.makeLiteral(wanted.getSqlTypeName().name()),
            builder.makeExactLiteral(BigDecimal.valueOf(wanted.getPrecision())),
            builder.makeExactLiteral(BigDecimal.valueOf(wanted.getScale()))));
  }

  private RexNode text(RexNode tensor, RelDataType to) {
    int most = to.getPrecision() < 0 ? TensorType.MAX_SAMPLE_BYTES : to.getPrecision();
    RelDataType type =
        builder
            .getTypeFactory()
            .createTypeWithNullability(
                builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), to.isNullable());
    return builder.makeCall(
        to.getSqlTypeName() == SqlTypeName.VARCHAR ? to : type,
        TEXT,
        List.of(tensor, builder.makeExactLiteral(BigDecimal.valueOf(most))));
  }

  private RexNode array(RexNode tensor, TensorSqlType from, RelDataType to) {
    int rank = 0;
    RelDataType element = to;
    while (element.getComponentType() != null) {
      element = element.getComponentType();
      rank++;
    }
    TensorType target = SqlTypes.toTensor(element);
    if (!target.dtype().isNumber() && target.dtype() != Dtype.DECIMAL) {
      throw noCast(from, to, "");
    }
    if (rank != from.tensor().shape().rank()) {
      throw noCast(from, to, ": it has " + from.tensor().shape().rank() + " dimensions");
    }
    Dtype dtype = target.dtype() == Dtype.DECIMAL ? from.tensor().dtype() : target.dtype();
    return builder.makeCall(
        to,
        ARRAY,
        List.of(
            tensor,
            builder.makeLiteral(dtype.name()),
            builder.makeLiteral(target.dtype() == Dtype.DECIMAL)));
  }

  static Carried noCast(RelDataType from, RelDataType to, String why) {
    return new Carried(new StatementException("42846", "no CAST of " + from + " as " + to + why));
  }

  /** The text of a tensor; 22001 if it is longer. */
  @Strict
  public static String text(Object tensor, int most) {
    return TensorText.of((TensorValue) tensor, most);
  }

  /** A list that is only said to have NULLs, or none: Calcite's CAST fails for one inside. */
  @Strict
  public static List<?> same(Object list) {
    return (List<?>) list;
  }

  /** A tensor as nested lists of numbers. */
  @Strict
  public static List<?> array(Object value, String dtypeName, boolean decimals) {
    TensorValue tensor = (TensorValue) value;
    Dtype dtype = Dtype.valueOf(dtypeName);
    try {
      if (tensor.dtype() != dtype) {
        byte[] bytes = TensorElements.bytes(dtype, tensor.shape(), tensor, "CAST");
        tensor = RowValues.tensor(dtype, tensor.shape(), bytes);
      }
    } catch (StoreException e) {
      throw new FunctionException("22003", String.valueOf(e.getMessage()), e);
    }
    return list(tensor, decimals, 0, 0, tensor.elements());
  }

  private static List<?> list(
      TensorValue tensor, boolean decimals, int depth, int from, int count) {
    int extent = tensor.shape()[depth];
    List<Object> list = new ArrayList<>(extent);
    for (int i = 0; i < extent; i++) {
      int part = count / extent;
      if (depth + 1 < tensor.rank()) {
        list.add(list(tensor, decimals, depth + 1, from + i * part, part));
      } else {
        Object number = tensor.elementAt(from + i);
        list.add(decimals ? decimal(number) : number);
      }
    }
    return list;
  }

  private static BigDecimal decimal(Object number) {
    try {
      return number instanceof Boolean truth
          ? (truth ? BigDecimal.ONE : BigDecimal.ZERO)
          : new BigDecimal(number.toString());
    } catch (NumberFormatException e) {
      throw new FunctionException("22003", "CAST: " + number + " is no DECIMAL", e);
    }
  }
}
