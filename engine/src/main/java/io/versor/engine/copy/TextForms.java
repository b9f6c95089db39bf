package io.versor.engine.copy;

import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.type.TimeText;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;

/** Values as texts that {@link TextValues} and casts read back as what they were. */
final class TextForms {
  private TextForms() {}

  /**
   * A value as text.
   *
   * @param type of its column
   */
  static String of(Object value, TensorType type) throws StoreException {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof byte[] bytes) {
      checkLength(2L * bytes.length);
      return TextValues.hex(bytes);
    }
    if (value instanceof TensorValue tensor) {
      checkLength(2L * tensor.elements());
      StringBuilder out = new StringBuilder();
      append(out, tensor, 0, 0, tensor.elements());
      return out.toString();
    }
    if (value instanceof SequenceValue list) {
      String text = JsonCells.text(list, type);
      checkLength(text.length());
      return text;
    }
    return ofScalar(value);
  }

  /** Of a value that is neither bytes nor a tensor nor a list. */
  static String ofScalar(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return TimeText.ofAny(value);
  }

  private static void checkLength(long characters) throws StoreException {
    if (characters > RowsReader.MAX_ROW_BYTES) {
      throw new StoreException(
          Code.LIMIT,
          "a value of more than "
              + RowsReader.MAX_ROW_BYTES
              + " characters as text; Parquet and Arrow files take it");
    }
  }

  private static void append(StringBuilder out, TensorValue tensor, int depth, int from, int count)
      throws StoreException {
    if (depth == tensor.rank()) {
      out.append(element(tensor, from));
      return;
    }
    int extent = tensor.shape()[depth];
    out.append('[');
    for (int i = 0; i < extent; i++) {
      if (i > 0) {
        out.append(',');
      }
      append(out, tensor, depth + 1, from + i * (count / extent), count / extent);
    }
    out.append(']');
    checkLength(out.length());
  }

  /** A number as JSON has it, but for NaN and Infinity. */
  static String element(TensorValue tensor, int at) {
    Dtype dtype = tensor.dtype();
    if (dtype == Dtype.BOOL) {
      return tensor.longAt(at) != 0 ? "true" : "false";
    }
    if (dtype == Dtype.FLOAT32 || dtype == Dtype.FLOAT16) {
      return Float.toString((float) tensor.doubleAt(at));
    }
    if (dtype == Dtype.FLOAT64) {
      return Double.toString(tensor.doubleAt(at));
    }
    return dtype == Dtype.UINT64
        ? Long.toUnsignedString(tensor.longAt(at))
        : Long.toString(tensor.longAt(at));
  }
}
