package io.versor.engine.copy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Rows that are JSON objects. */
final class JsonRows extends TextRows {
  private final Wanted wanted;
  private final @Nullable Object[] values;

  /** Fields by what was found in the file: -1 for a name that is not wanted. */
  private final Map<String, Integer> places = new HashMap<>();

  /** Stands for a value that its column cannot have. */
  private record Misfit(String what) {}

  JsonRows(Records records, String file, Wanted wanted) {
    super(records, file);
    this.wanted = wanted;
    this.values = new Object[wanted.fields().size()];
  }

  @Override
  Optional<String> parse(int start, int end) {
    Arrays.fill(values, ABSENT);
    try (JsonParser parser = JsonValues.JSON.createParser(records.bytes(), start, end - start)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.of("no JSON object as in {\"column\": 1}");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        Optional<String> fault = field(parser, start);
        if (fault.isPresent()) {
          return fault;
        }
      }
      return parser.nextToken() == null
          ? Optional.empty()
          : Optional.of("something stands behind the object; a line has one");
    } catch (JsonProcessingException e) {
      return Optional.of("no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return Optional.of("not in UTF-8: " + e.getMessage());
    }
  }

  private Optional<String> field(JsonParser parser, int start) throws IOException {
    String name = parser.currentName();
    Integer place = places.get(name);
    if (place == null) {
      OptionalInt found = wanted.find(name);
      place = found.orElse(-1);
      if (place < 0 && !wanted.listed()) {
        return Optional.of(
            "the field "
                + JsonValues.cut(name)
                + " has no column in "
                + wanted.table()
                + wanted.nearColumns(name));
      }
      if (places.size() < CsvFields.MAX_FIELDS) {
        places.put(name, place);
      }
    }
    JsonToken token = parser.nextToken();
    if (place < 0) {
      parser.skipChildren();
      return Optional.empty();
    }
    if (values[place] != ABSENT) {
      return Optional.of("the field " + name + " is there twice");
    }
    values[place] = value(parser, token, start, wanted.fields().get(place).column().type());
    return Optional.empty();
  }

  private @Nullable Object value(JsonParser parser, JsonToken token, int start, TensorType type)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (type.htype() == Htype.JSON || type.htype() == Htype.LIST) {
      int from = start + (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      int to = start + (int) parser.currentLocation().getByteOffset();
      return new String(records.bytes(), from, to - from, StandardCharsets.UTF_8).strip();
    }
    return switch (token) {
      case VALUE_STRING -> text(parser, type);
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
      case START_ARRAY -> array(parser, type);
      default -> {
        parser.skipChildren();
        yield new Misfit("an object, expected a value; a JSON column takes objects");
      }
    };
  }

  private static Object text(JsonParser parser, TensorType type) throws IOException {
    String text = parser.getText();
    if (type.dtype() != Dtype.BYTES || type.element().isPresent()) {
      return text;
    }
    try {
      return JsonCells.bytes(text);
    } catch (StoreException e) {
      return new Misfit(String.valueOf(e.getMessage()));
    }
  }

  private static Object array(JsonParser parser, TensorType type) throws IOException {
    if (type.shape().rank() == 0 && type.element().isEmpty()) {
      parser.skipChildren();
      return new Misfit("an array, expected a value; a tensor or a JSON column takes arrays");
    }
    JsonStreamContext around = parser.getParsingContext().getParent();
    try {
      return type.element().isPresent()
          ? JsonCells.list(parser, type.element().get())
          : JsonValues.array(parser, type.dtype());
    } catch (StoreException e) {
      while (parser.getParsingContext() != around && parser.nextToken() != null) {
        // on to the end of the array that the value began with
      }
      return new Misfit(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public @Nullable Object value(int field) throws StoreException {
    Object value = values[field];
    if (value instanceof Misfit misfit) {
      throw new StoreException(Code.INVALID_VALUE, misfit.what());
    }
    return value;
  }
}
