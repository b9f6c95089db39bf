package io.versor.engine.function;

import static io.versor.engine.function.TensorOperator.Kind.INTEGER;
import static io.versor.engine.function.TensorOperator.Kind.TENSOR;

import io.versor.engine.function.TensorOperator.Arguments;
import io.versor.engine.function.TensorOperator.Signature;
import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;

/** The functions of tensors, and what type each gives. */
final class TensorOperators {
  private TensorOperators() {}

  static List<SqlOperator> all() {
    List<SqlOperator> all = new ArrayList<>();
    Signature one = Signature.of(TENSOR);
    Signature indexes = Signature.of(TENSOR, INTEGER).orMore();
    all.add(shape("TENSOR_RANK", "rank", one, call -> call.returns(SqlTypeName.INTEGER)));
    all.add(shape("ELEMENT_AT", "elementAt", indexes, TensorOperators::elementAt));
    all.add(
        shape(
            "SLICE",
            "slice",
            Signature.of(TENSOR, INTEGER, INTEGER, INTEGER),
            TensorOperators::slice));
    all.add(shape("FLATTEN", "flatten", one, TensorOperators::flatten));
    all.add(shape("RESHAPE", "reshape", indexes, TensorOperators::reshape));
    all.add(shape("TRANSPOSE", "transpose", indexes.orLess(), TensorOperators::transpose));
    for (String name : List.of("SUM", "MEAN", "MIN", "MAX", "STD", "ARGMIN", "ARGMAX")) {
      all.add(
          TensorOperator.named(
              "TENSOR_" + name,
              TensorCallCode.method(TensorReductions.class, name.toLowerCase(Locale.ROOT)),
              Signature.of(TENSOR, INTEGER).orLess(),
              call -> reduced(name, call)));
    }
    all.add(reduction("L2_NORMALIZE", "normalize", one, TensorOperators::normalize));
    all.add(measure("L2_NORM", "l2Norm", one));
    Signature two = Signature.of(TENSOR, TENSOR);
    all.add(measure("L2_DISTANCE", "l2Distance", two));
    all.add(measure("L1_DISTANCE", "l1Distance", two));
    all.add(measure("HAMMING_DISTANCE", "hammingDistance", two));
    all.add(measure("INNER_PRODUCT", "innerProduct", two));
    all.add(measure("COSINE_SIMILARITY", "cosineSimilarity", two));
    return all;
  }

  private static SqlOperator shape(
      String name, String method, Signature signature, Function<Arguments, RelDataType> type) {
    return TensorOperator.named(
        name, TensorCallCode.method(TensorShapes.class, method), signature, type);
  }

  private static SqlOperator reduction(
      String name, String method, Signature signature, Function<Arguments, RelDataType> type) {
    return TensorOperator.named(
        name, TensorCallCode.method(TensorReductions.class, method), signature, type);
  }

  private static SqlOperator measure(String name, String method, Signature signature) {
    return reduction(name, method, signature, call -> call.returns(SqlTypeName.DOUBLE));
  }

  private static RelDataType elementAt(Arguments call) {
    TensorType tensor = call.tensor(0);
    int indexes = call.count() - 1;
    int rank = tensor.shape().rank();
    if (indexes > rank) {
      throw call.refused(
          TensorShapes.NO_ELEMENT,
          indexes + " indexes for a tensor of shape " + tensor.shape() + ", at most " + rank);
    }
    List<Integer> rest = tensor.shape().extents().subList(indexes, rank);
    return call.returns(TensorType.tensor(tensor.dtype(), new Shape(rest)));
  }

  private static RelDataType slice(Arguments call) {
    TensorType tensor = call.tensor(0);
    List<Integer> extents = new ArrayList<>(tensor.shape().extents());
    if (call.literal(1).isEmpty()) {
      extents.replaceAll(extent -> Shape.RAGGED); // any of them may be cut
    } else {
      int dimension = call.literal(1).getAsInt();
      if (dimension < 0 || dimension >= extents.size()) {
        throw call.refused(
            TensorShapes.NO_ELEMENT,
            "dimension " + dimension + " of a tensor of shape " + tensor.shape());
      }
      boolean known = call.literal(2).isPresent() && call.literal(3).isPresent();
      int length = known ? call.literal(3).getAsInt() - call.literal(2).getAsInt() : 0;
      extents.set(dimension, length > 0 ? length : Shape.RAGGED);
    }
    return call.returns(TensorType.tensor(tensor.dtype(), new Shape(extents)));
  }

  private static RelDataType flatten(Arguments call) {
    TensorType tensor = call.tensor(0);
    int elements = tensor.shape().isFixed() ? tensor.shape().elements() : Shape.RAGGED;
    return call.returns(TensorType.tensor(tensor.dtype(), Shape.of(elements)));
  }

  private static RelDataType reshape(Arguments call) {
    int[] extents = new int[call.count() - 1];
    for (int i = 0; i < extents.length; i++) {
      int extent = call.literal(i + 1).orElse(Shape.RAGGED);
      extents[i] = extent > 0 ? extent : Shape.RAGGED;
    }
    return call.returns(TensorType.tensor(call.tensor(0).dtype(), Shape.of(extents)));
  }

  private static RelDataType transpose(Arguments call) {
    TensorType tensor = call.tensor(0);
    int rank = tensor.shape().rank();
    int[] extents = new int[rank];
    Arrays.fill(extents, Shape.RAGGED);
    for (int i = 0; i < rank; i++) {
      int axis = call.count() == 1 ? rank - 1 - i : call.literal(i + 1).orElse(-1);
      if (axis >= 0 && axis < rank) {
        extents[i] = tensor.shape().extent(axis);
      }
    }
    return call.returns(TensorType.tensor(tensor.dtype(), Shape.of(extents)));
  }

  private static RelDataType reduced(String name, Arguments call) {
    Dtype dtype = TensorReductions.dtype(name, call.tensor(0).dtype());
    Shape shape = call.tensor(0).shape();
    if (call.count() == 1 || shape.rank() == 1) {
      RelDataType scalar = call.returns(TensorType.scalar(dtype));
      boolean never = name.equals("SUM") || shape.isFixed();
      return never ? scalar : call.orNull(scalar);
    }
    List<Integer> extents = new ArrayList<>(shape.extents());
    if (call.literal(1).isPresent()
        && call.literal(1).getAsInt() >= 0
        && call.literal(1).getAsInt() < extents.size()) {
      extents.remove(call.literal(1).getAsInt());
    } else {
      extents.remove(0);
      extents.replaceAll(extent -> Shape.RAGGED);
    }
    return call.returns(TensorType.tensor(dtype, new Shape(extents)));
  }

  private static RelDataType normalize(Arguments call) {
    TensorType tensor = call.tensor(0);
    Dtype dtype = tensor.dtype().isFloat() ? tensor.dtype() : Dtype.FLOAT64;
    return call.returns(TensorType.tensor(dtype, tensor.shape()));
  }
}
