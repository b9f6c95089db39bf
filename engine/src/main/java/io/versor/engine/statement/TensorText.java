package io.versor.engine.statement;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;

/** Tensors as text: nested lists in brackets. */
final class TensorText {
  /** Longer texts end in an ellipsis: nobody reads more, and a picture has millions of numbers. */
  private static final int MAX_CHARACTERS = 1 << 20;

  private TensorText() {}

  static String of(TensorValue tensor) {
    StringBuilder out = new StringBuilder();
    append(out, tensor, 0, 0, tensor.elements());
    return out.toString();
  }

  private static void append(
      StringBuilder out, TensorValue tensor, int depth, int from, int count) {
    if (out.length() > MAX_CHARACTERS) {
      out.append('…');
      return;
    }
    if (depth == tensor.rank()) {
      if (tensor.dtype() == Dtype.BOOL) {
        out.append(tensor.longAt(from) != 0);
      } else if (tensor.dtype() == Dtype.FLOAT32 || tensor.dtype() == Dtype.FLOAT16) {
        out.append((float) tensor.doubleAt(from));
      } else if (tensor.dtype().isFloat()) {
        out.append(tensor.doubleAt(from));
      } else if (tensor.dtype() == Dtype.UINT64) {
        out.append(Long.toUnsignedString(tensor.longAt(from)));
      } else {
        out.append(tensor.longAt(from));
      }
      return;
    }
    int extent = tensor.shape()[depth];
    out.append('[');
    for (int i = 0; i < extent && out.length() <= MAX_CHARACTERS; i++) {
      if (i > 0) {
        out.append(", ");
      }
      append(out, tensor, depth + 1, from + i * (count / extent), count / extent);
    }
    out.append(']');
  }
}
