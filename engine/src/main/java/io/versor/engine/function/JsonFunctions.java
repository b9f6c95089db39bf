package io.versor.engine.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
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

  private static final Pattern PLACE = Pattern.compile("-?\\d{1,9}");

  /** A step of a path: in quotes, or up to a comma. */
  private static final Pattern STEP = Pattern.compile("\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*|[^,]+");

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

  /** What a path of keys and places leads to; NULL if there is nothing. */
  static @Nullable String at(String json, Object path) {
    return json(follow(json, path));
  }

  static @Nullable String textAt(String json, Object path) {
    return text(follow(json, path));
  }

  private static @Nullable JsonNode follow(String json, Object path) {
    JsonNode at = read(json);
    for (Object step : path instanceof List<?> list ? list : steps(path.toString())) {
      if (at == null || step == null) {
        return null;
      }
      at = at.isArray() ? place(at, step.toString()) : at.get(step.toString());
    }
    return at;
  }

  private static @Nullable JsonNode place(JsonNode array, String step) {
    if (!PLACE.matcher(step).matches()) {
      return null;
    }
    int index = Integer.parseInt(step);
    return array.get(index < 0 ? array.size() + index : index);
  }

  /**
   * {@code {a,b,0}}, as PostgreSQL writes an array of texts; quotes are for commas and the like.
   */
  private static List<String> steps(String path) {
    String text = path.strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw new FunctionException(
          "22P02", "'" + path + "' is no path; expected keys and places like '{a,b,0}'");
    }
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text.substring(1, text.length() - 1));
    while (step.find()) {
      String quoted = step.group(1);
      steps.add(quoted == null ? step.group().strip() : quoted.replaceAll("(?s)\\\\(.)", "$1"));
    }
    return steps;
  }

  /** Whether one has everything that is in the other, as PostgreSQL's {@code @>} asks. */
  static boolean contains(String all, String some) {
    JsonNode left = read(all);
    JsonNode right = read(some);
    return contains(left, right) || left.isArray() && right.isValueNode() && has(left, right);
  }

  private static boolean contains(JsonNode all, JsonNode some) {
    if (some.isObject()) {
      return all.isObject()
          && some.properties().stream()
              .allMatch(
                  member ->
                      all.has(member.getKey())
                          && contains(all.get(member.getKey()), member.getValue()));
    }
    if (some.isArray()) {
      if (!all.isArray()) {
        return false;
      }
      for (JsonNode element : some) {
        if (!has(all, element)) {
          return false;
        }
      }
      return true;
    }
    return all.isNumber() && some.isNumber()
        ? all.decimalValue().compareTo(some.decimalValue()) == 0
        : all.equals(some);
  }

  private static boolean has(JsonNode array, JsonNode element) {
    for (JsonNode each : array) {
      if (contains(each, element)) {
        return true;
      }
    }
    return false;
  }

  /** A text that is JSON, as it is. */
  public static String jsonChecked(String json) {
    read(json);
    return json;
  }

  /** MySQL's name of what a text of JSON is. */
  public static String jsonType(String json) {
    JsonNode node = read(json);
    if (node.isIntegralNumber()) {
      return node.canConvertToInt() ? "INTEGER" : node.canConvertToLong() ? "LONG" : "DOUBLE";
    }
    return node.isNumber() ? "DOUBLE" : node.getNodeType().name();
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
