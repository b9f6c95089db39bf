package io.versor.format.type;

import io.versor.format.type.StoreException.Code;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Properties of columns and tables: checked, and always in the order of their keys. */
final class Properties {
  /** Of one column or table; they are copied whenever the schema changes. */
  static final int MAX_PROPERTIES = 1_024;

  private Properties() {}

  /** A copy that nobody can change. Sorted, so that equal schemas are written in equal bytes. */
  static Map<String, String> copy(String owner, Map<String, String> properties) {
    if (properties.isEmpty()) {
      return Map.of();
    }
    if (properties.size() > MAX_PROPERTIES) {
      throw new InvalidTypeException(
          Code.LIMIT,
          owner + " has " + properties.size() + " properties, at most " + MAX_PROPERTIES);
    }
    properties.forEach(
        (key, value) -> {
          Texts.checkName("the key of a property of " + owner, key, Column.MAX_NAME_BYTES);
          Texts.check("property " + key + " of " + owner, value, Column.MAX_TEXT_BYTES);
        });
    return Collections.unmodifiableMap(new TreeMap<>(properties));
  }
}
