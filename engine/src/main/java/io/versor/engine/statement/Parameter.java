package io.versor.engine.statement;

import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a procedure.
 *
 * @param words the texts it takes; empty if any will do
 * @param defaultText what stands for it where it is not given, as SQL; empty if that depends
 */
record Parameter(
    String name,
    Type type,
    boolean required,
    List<String> words,
    Optional<String> defaultText,
    String remarks) {

  /** What an argument is. */
  enum Type {
    TEXT("a text", Types.VARCHAR, "VARCHAR"),
    FLAG("TRUE or FALSE", Types.BOOLEAN, "BOOLEAN"),
    NUMBER("a whole number", Types.INTEGER, "INTEGER");

    private final String expected;
    private final int jdbcType;
    private final String typeName;

    Type(String expected, int jdbcType, String typeName) {
      this.expected = expected;
      this.jdbcType = jdbcType;
      this.typeName = typeName;
    }

    int jdbcType() {
      return jdbcType;
    }

    String typeName() {
      return typeName;
    }
  }

  static Parameter text(String name, String remarks) {
    return new Parameter(name, Type.TEXT, false, List.of(), Optional.empty(), remarks);
  }

  static Parameter word(String name, List<String> words, String remarks) {
    return new Parameter(
        name, Type.TEXT, false, words, Optional.of("'" + words.get(0) + "'"), remarks);
  }

  static Parameter flag(String name, String remarks) {
    return new Parameter(name, Type.FLAG, false, List.of(), Optional.of("FALSE"), remarks);
  }

  static Parameter number(String name, String remarks) {
    return new Parameter(name, Type.NUMBER, false, List.of(), Optional.empty(), remarks);
  }

  /** The same, but a call must give it. */
  Parameter needed() {
    return new Parameter(name, type, true, words, defaultText, remarks);
  }

  /** The same, but what stands for it depends. */
  Parameter withoutDefault() {
    return new Parameter(name, type, required, words, Optional.empty(), remarks);
  }

  /** What an argument has to be, for messages. */
  String expected() {
    return words.isEmpty() ? type.expected : "one of " + String.join(", ", words);
  }

  /**
   * The value as the action wants it: String, Boolean or Integer. A literal has to have the type; a
   * parameter may also come as text, since many tools know no other way to set one.
   *
   * @return empty if the value is none of these
   */
  Optional<Object> read(Object value, boolean bound) {
    return switch (type) {
      case TEXT -> text(value, bound);
      case FLAG -> flag(value, bound);
      case NUMBER -> number(value, bound);
    };
  }

  private Optional<Object> text(Object value, boolean bound) {
    if (!(value instanceof String || bound && value instanceof Number)) {
      return Optional.empty();
    }
    String text = value.toString();
    if (words.isEmpty()) {
      return Optional.of(text);
    }
    String word = text.toUpperCase(Locale.ROOT);
    return words.contains(word) ? Optional.of(word) : Optional.empty();
  }

  private static Optional<Object> flag(Object value, boolean bound) {
    if (value instanceof Boolean) {
      return Optional.of(value);
    }
    String text = bound ? value.toString() : "";
    return text.equalsIgnoreCase("true")
        ? Optional.of(true)
        : text.equalsIgnoreCase("false") ? Optional.of(false) : Optional.empty();
  }

  private static Optional<Object> number(@Nullable Object value, boolean bound) {
    if (!(value instanceof Number || bound && value instanceof String)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new java.math.BigDecimal(value.toString()).intValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
