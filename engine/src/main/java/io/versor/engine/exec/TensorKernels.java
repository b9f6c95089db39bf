package io.versor.engine.exec;

import io.versor.engine.TensorValue;
import io.versor.engine.function.VectorMath;
import io.versor.engine.type.TensorSqlType;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Shape;
import io.versor.format.type.TensorType;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what rows are filtered and sorted by: distances to a vector, reductions, elements and
 * extents of a column of tensors. The sums are those of the functions, digit by digit.
 */
final class TensorKernels {
  private final List<TensorType> inputs;
  private final List<@Nullable Object> parameters;

  TensorKernels(List<TensorType> inputs, List<@Nullable Object> parameters) {
    this.inputs = inputs;
    this.parameters = parameters;
  }

  Expression compile(RexCall call) throws NotCompiled {
    String name = call.getOperator().getName();
    return switch (name) {
      case "L2_DISTANCE" -> distance(call, (a, b) -> Math.sqrt(VectorMath.squares(a, b)));
      case "L1_DISTANCE" -> distance(call, VectorMath::absolutes);
      case "HAMMING_DISTANCE" -> distance(call, VectorMath::differences);
      case "INNER_PRODUCT" -> distance(call, VectorMath::dot);
      case "COSINE_SIMILARITY" -> distance(call, VectorMath::cosine);
      case "L2_NORM" -> measure(call, VectorMath::norm, false);
      case "TENSOR_MEAN" -> measure(call, VectorMath::mean, true);
      case "TENSOR_STD" -> measure(call, VectorMath::deviation, true);
      case "TENSOR_SUM" -> floats(call, VectorMath::sum, false);
      case "TENSOR_MIN" -> floats(call, elements -> elements[VectorMath.least(elements)], true);
      case "TENSOR_MAX" -> floats(call, elements -> elements[VectorMath.greatest(elements)], true);
      case "ELEMENT_AT" -> element(call);
      case "IMAGE_HEIGHT" -> pictureExtent(call, 0);
      case "IMAGE_WIDTH" -> pictureExtent(call, 1);
      case "ITEM" -> extent(call);
      default -> throw new NotCompiled(call.toString());
    };
  }

  /** A column of tensors of numbers that doubles hold. */
  private int column(RexNode node) throws NotCompiled {
    if (node instanceof RexInputRef ref) {
      TensorType type = inputs.get(ref.getIndex());
      boolean wide = type.dtype() == Dtype.INT64 || type.dtype() == Dtype.UINT64;
      if (type.shape().rank() > 0 && type.dtype().isNumber() && !wide) {
        return ref.getIndex();
      }
    }
    throw new NotCompiled(node.toString());
  }

  private Expression measure(RexCall call, TensorMeasure.Measure measure, boolean nullOfNone)
      throws NotCompiled {
    if (call.getOperands().size() != 1) {
      throw new NotCompiled(call.toString());
    }
    int column = column(call.getOperands().get(0));
    return new TensorMeasure(column, measure, nullOfNone, RexCompiler.scalar(call));
  }

  /** What is a float only for floats. */
  private Expression floats(RexCall call, TensorMeasure.Measure measure, boolean nullOfNone)
      throws NotCompiled {
    if (!RexCompiler.scalar(call).dtype().isFloat()) {
      throw new NotCompiled(call.toString());
    }
    return measure(call, measure, nullOfNone);
  }

  // --- parts

  /** A cut along the first dimension that gives all rows the same shape; nothing else is copied. */
  Expression slice(RexCall call) throws NotCompiled {
    List<RexNode> operands = call.getOperands();
    if (!call.getOperator().getName().equals("SLICE")
        || !(operands.get(0) instanceof RexInputRef ref)
        || !(call.getType() instanceof TensorSqlType result)
        || !result.tensor().shape().isFixed()
        || index(operands.get(1)) != 0) {
      throw new NotCompiled(call.toString());
    }
    int low = index(operands.get(2));
    int high = index(operands.get(3));
    if (low < 0 || high <= low || result.tensor().shape().extent(0) != high - low) {
      throw new NotCompiled(call.toString());
    }
    return new TensorSlice(ref.getIndex(), low, high, result.tensor());
  }

  // --- distances

  private Expression distance(RexCall call, TensorDistance.Measure measure) throws NotCompiled {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    if (left instanceof RexInputRef && right instanceof RexInputRef) {
      int a = fixed(left);
      int b = fixed(right);
      if (!inputs.get(a).shape().equals(inputs.get(b).shape())) {
        throw new NotCompiled(call.toString());
      }
      return new TensorDistance(measure, a, b);
    }
    boolean first = left instanceof RexInputRef;
    int column = fixed(first ? left : right);
    Shape shape = inputs.get(column).shape();
    double[] given = given(first ? right : left, shape);
    if (given.length != shape.elements()) {
      throw new NotCompiled(call.toString()); // the function's own message is better
    }
    if (inputs.get(column).dtype() == Dtype.FLOAT32
        && RexCompiler.scalar(call).equals(TensorType.scalar(Dtype.FLOAT64))) {
      FloatDistance.Measure inPlace = inPlace(call.getOperator().getName(), given);
      if (inPlace != null) {
        boolean descending = call.getOperator().getName().equals("COSINE_SIMILARITY");
        return new FloatDistance(column, inPlace, descending);
      }
    }
    if (call.getOperator().getName().equals("COSINE_SIMILARITY")) {
      double norm = VectorMath.norm(given);
      return new TensorMeasure(
          column,
          elements -> VectorMath.cosine(elements, given, norm),
          false,
          RexCompiler.scalar(call));
    }
    return new TensorMeasure(
        column,
        // in the order of the arguments, so that the last digit is the function's
        first ? elements -> measure.of(elements, given) : elements -> measure.of(given, elements),
        false,
        RexCompiler.scalar(call));
  }

  /** The sums that are made without copying the elements; null for others. */
  private static FloatDistance.@Nullable Measure inPlace(String name, double[] given) {
    double norm = VectorMath.norm(given);
    return switch (name) {
      case "L2_DISTANCE" ->
          // what passes the square, rounded up, has a root that is not less than the bound
          (at, bound) -> Math.sqrt(FloatSums.squares(at, given, Math.nextUp(bound * bound)));
      case "INNER_PRODUCT" -> (at, bound) -> FloatSums.dot(at, given);
      case "COSINE_SIMILARITY" -> (at, bound) -> FloatSums.cosine(at, given, norm, bound);
      default -> null;
    };
  }

  private int fixed(RexNode node) throws NotCompiled {
    int column = column(node);
    if (!inputs.get(column).shape().isFixed()) {
      throw new NotCompiled(node.toString());
    }
    return column;
  }

  private double[] given(RexNode node, Shape shape) throws NotCompiled {
    if (node instanceof RexDynamicParam parameter && parameter.getIndex() < parameters.size()) {
      return given(parameters.get(parameter.getIndex()), shape, node);
    }
    if (node.getKind() == SqlKind.CAST) {
      return given(((RexCall) node).getOperands().get(0), shape);
    }
    if (node instanceof RexCall call && call.getOperator().getName().equals("CAST_TENSOR")) {
      return cast(call, shape);
    }
    if (node.getKind() != SqlKind.ARRAY_VALUE_CONSTRUCTOR || shape.rank() != 1) {
      throw new NotCompiled(node.toString());
    }
    List<RexNode> elements = ((RexCall) node).getOperands();
    double[] vector = new double[elements.size()];
    for (int i = 0; i < vector.length; i++) {
      BigDecimal number =
          elements.get(i) instanceof RexLiteral literal
                  && !literal.isNull()
                  && SqlTypeUtil.isNumeric(literal.getType())
              ? literal.getValueAs(BigDecimal.class)
              : null;
      if (number == null) {
        throw new NotCompiled(node.toString());
      }
      vector[i] = number.doubleValue();
    }
    return vector;
  }

  /** Only to floats, where nothing but rounding happens. */
  private double[] cast(RexCall call, Shape shape) throws NotCompiled {
    Dtype dtype =
        call.getType() instanceof TensorSqlType type && type.tensor().shape().equals(shape)
            ? type.tensor().dtype()
            : Dtype.BYTES;
    double[] vector = given(call.getOperands().get(0), shape);
    for (int i = 0; i < vector.length; i++) {
      boolean exact = vector[i] == (float) vector[i] || Double.isNaN(vector[i]);
      if (dtype != Dtype.FLOAT64 && (dtype != Dtype.FLOAT32 || !exact)) {
        throw new NotCompiled(call.toString());
      }
    }
    return vector;
  }

  private static double[] given(@Nullable Object value, Shape shape, RexNode node)
      throws NotCompiled {
    if (value instanceof TensorValue tensor && shape.admits(tensor.shape())) {
      double[] vector = new double[tensor.elements()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = tensor.doubleAt(i);
      }
      return vector;
    }
    boolean numbers =
        value != null
            && value.getClass().isArray()
            && value.getClass().getComponentType().isPrimitive()
            && !(value instanceof boolean[] || value instanceof char[] || value instanceof long[]);
    if (!numbers || shape.rank() != 1) {
      throw new NotCompiled(node.toString());
    }
    double[] vector = new double[Array.getLength(value)];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = Array.getDouble(value, i);
    }
    return vector;
  }

  // --- elements and extents

  private Expression element(RexCall call) throws NotCompiled {
    List<RexNode> operands = call.getOperands();
    if (!(operands.get(0) instanceof RexInputRef ref)) {
      throw new NotCompiled(call.toString());
    }
    TensorType type = inputs.get(ref.getIndex());
    if (type.shape().rank() != operands.size() - 1 || type.dtype() == Dtype.UINT64) {
      throw new NotCompiled(call.toString());
    }
    int[] place = new int[type.shape().rank()];
    for (int i = 0; i < place.length; i++) {
      place[i] = index(operands.get(i + 1));
    }
    TensorType result = RexCompiler.scalar(call);
    return type.dtype().isFloat()
        ? new TensorElement.Real(ref.getIndex(), place, result)
        : new TensorElement.Whole(ref.getIndex(), place, result);
  }

  private int index(RexNode node) throws NotCompiled {
    Object value = null;
    if (node instanceof RexLiteral literal) {
      value = literal.getValueAs(Integer.class);
    } else if (node instanceof RexDynamicParam parameter
        && parameter.getIndex() < parameters.size()) {
      value = parameters.get(parameter.getIndex());
    }
    if (value instanceof Integer index) {
      return index;
    }
    throw new NotCompiled(node.toString());
  }

  private Expression pictureExtent(RexCall call, int dimension) throws NotCompiled {
    if (call.getOperands().get(0) instanceof RexInputRef ref
        && inputs.get(ref.getIndex()).htype() == Htype.IMAGE) {
      return new TensorElement.Extent(ref.getIndex(), dimension, RexCompiler.scalar(call));
    }
    throw new NotCompiled(call.toString());
  }

  /** {@code SHAPE(x)[1]}. */
  private Expression extent(RexCall call) throws NotCompiled {
    if (call.getOperands().get(0) instanceof RexCall shape
        && shape.getOperator().getName().equals("SHAPE")
        && shape.getOperands().get(0) instanceof RexInputRef ref) {
      int dimension = index(call.getOperands().get(1)) - 1;
      TensorType type = inputs.get(ref.getIndex());
      if (dimension >= 0 && dimension < type.storedRank()) {
        return new TensorElement.Extent(ref.getIndex(), dimension, RexCompiler.scalar(call));
      }
    }
    throw new NotCompiled(call.toString());
  }
}
