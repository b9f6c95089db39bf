package io.versor.format.type;

import com.fasterxml.jackson.databind.JsonNode;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One JSON object of a schema while it is read. Keys are asked for by type; faults are {@code
 * CORRUPT} and name the path.
 */
final class JsonObject {
  private static final int ID_DIGITS = 16;

  private final JsonNode node;
  private final String path;
  private final Set<String> known = new HashSet<>();

  private JsonObject(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  static JsonObject of(JsonNode node, String path) throws StoreException {
    if (!node.isObject()) {
      throw new StoreException(
          Code.CORRUPT, path + " is " + shortened(node) + ", expected an object");
    }
    return new JsonObject(node, path);
  }

  String path() {
    return path;
  }

  /** 64 bits as 16 hex digits. */
  long id(String key) throws StoreException {
    String text = text(key);
    if (text.length() == ID_DIGITS) {
      try {
        return HexFormat.fromHexDigitsToLong(text);
      } catch (IllegalArgumentException e) {
        throw expected(key, "16 hex digits");
      }
    }
    throw expected(key, "16 hex digits");
  }

  String text(String key) throws StoreException {
    Optional<String> text = findText(key);
    if (text.isEmpty()) {
      throw new StoreException(Code.CORRUPT, path + " has no key \"" + key + "\"");
    }
    return text.get();
  }

  Optional<String> findText(String key) throws StoreException {
    JsonNode value = find(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw expected(key, "a text");
    }
    return Optional.of(value.textValue());
  }

  int integer(String key, int least, int most) throws StoreException {
    return integer(find(key), key, least, most);
  }

  /** A number from 0 on; 0 if there is none. */
  int findInteger(String key) throws StoreException {
    JsonNode value = find(key);
    return value.isMissingNode() ? 0 : integer(value, key, 0, Integer.MAX_VALUE);
  }

  private int integer(JsonNode value, String key, int least, int most) throws StoreException {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw expected(key, "an integer from " + least + " to " + most);
    }
    if (value.intValue() < least || value.intValue() > most) {
      throw expected(key, "an integer from " + least + " to " + most);
    }
    return value.intValue();
  }

  /** A number of 64 bits. */
  long longInteger(String key) throws StoreException {
    JsonNode value = find(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw expected(key, "an integer of 64 bits");
    }
    return value.longValue();
  }

  /** True if the key is there; then it must be true. */
  boolean flag(String key) throws StoreException {
    JsonNode value = find(key);
    if (!value.isMissingNode() && !(value.isBoolean() && value.booleanValue())) {
      throw expected(key, "true, or no such key");
    }
    return !value.isMissingNode();
  }

  List<Integer> integers(String key, int least) throws StoreException {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode element : array(key)) {
      numbers.add(integer(element, key, least, Integer.MAX_VALUE));
    }
    return numbers;
  }

  List<String> textList(String key) throws StoreException {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(key)) {
      if (!element.isTextual()) {
        throw expected(key, "texts");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  Map<String, String> texts(String key) throws StoreException {
    JsonNode value = find(key);
    if (value.isMissingNode()) {
      return Map.of();
    }
    if (!value.isObject()) {
      throw expected(key, "an object of texts");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (!entry.getValue().isTextual()) {
        throw expected(key, "an object of texts");
      }
      texts.put(entry.getKey(), entry.getValue().textValue());
    }
    return texts;
  }

  Optional<JsonObject> findObject(String key) throws StoreException {
    JsonNode value = find(key);
    return value.isMissingNode() ? Optional.empty() : Optional.of(of(value, path + "." + key));
  }

  List<JsonObject> objects(String key) throws StoreException {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonNode element : array(key)) {
      objects.add(of(element, path + "." + key + "[" + objects.size() + "]"));
    }
    return objects;
  }

  /** One of the names of an enum; a name that is none of them comes from a newer version. */
  <E> E name(String key, E[] values, Function<E, String> nameOf) throws StoreException {
    String name = text(key);
    for (E value : values) {
      if (nameOf.apply(value).equals(name)) {
        return value;
      }
    }
    throw new StoreException(
        Code.VERSION_TOO_NEW,
        path
            + "."
            + key
            + " is "
            + shortened(find(key))
            + ", which is unknown to this version; use a newer Versor");
  }

  void expectNoOtherKey() throws StoreException {
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!known.contains(key)) {
        throw new StoreException(
            Code.VERSION_TOO_NEW,
            path + " has a key \"" + key + "\" unknown to this version; use a newer Versor");
      }
    }
  }

  StoreException corrupt(InvalidTypeException cause) {
    return new StoreException(Code.CORRUPT, path + ": " + cause.getMessage(), cause);
  }

  StoreException expected(String key, String expected) {
    return new StoreException(
        Code.CORRUPT, path + "." + key + " is " + shortened(find(key)) + ", expected " + expected);
  }

  private Iterable<JsonNode> array(String key) throws StoreException {
    JsonNode value = find(key);
    if (value.isMissingNode()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw expected(key, "an array");
    }
    return value;
  }

  private JsonNode find(String key) {
    known.add(key);
    return node.path(key);
  }

  private static String shortened(JsonNode value) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
