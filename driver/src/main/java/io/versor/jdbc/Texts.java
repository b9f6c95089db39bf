package io.versor.jdbc;

import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.type.TimeText;
import io.versor.format.type.DecimalDigits;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** SQL values as text, the way a literal of the type would be written. */
final class Texts {
  private static final int BRIEF_CHARS = 60;

  private Texts() {}

  static String of(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Instant at) {
      return TimeText.of(at.atOffset(ZoneOffset.UTC));
    }
    if (value instanceof TensorValue tensor) {
      StringBuilder out = new StringBuilder();
      appendNested(out, NestedArrays.of(tensor));
      return out.toString();
    }
    if (value.getClass().isArray()) {
      StringBuilder out = new StringBuilder();
      appendNested(out, value);
      return out.toString();
    }
    return TimeText.ofAny(value);
  }

  private static void appendNested(StringBuilder out, Object value) {
    if (value == null || !value.getClass().isArray()) {
      out.append(value);
      return;
    }
    out.append('[');
    for (int i = 0; i < Array.getLength(value); i++) {
      if (i > 0) {
        out.append(", ");
      }
      appendNested(out, Array.get(value, i));
    }
    out.append(']');
  }

  /** For messages: text in quotes, long values cut. */
  static String brief(Object value) {
    if (value instanceof byte[] bytes) {
      return "of " + bytes.length + " bytes";
    }
    if (value instanceof TensorValue tensor) {
      return "of shape " + java.util.Arrays.toString(tensor.shape());
    }
    if (value instanceof SequenceValue list) {
      return "of " + list.elements().size() + " elements";
    }
    boolean endless = value instanceof BigDecimal number && DecimalDigits.areTooMany(number);
    String text = endless ? value.toString() : of(value);
    String cut = text.length() <= BRIEF_CHARS ? text : text.substring(0, BRIEF_CHARS) + "\u2026";
    return value instanceof String ? "'" + cut + "'" : cut;
  }

  /** For messages: what sort of value this is, in the words of SQL. */
  static String kind(Object value) {
    if (value instanceof String) {
      return "text";
    }
    if (value instanceof byte[]) {
      return "binary";
    }
    if (value instanceof Boolean) {
      return "BOOLEAN";
    }
    if (value instanceof Number) {
      return "a number";
    }
    if (value instanceof LocalDate) {
      return "DATE";
    }
    if (value instanceof LocalTime) {
      return "TIME";
    }
    if (value instanceof LocalDateTime) {
      return "TIMESTAMP";
    }
    if (value instanceof OffsetDateTime || value instanceof Instant) {
      return "TIMESTAMP WITH TIME ZONE";
    }
    if (value instanceof TensorValue) {
      return "a tensor";
    }
    if (value instanceof SequenceValue) {
      return "a list";
    }
    return value.getClass().getSimpleName();
  }
}
