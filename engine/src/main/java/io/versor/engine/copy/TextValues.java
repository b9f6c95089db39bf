package io.versor.engine.copy;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.HexFormat;

/** Values of text files that are no plain text: tensors as JSON arrays, bytes as {@code \xff00}. */
final class TextValues {
  private static final String HEX = "\\x";

  private TextValues() {}

  /** What a text means for a column of a type. */
  static Object of(String text, TensorType type) throws StoreException {
    if (type.shape().rank() > 0) {
      return JsonValues.nested(text, type.dtype());
    }
    if (type.element().isPresent()) {
      return JsonCells.list(text, type.element().get());
    }
    return type.dtype() == Dtype.BYTES ? bytes(text) : text;
  }

  private static byte[] bytes(String text) throws StoreException {
    try {
      if (text.startsWith(HEX)) {
        return HexFormat.of().parseHex(text, HEX.length(), text.length());
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new StoreException(
        Code.INVALID_VALUE, "'" + JsonValues.cut(text) + "', expected bytes as in \\xff00");
  }

  static String hex(byte[] bytes) {
    return HEX + HexFormat.of().formatHex(bytes);
  }
}
