package io.versor.engine.function;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;

/** Tensors as text: nested lists in brackets, as in JSON. */
public final class TensorText {
  /**
   * Where a text that is only shown ends in an ellipsis: nobody reads more, and a picture has
   * millions of numbers.
   */
  private static final int SHOWN_CHARACTERS = 1 << 20;

  private TensorText() {}

  /** For people: cut where it gets too long. */
  public static String shown(TensorValue tensor) {
    StringBuilder out = new StringBuilder();
    append(out, SHOWN_CHARACTERS, tensor, 0, 0, tensor.elements());
    return out.length() > SHOWN_CHARACTERS ? out.append('…').toString() : out.toString();
  }

  /**
   * The whole, from which the same tensor can be made again.
   *
   * @param most characters: 22001 for more
   */
  public static String of(TensorValue tensor, int most) {
    StringBuilder out = new StringBuilder();
    append(out, most, tensor, 0, 0, tensor.elements());
    if (out.length() > most) {
      throw new FunctionException(
          "22001",
          "the text of "
              + tensor
              + " has more than "
              + most
              + " characters; CAST a SLICE of it, or to a longer type");
    }
    return out.toString();
  }

  private static void append(
      StringBuilder out, int most, TensorValue tensor, int depth, int from, int count) {
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
    for (int i = 0; i < extent && out.length() <= most; i++) {
      if (i > 0) {
        out.append(", ");
      }
      append(out, most, tensor, depth + 1, from + i * (count / extent), count / extent);
    }
    out.append(']');
  }
}
