package io.versor.engine.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.engine.TensorValue;
import io.versor.engine.type.Promotion;
import io.versor.format.type.Dtype;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Functions of random tensors against a model that keeps every element as a number of any size and
 * finds it by its indexes, one by one.
 */
class TensorModelTest {
  private static final List<Dtype> DTYPES =
      Arrays.stream(Dtype.values()).filter(Dtype::isNumber).toList();

  private final Random random = new Random();

  // --- random tensors

  private Dtype dtype() {
    return DTYPES.get(random.nextInt(DTYPES.size()));
  }

  private int[] shape(int leastRank) {
    int[] shape = new int[leastRank + random.nextInt(4 - leastRank)];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(4);
    }
    return shape;
  }

  /** Small numbers mostly, now and then an extreme one. */
  private TensorValue tensor(Dtype dtype, int[] shape) {
    int elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    Object flat = Flat.allocate(dtype, elements);
    for (int i = 0; i < elements; i++) {
      if (dtype.isFloat()) {
        Flat.putDouble(flat, dtype, i, random.nextInt(9) == 0 ? 0 : random.nextGaussian() * 8);
      } else if (dtype == Dtype.BOOL) {
        Flat.putBits(flat, dtype, i, random.nextInt(2));
      } else {
        Flat.putBits(
            flat, dtype, i, random.nextInt(6) == 0 ? random.nextLong() : random.nextInt(7));
      }
    }
    return new TensorValue(dtype, shape, flat);
  }

  // --- the model

  private static Number element(TensorValue tensor, int... index) {
    int at = 0;
    for (int i = 0; i < index.length; i++) {
      at = at * tensor.shape()[i] + index[i];
    }
    if (tensor.dtype().isFloat()) {
      return tensor.doubleAt(at);
    }
    BigInteger value = BigInteger.valueOf(tensor.longAt(at));
    boolean unsigned = tensor.dtype() == Dtype.UINT64 && value.signum() < 0;
    return unsigned ? value.add(BigInteger.TWO.pow(64)) : value;
  }

  private static List<int[]> indexes(int[] shape) {
    List<int[]> all = List.of(new int[0]);
    for (int extent : shape) {
      List<int[]> longer = new ArrayList<>();
      for (int[] index : all) {
        for (int i = 0; i < extent; i++) {
          int[] next = Arrays.copyOf(index, index.length + 1);
          next[index.length] = i;
          longer.add(next);
        }
      }
      all = longer;
    }
    return all;
  }

  private static boolean holds(Dtype dtype, BigInteger value) {
    int bits = dtype.width() * 8;
    return dtype.isUnsigned()
        ? value.signum() >= 0 && value.bitLength() <= bits
        : value.bitLength() < bits;
  }

  private static Object rounded(Dtype dtype, double value) {
    Object one = Flat.allocate(dtype, 1);
    Flat.putDouble(one, dtype, 0, value);
    return new TensorValue(dtype, new int[0], one).doubleAt(0);
  }

  /** What a call gives, or its SQLState. */
  private static Object outcome(Supplier<@Nullable Object> call) {
    try {
      return String.valueOf(call.get());
    } catch (FunctionException e) {
      return e.sqlState();
    }
  }

  private static void assertElements(
      List<Object> expected, int[] shape, Dtype dtype, TensorValue found) {
    assertEquals(dtype, found.dtype());
    assertArrayEquals(shape, found.shape());
    List<Object> elements = new ArrayList<>();
    indexes(shape).forEach(index -> elements.add(element(found, index)));
    assertEquals(expected, elements);
  }

  // --- arithmetic

  private record Operation(
      String sign, BinaryOperator<BigInteger> whole, BinaryOperator<Double> real) {}

  private static final List<Operation> OPERATIONS =
      List.of(
          new Operation("+", BigInteger::add, Double::sum),
          new Operation("-", BigInteger::subtract, (x, y) -> x - y),
          new Operation("*", BigInteger::multiply, (x, y) -> x * y),
          new Operation("/", BigInteger::divide, (x, y) -> x / y),
          new Operation("%", BigInteger::remainder, (x, y) -> x % y));

  private static Object run(Operation operation, TensorValue a, TensorValue b, Dtype dtype) {
    return switch (operation.sign()) {
      case "+" -> TensorArithmetic.plus(a, b, dtype);
      case "-" -> TensorArithmetic.minus(a, b, dtype);
      case "*" -> TensorArithmetic.times(a, b, dtype);
      case "/" -> TensorArithmetic.divide(a, b, dtype);
      default -> TensorArithmetic.mod(a, b, dtype);
    };
  }

  @Property(tries = 3_000)
  void arithmeticIsThatOfEachElement(@ForAll long seed) {
    random.setSeed(seed);
    int[] shape = shape(0);
    int[] smaller = Arrays.copyOfRange(shape, random.nextInt(shape.length + 1), shape.length);
    for (int i = 0; i < smaller.length; i++) {
      smaller[i] = random.nextInt(3) == 0 ? 1 : smaller[i];
    }
    boolean swapped = random.nextBoolean();
    TensorValue a = tensor(dtype(), swapped ? smaller : shape);
    TensorValue b = tensor(dtype(), swapped ? shape : smaller);
    Dtype dtype = Promotion.of(a.dtype(), b.dtype());
    Operation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
    String failure = null;
    List<Object> expected = new ArrayList<>();
    for (int[] index : indexes(shape)) {
      Number x = element(a, under(index, a.shape()));
      Number y = element(b, under(index, b.shape()));
      boolean divides = operation.sign().equals("/") || operation.sign().equals("%");
      if (divides && y.doubleValue() == 0) {
        failure = failure == null ? "22012" : failure;
      } else if (dtype.isFloat()) {
        expected.add(rounded(dtype, operation.real().apply(x.doubleValue(), y.doubleValue())));
      } else {
        BigInteger value = operation.whole().apply((BigInteger) x, (BigInteger) y);
        failure = failure == null && !holds(dtype, value) ? "22003" : failure;
        expected.add(value);
      }
    }
    Object outcome = outcome(() -> run(operation, a, b, dtype));
    String what = a + " " + operation.sign() + " " + b;
    if (failure != null) {
      assertEquals(failure, outcome, what);
    } else {
      assertElements(expected, shape, dtype, (TensorValue) run(operation, a, b, dtype));
    }
  }

  /** The element that goes with one of the result. */
  private static int[] under(int[] index, int[] shape) {
    int[] result = Arrays.copyOfRange(index, index.length - shape.length, index.length);
    for (int i = 0; i < shape.length; i++) {
      result[i] = shape[i] == 1 ? 0 : result[i];
    }
    return result;
  }

  @Property(tries = 500)
  void shapesThatDoNotGoTogetherAreNamed(@ForAll long seed) {
    random.setSeed(seed);
    TensorValue a = tensor(Dtype.INT32, new int[] {2 + random.nextInt(3)});
    TensorValue b = tensor(Dtype.INT32, new int[] {5 + random.nextInt(3)});
    assertEquals(
        FunctionException.INVALID_VALUE, outcome(() -> TensorArithmetic.plus(a, b, Dtype.INT32)));
  }

  @Property(tries = 500)
  void promotionIsTheSameForBothOrders(@ForAll long seed) {
    random.setSeed(seed);
    Dtype a = dtype();
    Dtype b = dtype();
    Dtype both = Promotion.of(a, b);
    assertEquals(both, Promotion.of(b, a));
    assertEquals(both, Promotion.of(both, both));
  }

  // --- reductions

  @Property(tries = 2_000)
  void reductionsAreThoseOfTheNumbers(@ForAll long seed) {
    random.setSeed(seed);
    TensorValue tensor = tensor(dtype(), shape(1));
    List<Number> all = new ArrayList<>();
    indexes(tensor.shape()).forEach(index -> all.add(element(tensor, index)));
    checkReductions(all, tensor, new int[0]);
  }

  private static void checkReductions(List<Number> all, TensorValue tensor, int[] axis) {
    boolean floats = tensor.dtype().isFloat();
    if (!floats) {
      BigInteger sum =
          all.stream().map(BigInteger.class::cast).reduce(BigInteger.ZERO, BigInteger::add);
      Dtype dtype = Promotion.sum(tensor.dtype());
      boolean passing = tensor.dtype() == Dtype.INT64; // a sum on its way may be too large
      Object outcome = outcome(() -> TensorReductions.sum(tensor, axis));
      if (!passing || !outcome.equals("22003")) {
        assertEquals(holds(dtype, sum) ? sum.toString() : "22003", outcome);
      }
    }
    if (all.isEmpty()) {
      assertEquals("null", outcome(() -> TensorReductions.mean(tensor, axis)));
      assertEquals("null", outcome(() -> TensorReductions.argmax(tensor, axis)));
      return;
    }
    double mean = all.stream().mapToDouble(Number::doubleValue).average().orElseThrow();
    double size = all.stream().mapToDouble(x -> Math.abs(x.doubleValue())).max().orElseThrow();
    assertEquals(mean, (double) TensorReductions.mean(tensor, axis), 1e-9 * size);
    double variance =
        all.stream().mapToDouble(x -> Math.pow(x.doubleValue() - mean, 2)).average().orElseThrow();
    assertEquals(Math.sqrt(variance), (double) TensorReductions.std(tensor, axis), 1e-9 * size);
    int least = 0;
    int greatest = 0;
    for (int i = 1; i < all.size(); i++) {
      least = exact(all.get(i)).compareTo(exact(all.get(least))) < 0 ? i : least;
      greatest = exact(all.get(i)).compareTo(exact(all.get(greatest))) > 0 ? i : greatest;
    }
    assertEquals(least, TensorReductions.argmin(tensor, axis));
    assertEquals(greatest, TensorReductions.argmax(tensor, axis));
    assertEquals(0, exact(all.get(least)).compareTo(number(TensorReductions.min(tensor, axis))));
    assertEquals(0, exact(all.get(greatest)).compareTo(number(TensorReductions.max(tensor, axis))));
  }

  private static BigDecimal exact(Number number) {
    return number instanceof BigInteger whole
        ? new BigDecimal(whole)
        : new BigDecimal(number.doubleValue());
  }

  private static BigDecimal number(@Nullable Object scalar) {
    if (scalar instanceof Boolean truth) {
      return truth ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return scalar instanceof BigDecimal decimal
        ? decimal
        : scalar instanceof Float || scalar instanceof Double
            ? new BigDecimal(((Number) scalar).doubleValue())
            : BigDecimal.valueOf(((Number) java.util.Objects.requireNonNull(scalar)).longValue());
  }

  /** Along an axis, each result is the reduction of one line of elements. */
  @Property(tries = 1_000)
  void reductionsAlongAnAxisAreThoseOfItsLines(@ForAll long seed) {
    random.setSeed(seed);
    int[] shape = shape(2);
    TensorValue tensor = tensor(random.nextBoolean() ? Dtype.INT16 : Dtype.FLOAT32, shape);
    int axis = random.nextInt(shape.length);
    if (shape[axis] == 0) {
      return;
    }
    TensorValue sums = (TensorValue) TensorReductions.sum(tensor, new int[] {axis});
    TensorValue places = (TensorValue) TensorReductions.argmax(tensor, new int[] {axis});
    for (int[] index : indexes(sums.shape())) {
      List<Number> line = new ArrayList<>();
      for (int i = 0; i < shape[axis]; i++) {
        int[] full = new int[shape.length];
        for (int d = 0; d < full.length; d++) {
          full[d] = d == axis ? i : index[d < axis ? d : d - 1];
        }
        line.add(element(tensor, full));
      }
      double sum = line.stream().mapToDouble(Number::doubleValue).sum();
      assertEquals(sum, element(sums, index).doubleValue(), 1e-9);
      int place = element(places, index).intValue();
      line.forEach(
          other -> assertEquals(true, other.doubleValue() <= line.get(place).doubleValue()));
    }
  }

  // --- parts

  @Property(tries = 1_000)
  void partsAreWhereTheIndexesSay(@ForAll long seed) {
    random.setSeed(seed);
    int[] shape = shape(1);
    TensorValue tensor = tensor(dtype(), shape);
    int dimension = random.nextInt(shape.length);
    int low = random.nextInt(shape[dimension] + 1);
    int high = low + random.nextInt(shape[dimension] - low + 1);
    TensorValue slice = (TensorValue) TensorShapes.slice(tensor, dimension, low, high);
    assertEquals(high - low, slice.shape()[dimension]);
    for (int[] index : indexes(slice.shape())) {
      int[] from = index.clone();
      from[dimension] += low;
      assertEquals(element(tensor, from), element(slice, index));
    }
    for (int[] index : indexes(shape)) {
      assertEquals(
          0,
          exact(element(tensor, index)).compareTo(number(TensorShapes.elementAt(tensor, index))));
    }
    TensorValue flat = (TensorValue) TensorShapes.flatten(tensor);
    assertEquals(tensor, TensorShapes.reshape(flat, shape));
    assertEquals(
        "2202E", outcome(() -> TensorShapes.slice(tensor, dimension, low, shape[dimension] + 1)));
    assertEquals("2202E", outcome(() -> TensorShapes.slice(tensor, shape.length, 0, 0)));
    assertEquals(
        "22023", outcome(() -> TensorShapes.reshape(tensor, new int[] {tensor.elements() + 1})));
  }
}
