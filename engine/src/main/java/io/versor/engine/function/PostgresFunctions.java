package io.versor.engine.function;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Operators and functions that PostgreSQL has for values of several kinds. The planner puts them in
 * the place of what the user wrote; they are called from generated code.
 */
public final class PostgresFunctions {
  private static final SqlReturnTypeInference TRUTH =
      ReturnTypes.BOOLEAN.andThen(SqlTypeTransforms.FORCE_NULLABLE);
  private static final SqlReturnTypeInference TEXT =
      ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE);

  /** {@code array @> array}. */
  public static final SqlUserDefinedFunction CONTAINS = function("CONTAINS_ALL", TRUTH, "contains");

  /** {@code array <@ array}. */
  public static final SqlUserDefinedFunction CONTAINED =
      function("CONTAINED_IN", TRUTH, "contained");

  /** {@code array && array}. */
  public static final SqlUserDefinedFunction OVERLAP = function("HAVE_COMMON", TRUTH, "overlap");

  /** {@code json @> json}. */
  public static final SqlUserDefinedFunction JSON_CONTAINS =
      function("JSON_CONTAINS_ALL", TRUTH, "jsonContains");

  /** {@code json <@ json}. */
  public static final SqlUserDefinedFunction JSON_CONTAINED =
      function("JSON_CONTAINED_IN", TRUTH, "jsonContained");

  /** {@code json #> path}. */
  public static final SqlUserDefinedFunction JSON_AT = function("JSON_AT", TEXT, "jsonAt");

  /** {@code json #>> path}. */
  public static final SqlUserDefinedFunction JSON_TEXT_AT =
      function("JSON_TEXT_AT", TEXT, "jsonTextAt");

  /** FORMAT of a pattern and texts. */
  public static final SqlUserDefinedFunction FORMAT = function("FORMAT_TEXTS", TEXT, "format");

  /** TO_JSON of an array that JSON_ARRAY made of one value. */
  public static final SqlUserDefinedFunction TO_JSON = function("ONLY_ELEMENT", TEXT, "toJson");

  /** PG_TYPEOF: the name of a type, and the value that has it. */
  public static final SqlUserDefinedFunction TYPE_NAME =
      function("NAME_OF_TYPE", ReturnTypes.explicit(SqlTypeName.VARCHAR), "typeName");

  private PostgresFunctions() {}

  private static SqlUserDefinedFunction function(
      String name, SqlReturnTypeInference returns, String method) {
    return BoxedCode.operator(name, returns, PostgresFunctions.class, method);
  }

  // --- arrays: what is NULL equals nothing; arrays within arrays count by their elements

  public static @Nullable Boolean contains(@Nullable Object all, @Nullable Object some) {
    if (all == null || some == null) {
      return null;
    }
    Set<Object> present = new HashSet<>(elements(all));
    for (@Nullable Object element : elements(some)) {
      if (element == null || !present.contains(element)) {
        return false;
      }
    }
    return true;
  }

  public static @Nullable Boolean contained(@Nullable Object some, @Nullable Object all) {
    return contains(all, some);
  }

  public static @Nullable Boolean overlap(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return null;
    }
    Set<Object> present = new HashSet<>(elements(left));
    return elements(right).stream().anyMatch(each -> each != null && present.contains(each));
  }

  private static List<@Nullable Object> elements(Object list) {
    List<@Nullable Object> flat = new ArrayList<>();
    addElements((Collection<?>) list, flat);
    return flat;
  }

  private static void addElements(Collection<?> list, List<@Nullable Object> flat) {
    for (Object element : list) {
      if (element instanceof Collection<?> inner) {
        addElements(inner, flat);
      } else {
        flat.add(element instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : element);
      }
    }
  }

  // --- JSON

  public static @Nullable Boolean jsonContains(@Nullable Object all, @Nullable Object some) {
    return all == null || some == null
        ? null
        : (Boolean) JsonFunctions.contains((String) all, (String) some);
  }

  public static @Nullable Boolean jsonContained(@Nullable Object some, @Nullable Object all) {
    return jsonContains(all, some);
  }

  public static @Nullable String jsonAt(@Nullable Object json, @Nullable Object path) {
    return json == null || path == null ? null : JsonFunctions.at((String) json, path);
  }

  public static @Nullable String jsonTextAt(@Nullable Object json, @Nullable Object path) {
    return json == null || path == null ? null : JsonFunctions.textAt((String) json, path);
  }

  /** {@code [value]} without the brackets; NULL stays NULL. */
  public static @Nullable String toJson(@Nullable Object array) {
    if (array == null) {
      return null;
    }
    String text = array.toString().strip();
    String value = text.substring(1, text.length() - 1).strip();
    return value.equals("null") ? null : value;
  }

  // --- texts

  public static @Nullable String format(@Nullable Object pattern, @Nullable Object... values) {
    return pattern == null ? null : FormatPattern.format((String) pattern, Arrays.asList(values));
  }

  public static String typeName(@Nullable Object name, @Nullable Object value) {
    return String.valueOf(name);
  }
}
