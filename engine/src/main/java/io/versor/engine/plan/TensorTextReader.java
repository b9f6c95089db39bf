package io.versor.engine.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads tensors written as text: nested lists in brackets, as in JSON, and {@code NaN} and {@code
 * Infinity} among floats. Elements go straight into the tensor's bytes, so that a long text costs
 * no object for each number.
 */
public final class TensorTextReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final String WHAT = "the text of a tensor";

  /**
   * No dtype has a number of more digits, so a greater exponent is refused before it is counted.
   */
  private static final int MAX_WHOLE_DIGITS = 400;

  private final Dtype dtype;
  private final Shape shape;
  private final int[] extents;
  private final int[] counts;
  private ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

  private TensorTextReader(Dtype dtype, Shape shape) {
    this.dtype = dtype;
    this.shape = shape;
    this.extents = new int[shape.rank()];
    this.counts = new int[shape.rank()];
    Arrays.fill(extents, Shape.RAGGED);
  }

  /**
   * A tensor of as many extents as a shape has; what it does not tell of them, the shape does.
   *
   * @throws StoreException {@code INVALID_VALUE} for what is no such list, {@code OUT_OF_RANGE} for
   *     a number that the dtype cannot hold, {@code LIMIT} for too many of them
   */
  public static TensorValue read(String text, Dtype dtype, Shape shape) throws StoreException {
    try (JsonParser json = JSON.createParser(text)) {
      return new TensorTextReader(dtype, shape).read(json);
    } catch (JsonProcessingException e) {
      throw new StoreException(
          Code.INVALID_VALUE,
          WHAT + " is no list in brackets: " + e.getOriginalMessage().replaceAll("\\(start .*", ""),
          e);
    } catch (IOException e) {
      throw new StoreException(Code.INVALID_VALUE, "the text of a tensor cannot be read", e);
    }
  }

  private TensorValue read(JsonParser json) throws IOException, StoreException {
    int depth = 0;
    do {
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_ARRAY) {
        if (depth == extents.length) {
          throw invalid("more than " + depth + " levels of brackets", json);
        }
        count(depth);
        depth++;
      } else if (token == JsonToken.END_ARRAY) {
        depth--;
        close(depth, json);
      } else {
        element(token, depth, json);
      }
    } while (depth > 0);
    if (json.nextToken() != null) {
      throw invalid("something behind the last bracket", json);
    }
    for (int i = 0; i < extents.length; i++) {
      // [] does not tell its inner extents
      extents[i] = extents[i] == Shape.RAGGED ? Math.max(0, shape.extent(i)) : extents[i];
    }
    byte[] whole = Arrays.copyOf(bytes.array(), bytes.position());
    return RowValues.tensor(dtype, extents, whole);
  }

  private void count(int depth) {
    if (depth > 0) {
      counts[depth - 1]++;
    }
  }

  private void close(int depth, JsonParser json) throws StoreException {
    if (extents[depth] != Shape.RAGGED && extents[depth] != counts[depth]) {
      throw invalid(
          counts[depth]
              + " elements in dimension "
              + depth
              + ", expected "
              + extents[depth]
              + " as in the first",
          json);
    }
    extents[depth] = counts[depth];
    counts[depth] = 0;
  }

  private void element(JsonToken token, int depth, JsonParser json)
      throws IOException, StoreException {
    if (token == null || depth != extents.length) {
      throw invalid("an element in " + depth + " levels of brackets", json);
    }
    count(depth);
    if (bytes.remaining() < dtype.width()) {
      grow();
    }
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          TensorElements.put(bytes, dtype, number(json), WHAT);
      case VALUE_TRUE -> TensorElements.put(bytes, dtype, true, WHAT);
      case VALUE_FALSE -> TensorElements.put(bytes, dtype, false, WHAT);
      default -> throw invalid("'" + json.getText() + "', which is no number", json);
    }
  }

  private Object number(JsonParser json) throws IOException, StoreException {
    if (json.isNaN()) {
      return json.getDoubleValue();
    }
    BigDecimal number = json.getDecimalValue();
    if (number.precision() - (long) number.scale() > MAX_WHOLE_DIGITS) {
      throw tooLarge(json);
    }
    if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && dtype.isFloat()) {
      double near = number.doubleValue(); // 1e9 is the nearest float, 1000000000 that number
      if (Double.isInfinite(near)) {
        throw tooLarge(json);
      }
      return near;
    }
    return number.scale() == 0 && number.precision() <= 18
        ? (Object) number.longValueExact()
        : number;
  }

  private StoreException tooLarge(JsonParser json) throws IOException {
    return new StoreException(
        Code.OUT_OF_RANGE, WHAT + ": " + json.getText() + " cannot be stored as " + dtype);
  }

  private void grow() throws StoreException {
    long next = Math.min(bytes.capacity() * 2L, TensorType.MAX_SAMPLE_BYTES);
    if (next <= bytes.capacity()) {
      throw new StoreException(
          Code.LIMIT,
          WHAT + " takes more than " + TensorType.MAX_SAMPLE_BYTES + " bytes; split it");
    }
    bytes =
        ByteBuffer.wrap(Arrays.copyOf(bytes.array(), (int) next))
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(bytes.position());
  }

  private StoreException invalid(String found, JsonParser json) {
    return new StoreException(
        Code.INVALID_VALUE,
        WHAT
            + ", character "
            + json.currentLocation().getCharOffset()
            + ": "
            + found
            + "; expected even lists of numbers with "
            + extents.length
            + " levels of brackets");
  }
}
