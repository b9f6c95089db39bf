package io.versor.format.ref;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.versor.format.type.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One JSON object while it is read: required keys are asked for by type, and what nobody asked for
 * is left over as {@link UnknownKeys}. Faults are {@code CORRUPT} and name the path.
 */
final class JsonFields {
  private final ObjectNode node;
  private final String path;
  private final Set<String> known = new HashSet<>();

  private JsonFields(ObjectNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /**
   * @param path where the value stands, for messages: {@code root of /data: branches[2]}
   */
  static JsonFields of(JsonNode value, String path) throws StoreException {
    if (value instanceof ObjectNode object) {
      return new JsonFields(object, path);
    }
    throw corrupt(path, value, "an object");
  }

  String path() {
    return path;
  }

  long integer(String key) throws StoreException {
    return integer(required(key), key);
  }

  OptionalLong findInteger(String key) throws StoreException {
    Optional<JsonNode> value = find(key);
    return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(integer(value.get(), key));
  }

  String text(String key, int maxBytes) throws StoreException {
    return text(required(key), key, maxBytes);
  }

  Optional<String> findText(String key, int maxBytes) throws StoreException {
    Optional<JsonNode> value = find(key);
    return value.isEmpty() ? Optional.empty() : Optional.of(text(value.get(), key, maxBytes));
  }

  boolean has(String key) {
    return find(key).isPresent();
  }

  Optional<JsonFields> findObject(String key) throws StoreException {
    Optional<JsonNode> value = find(key);
    return value.isEmpty() ? Optional.empty() : Optional.of(of(value.get(), pathOf(key)));
  }

  /** The elements of an array, each of which must be an object. */
  List<JsonFields> objects(String key) throws StoreException {
    JsonNode array = array(key);
    List<JsonFields> objects = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      objects.add(of(array.get(i), pathOf(key) + "[" + i + "]"));
    }
    return objects;
  }

  /** An array of exactly so many integers, none below 0. */
  long[] integers(String key, int count) throws StoreException {
    JsonNode array = array(key);
    if (array.size() != count) {
      throw corrupt(pathOf(key), array, count + " integers");
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = integer(array.get(i), key + "[" + i + "]");
    }
    return values;
  }

  /** The keys that were not asked for. */
  UnknownKeys rest() {
    Map<String, JsonNode> rest = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> {
              if (!known.contains(entry.getKey())) {
                rest.put(entry.getKey(), entry.getValue());
              }
            });
    return UnknownKeys.of(rest);
  }

  private JsonNode array(String key) throws StoreException {
    JsonNode array = required(key);
    if (!array.isArray()) {
      throw corrupt(pathOf(key), array, "an array");
    }
    return array;
  }

  private Optional<JsonNode> find(String key) {
    known.add(key);
    return Optional.ofNullable(node.get(key));
  }

  private JsonNode required(String key) throws StoreException {
    Optional<JsonNode> value = find(key);
    if (value.isEmpty()) {
      throw corrupt(path + " has no key \"" + key + "\", which every version writes");
    }
    return value.get();
  }

  String pathOf(String key) {
    return path + (path.endsWith(" ") ? "" : ".") + key;
  }

  private long integer(JsonNode value, String key) throws StoreException {
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw corrupt(pathOf(key), value, "an integer from 0 to " + Long.MAX_VALUE);
    }
    return value.longValue();
  }

  private String text(JsonNode value, String key, int maxBytes) throws StoreException {
    if (!value.isTextual()) {
      throw corrupt(pathOf(key), value, "a text");
    }
    String text = value.textValue();
    // No character takes more than three bytes for each char, so most texts need no counting.
    if (text.length() > maxBytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      throw corrupt(pathOf(key), value, "at most " + maxBytes + " bytes of UTF-8");
    }
    return text;
  }

  private static StoreException corrupt(String path, JsonNode found, String expected) {
    return corrupt(path + " is " + Quoted.shortened(found.toString()) + ", expected " + expected);
  }

  static StoreException corrupt(String fault) {
    return new StoreException(StoreException.Code.CORRUPT, fault);
  }
}
