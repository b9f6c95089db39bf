package io.versor.engine.copy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as JSON has them, and back: bytes in Base64, tensors and lists as arrays. */
public final class JsonCells {
  private JsonCells() {}

  // --- written

  /** A list as text. */
  public static String text(SequenceValue list) {
    return text(list, list.element());
  }

  /**
   * A list as text.
   *
   * @param type of its column, which knows more of the elements than the list
   */
  static String text(SequenceValue list, TensorType type) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JsonValues.JSON.createGenerator(text)) {
      write(out, list, type);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
    return text.toString();
  }

  static void write(JsonGenerator out, @Nullable Object value, TensorType type) throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof byte[] bytes) {
      out.writeBinary(bytes);
    } else if (value instanceof BigDecimal decimal) {
      out.writeNumber(decimal.toPlainString());
    } else if (value instanceof Number) {
      number(out, value.toString());
    } else if (value instanceof TensorValue tensor) {
      tensor(out, tensor, 0, 0, tensor.elements());
    } else if (value instanceof SequenceValue list) {
      out.writeStartArray();
      for (Object element : list.elements()) {
        write(out, element, type.element().orElse(list.element()));
      }
      out.writeEndArray();
    } else if (value instanceof String text && isJson(type)) {
      // A line end cannot be inside of a string of JSON, so it is white space and may be another.
      out.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
    } else {
      out.writeString(TextForms.ofScalar(value));
    }
  }

  private static boolean isJson(TensorType type) {
    return type.htype() == Htype.JSON || type.htype() == Htype.LIST;
  }

  /** JSON has no word for NaN and Infinity, so these are strings. */
  private static void number(JsonGenerator out, String text) throws IOException {
    if (text.endsWith("N") || text.endsWith("y")) {
      out.writeString(text);
    } else {
      out.writeNumber(text);
    }
  }

  private static void tensor(JsonGenerator out, TensorValue tensor, int depth, int from, int count)
      throws IOException {
    if (depth == tensor.rank()) {
      String text = TextForms.element(tensor, from);
      if (text.endsWith("e")) {
        out.writeBoolean(text.equals("true"));
      } else {
        number(out, text);
      }
      return;
    }
    int extent = tensor.shape()[depth];
    out.writeStartArray();
    for (int i = 0; i < extent; i++) {
      tensor(out, tensor, depth + 1, from + i * (count / extent), count / extent);
    }
    out.writeEndArray();
  }

  // --- read

  /** A list of samples that stands alone in a text. */
  public static List<@Nullable Object> list(String text, TensorType element) throws StoreException {
    try (JsonParser parser = JsonValues.JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw invalid("'" + JsonValues.cut(text) + "', expected a list as in [\"a\", \"b\"]");
      }
      List<@Nullable Object> values = list(parser, element);
      if (parser.nextToken() != null) {
        throw invalid("'" + JsonValues.cut(text) + "': something stands behind the list");
      }
      return values;
    } catch (JsonProcessingException e) {
      throw invalid("'" + JsonValues.cut(text) + "' is no list: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException(e); // a text is read from memory
    }
  }

  /** The list that the parser is at the beginning of; ends at its end. */
  static List<@Nullable Object> list(JsonParser parser, TensorType element)
      throws IOException, StoreException {
    List<@Nullable Object> values = new ArrayList<>();
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null || token == JsonToken.END_ARRAY) {
        return values;
      }
      values.add(value(parser, token, element));
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token, TensorType type)
      throws IOException, StoreException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (isJson(type)) {
      StringWriter text = new StringWriter();
      try (JsonGenerator out = JsonValues.JSON.createGenerator(text)) {
        out.copyCurrentStructure(parser);
      }
      return text.toString();
    }
    return switch (token) {
      case VALUE_STRING -> type.dtype() == Dtype.BYTES ? bytes(parser.getText()) : parser.getText();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
      case START_ARRAY -> {
        if (type.shape().rank() == 0) {
          throw invalid("a list inside of a list, expected values");
        }
        yield JsonValues.array(parser, type.dtype());
      }
      default -> throw invalid("an object inside of a list, expected values");
    };
  }

  static byte[] bytes(String text) throws StoreException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid("'" + JsonValues.cut(text) + "', expected bytes in Base64");
    }
  }

  private static StoreException invalid(String message) {
    return new StoreException(Code.INVALID_VALUE, message);
  }
}
