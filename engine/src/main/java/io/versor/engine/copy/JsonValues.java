package io.versor.engine.copy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values inside of JSON. */
final class JsonValues {
  /** NaN and Infinity are numbers of tensors too. */
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(RowsReader.MAX_ROW_BYTES)
                  .maxDocumentLength(-1)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private JsonValues() {}

  /** An array that stands alone. */
  static Object nested(String text, Dtype dtype) throws StoreException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw invalid("'" + cut(text) + "', expected an array as in [1, 2]");
      }
      List<@Nullable Object> values = array(parser, dtype);
      if (parser.nextToken() != null) {
        throw invalid("'" + cut(text) + "': something stands behind the array");
      }
      return values;
    } catch (JsonProcessingException e) {
      throw invalid("'" + cut(text) + "' is no array: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException(e); // a text is read from memory
    }
  }

  static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static StoreException invalid(String message) {
    return new StoreException(Code.INVALID_VALUE, message);
  }

  /** The array that the parser is at the beginning of; ends at its end. */
  static List<@Nullable Object> array(JsonParser parser, Dtype dtype)
      throws IOException, StoreException {
    List<@Nullable Object> values = new ArrayList<>();
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null || token == JsonToken.END_ARRAY) {
        return values;
      }
      values.add(
          switch (token) {
            case START_ARRAY -> array(parser, dtype);
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> fraction(parser, dtype);
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_STRING -> special(parser.getText());
            default -> throw invalid("an object inside of an array, expected numbers");
          });
    }
  }

  private static Object whole(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> parser.getIntValue();
      case LONG -> parser.getLongValue();
      default -> new BigDecimal(parser.getBigIntegerValue());
    };
  }

  /** The nearest number of the width of the tensor's; what is too large for it is left as it is. */
  private static Object fraction(JsonParser parser, Dtype dtype) throws IOException {
    String text = parser.getText();
    if (special(text) instanceof Double number) {
      return number;
    }
    if (dtype == Dtype.FLOAT32) {
      float number = Float.parseFloat(text);
      return Float.isInfinite(number) ? new BigDecimal(text) : (Object) number;
    }
    double number = Double.parseDouble(text);
    return Double.isInfinite(number) ? new BigDecimal(text) : (Object) number;
  }

  private static Object special(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity", "+Infinity", "INF", "+INF" -> Double.POSITIVE_INFINITY;
      case "-Infinity", "-INF" -> Double.NEGATIVE_INFINITY;
      default -> text;
    };
  }
}
