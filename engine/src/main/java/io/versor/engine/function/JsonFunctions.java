package io.versor.engine.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.regex.Pattern;
import org.apache.calcite.linq4j.function.Strict;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's arrows into JSON, and paths. Called by generated code; NULL in, NULL out. */
@Strict
public final class JsonFunctions {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Pattern MODE = Pattern.compile("(?is)\\s*(lax|strict)\\s.*");

  private JsonFunctions() {}

  /** The member of an object; NULL if there is none. */
  public static @Nullable String jsonArrow(String json, String key) {
    return json(read(json).get(key));
  }

  /** The element of an array, from 0, or from -1 backwards; NULL if there is none. */
  public static @Nullable String jsonArrow(String json, int index) {
    return json(element(json, index));
  }

  public static @Nullable String jsonTextArrow(String json, String key) {
    return text(read(json).get(key));
  }

  public static @Nullable String jsonTextArrow(String json, int index) {
    return text(element(json, index));
  }

  /** A path with its mode: lax, if it says none. */
  public static String jsonPath(String path) {
    return MODE.matcher(path).matches() ? path : "lax " + path;
  }

  private static @Nullable JsonNode element(String json, int index) {
    JsonNode node = read(json);
    return node.isArray() ? node.get(index < 0 ? node.size() + index : index) : null;
  }

  private static @Nullable String json(@Nullable JsonNode node) {
    return node == null ? null : node.toString();
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }

  private static JsonNode read(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node.isMissingNode()) {
        throw new FunctionException("22032", "an empty text is no JSON");
      }
      return node;
    } catch (JsonProcessingException e) {
      String start = json.length() <= 40 ? json : json.substring(0, 40) + "…";
      throw new FunctionException(
          "22032",
          "'" + start + "' is no JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    }
  }
}
