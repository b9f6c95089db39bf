package io.versor.format.ref;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keys of a JSON object that this version does not know: kept as they are and written back, so that
 * an older writer does not strip what a newer one added. Immutable.
 */
public final class UnknownKeys {
  private static final UnknownKeys NONE = new UnknownKeys(Map.of());

  private final Map<String, JsonNode> values;

  private UnknownKeys(Map<String, JsonNode> values) {
    this.values = values;
  }

  /** No such key. */
  public static UnknownKeys none() {
    return NONE;
  }

  static UnknownKeys of(Map<String, JsonNode> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    Map<String, JsonNode> copy = new LinkedHashMap<>();
    values.forEach((key, value) -> copy.put(key, value.deepCopy()));
    return new UnknownKeys(copy);
  }

  /** Appends the keys, in the order they were read in. */
  void writeTo(ObjectNode node) {
    values.forEach((key, value) -> node.set(key, value.deepCopy()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnknownKeys that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
