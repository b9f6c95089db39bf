package io.versor.engine.exec;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Compiles what a search for near vectors asks: the distance of a column to one given vector. */
final class Distances {
  private Distances() {}

  static Expression compile(
      RexCall call, List<TensorType> inputs, List<@Nullable Object> parameters) throws NotCompiled {
    VectorDistance.Measure measure = measure(call);
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    RexNode column = left instanceof RexInputRef ? left : right;
    RexNode given = left instanceof RexInputRef ? right : left;
    if (!(column instanceof RexInputRef ref)) {
      throw new NotCompiled(call.toString());
    }
    TensorType type = inputs.get(ref.getIndex());
    boolean floats = type.dtype() == Dtype.FLOAT32 || type.dtype() == Dtype.FLOAT64;
    if (!floats || type.shape().rank() != 1 || !type.shape().isFixed()) {
      throw new NotCompiled(call.toString());
    }
    double[] vector = vector(given, parameters);
    if (vector.length != type.shape().extent(0)) {
      throw new NotCompiled(call.toString()); // the function's own message is better
    }
    return new VectorDistance(measure, ref.getIndex(), vector);
  }

  private static VectorDistance.Measure measure(RexCall call) throws NotCompiled {
    return switch (call.getOperator().getName()) {
      case "L2_DISTANCE" -> VectorDistance.Measure.L2;
      case "INNER_PRODUCT" -> VectorDistance.Measure.INNER_PRODUCT;
      case "COSINE_SIMILARITY" -> VectorDistance.Measure.COSINE;
      default -> throw new NotCompiled(call.toString());
    };
  }

  private static double[] vector(RexNode node, List<@Nullable Object> parameters)
      throws NotCompiled {
    if (node instanceof RexDynamicParam parameter && parameter.getIndex() < parameters.size()) {
      return vector(parameters.get(parameter.getIndex()), node);
    }
    if (node.getKind() == SqlKind.CAST) {
      return vector(((RexCall) node).getOperands().get(0), parameters);
    }
    if (node.getKind() != SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
      throw new NotCompiled(node.toString());
    }
    List<RexNode> elements = ((RexCall) node).getOperands();
    double[] vector = new double[elements.size()];
    for (int i = 0; i < vector.length; i++) {
      BigDecimal number =
          elements.get(i) instanceof RexLiteral literal
              ? literal.getValueAs(BigDecimal.class)
              : null;
      if (number == null) {
        throw new NotCompiled(node.toString());
      }
      vector[i] = number.doubleValue();
    }
    return vector;
  }

  private static double[] vector(@Nullable Object value, RexNode node) throws NotCompiled {
    if (value instanceof double[] doubles) {
      return doubles.clone();
    }
    TensorValue tensor =
        value instanceof float[] floats
            ? TensorValue.of(floats)
            : value instanceof TensorValue given ? given : null;
    if (tensor == null || tensor.rank() != 1) {
      throw new NotCompiled(node.toString());
    }
    double[] vector = new double[tensor.elements()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = tensor.doubleAt(i);
    }
    return vector;
  }
}
