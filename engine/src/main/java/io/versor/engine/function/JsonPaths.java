package io.versor.engine.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.runtime.JsonFunctions.JsonPathContext;
import org.apache.calcite.runtime.JsonFunctions.JsonValueContext;
import org.jspecify.annotations.Nullable;

/** Paths of SQL/JSON, and the documents they lead into. Called by generated code. */
@Strict
public final class JsonPaths {
  /** Floats would lose digits, and become infinite beyond 1e308. */
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(Object.class);

  private static final Pattern MODE = Pattern.compile("(?is)\\s*(lax|strict)\\s+(.*)");

  /** In a path of the standard: a member's name in quotes, or a text in quotes of any kind. */
  private static final Pattern NAME_OR_TEXT =
      Pattern.compile(
          "\\.\"((?:[^\"\\\\]|\\\\.)*+)\"|\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'");

  /** What Calcite says of a path that is none, whatever the document. */
  private static final String WRONG = "Illegal jsonpath spec";

  /** Most statements have one path for all their rows. */
  private static volatile Checked last = new Checked("$", "$");

  private record Checked(String path, String plain) {}

  private JsonPaths() {}

  /** A path with its mode, lax if it says none, and with names in quotes as JsonPath has them. */
  public static String jsonPath(String path) {
    Matcher mode = MODE.matcher(path);
    boolean strict = mode.matches() && mode.group(1).equalsIgnoreCase("strict");
    return (strict ? "strict " : "lax ") + jsonPlainPath(path);
  }

  /** The same without its mode. */
  public static String jsonPlainPath(String path) {
    Checked before = last;
    if (before.path().equals(path)) {
      return before.plain();
    }
    Matcher mode = MODE.matcher(path);
    String steps = (mode.matches() ? mode.group(2) : path).strip();
    String plain = steps.contains(".\"") ? withBrackets(steps) : steps;
    JsonPathContext tried =
        org.apache.calcite.runtime.JsonFunctions.jsonApiCommonSyntax(
            JsonValueContext.withJavaObj(Map.of()), "strict " + plain);
    if (!steps.startsWith("$")
        || isOpen(plain)
        || tried.exc != null && String.valueOf(tried.exc.getMessage()).startsWith(WRONG)) {
      throw new FunctionException(
          "42601", "'" + path + "' is no path into JSON; expected one like '$.a.b[0]'");
    }
    last = new Checked(path, plain);
    return plain;
  }

  /** {@code $."a b"} as {@code $['a b']}; texts that are compared with stay what they are. */
  private static String withBrackets(String path) {
    Matcher part = NAME_OR_TEXT.matcher(path);
    StringBuilder changed = new StringBuilder();
    while (part.find()) {
      String name = part.group(1);
      String same = part.group();
      part.appendReplacement(
          changed,
          Matcher.quoteReplacement(
              name == null ? same : "['" + name.replace("'", "\\'").replace("\\\"", "\"") + "']"));
    }
    return part.appendTail(changed).toString();
  }

  /** Whether a bracket is not closed, which JsonPath passes over at the end. */
  private static boolean isOpen(String path) {
    String bare = NAME_OR_TEXT.matcher(path).replaceAll("");
    return bare.chars().filter(c -> c == '[').count() != bare.chars().filter(c -> c == ']').count();
  }

  /** A document as Calcite's functions take it, its numbers with all their digits. */
  public static JsonValueContext document(String json) {
    try {
      return JsonValueContext.withJavaObj(READER.readValue(json));
    } catch (JsonProcessingException e) {
      return JsonValueContext.withException(e);
    }
  }

  /** Whether a text is no JSON. */
  public static boolean jsonIsWrong(String json) {
    return document(json).hasException();
  }

  /** Whether a text is no JSON, or what the path leads to is an array or an object, or an error. */
  public static boolean jsonHasNoScalar(String json, String path) {
    JsonValueContext document = document(json);
    if (document.hasException()) {
      return true;
    }
    JsonPathContext found =
        org.apache.calcite.runtime.JsonFunctions.jsonApiCommonSyntax(document, path);
    return found.hasException() || isCompound(found.obj);
  }

  /** A document with a value at the path, or with nothing there. */
  public static String jsonScalarChecked(String json, String path) {
    JsonPathContext found =
        org.apache.calcite.runtime.JsonFunctions.jsonApiCommonSyntax(document(json), path);
    if (isCompound(found.obj)) {
      throw new FunctionException(
          "2203F",
          "JSON_VALUE: '"
              + path.substring(path.indexOf('$'))
              + "' leads to an array or an object; expected a value (JSON_QUERY gives those)");
    }
    return json;
  }

  private static boolean isCompound(@Nullable Object found) {
    return found instanceof Collection || found instanceof Map;
  }
}
