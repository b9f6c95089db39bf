package io.versor.engine.plan;

import java.util.List;

/** SQLStates of the validator's messages, by what is in them; the first that fits counts. */
final class ErrorStates {
  private record Known(String part, String state) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("Illegal DATE literal", "22007"),
          new Known("Illegal TIME literal", "22007"),
          new Known("Illegal TIMESTAMP", "22007"),
          new Known("Illegal interval literal", "22007"),
          new Known("Invalid character for cast", "22018"),
          new Known("Invalid escape", "22019"),
          new Known("$SCALAR_QUERY", "42601"),
          new Known("ROWS value must be", "22013"),
          new Known("prohibits use of RANGE", "0A000"),
          new Known("frame boundary", "42P20"),
          new Known("compound ORDER BY", "42P20"),
          new Known("must contain an ORDER BY", "42P20"),
          new Known("window reference", "42P20"),
          new Known("referenced window", "42P20"),
          new Known("Referenced window", "42P20"),
          new Known("Cannot override window", "42P20"),
          new Known("Empty result of JSON_", "22035"),
          new Known("Cannot apply", "42804"),
          new Known("Illegal mixing of types", "42804"),
          new Known("Cannot assign", "42804"),
          new Known("Values passed to", "42804"),
          new Known("Illegal use of dynamic", "42804"),
          new Known("must be a condition", "42804"),
          new Known("Expected a boolean", "42804"),
          new Known("must be of the same type", "42804"),
          new Known("Type mismatch", "42804"),
          new Known("Cast function cannot convert", "42846"),
          new Known("Invalid number of arguments", "42883"),
          new Known("Invalid number of parameters", "42883"),
          new Known("is not being grouped", "42803"),
          new Known("Aggregate expression", "42803"),
          new Known("Windowed aggregate", "42803"),
          new Known("GROUPING", "42803"),
          new Known("OVER clause", "42809"),
          new Known("Ordinal out of range", "42P10"),
          new Known("List of column aliases", "42P10"),
          new Known("Number of columns must match", "42P10"),
          new Known("Column count mismatch", "42601"),
          new Known("join requires a condition", "42601"),
          new Known("Binary literal", "42601"),
          new Known("not a valid time frame", "22023"),
          new Known("Cannot infer return type", "42883"),
          new Known("Incompatible first two operand types", "42883"),
          new Known("not comparable to", "42804"),
          new Known("Incompatible types", "42804"),
          new Known("prohibits use of RANGE", "0A000"),
          new Known("must be a literal", "22023"),
          new Known("Cannot convert", "42846"),
          new Known("Different length for bitwise", "22026"),
          new Known("by zero", "22012"),
          new Known("out of range", "22003"),
          new Known("overflow", "22003"),
          new Known("cast", "22003"),
          new Known("Duplicate", "42712"));

  private ErrorStates() {}

  static String of(String message) {
    if (message.startsWith("Table '") && message.endsWith("' not found")) {
      return "42P01";
    }
    return KNOWN.stream()
        .filter(known -> message.contains(known.part()))
        .map(Known::state)
        .findFirst()
        .orElse("42000");
  }
}
