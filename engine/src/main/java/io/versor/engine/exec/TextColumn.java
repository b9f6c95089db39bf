package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A column of text or bytes, or of class labels as their text. */
final class TextColumn extends TextExpression {
  private final int column;

  /** Where the names of a class label are, by number; empty if it is none. */
  private final long[] labelAddresses;

  private final int[] labelLengths;

  /**
   * @param stored what the column is
   * @param type what its values are to SQL: text or bytes
   */
  TextColumn(int column, TensorType stored, TensorType type, ExecContext context) {
    super(type);
    this.column = column;
    List<String> labels = stored.labels();
    this.labelAddresses = new long[labels.size()];
    this.labelLengths = new int[labels.size()];
    for (int i = 0; i < labels.size(); i++) {
      byte[] utf8 = labels.get(i).getBytes(StandardCharsets.UTF_8);
      labelAddresses[i] = context.constant(utf8);
      labelLengths[i] = utf8.length;
    }
  }

  @Override
  int column() {
    return column;
  }

  Vector vector(Rows rows) throws StoreException {
    return rows.column(column);
  }

  /** How many texts the codes of a vector stand for; 0 if it has no codes. */
  int codes(Vector vector) {
    Vector dictionary = vector.dictionary();
    if (dictionary != null) {
      return dictionary.length();
    }
    return vector.type().htype() == Htype.CLASS_LABEL ? labelAddresses.length : 0;
  }

  long codeAddress(Vector vector, int code) {
    Vector dictionary = vector.dictionary();
    return dictionary == null ? labelAddresses[code] : dictionary.addressAt(code);
  }

  int codeLength(Vector vector, int code) {
    Vector dictionary = vector.dictionary();
    return dictionary == null ? labelLengths[code] : dictionary.lengthAt(code);
  }

  @Override
  TextLane eval(Rows rows) throws StoreException {
    Vector vector = vector(rows);
    int n = rows.count();
    lane.start(n);
    lane.loadNulls(vector, rows);
    long data = vector.data();
    if (vector.dictionary() != null || vector.type().htype() == Htype.CLASS_LABEL) {
      int codes = codes(vector);
      for (int i = 0; i < n; i++) {
        int code = lane.isNull(i) ? -1 : Memory.getInt(data + 4L * rows.at(i));
        boolean known = code >= 0 && code < codes;
        lane.addresses[i] = known ? codeAddress(vector, code) : 0;
        lane.lengths[i] = known ? codeLength(vector, code) : 0;
      }
      return lane;
    }
    long offsets = vector.offsets();
    for (int i = 0; i < n; i++) {
      long at = offsets + 4L * rows.at(i);
      int from = Memory.getInt(at);
      lane.addresses[i] = data + from;
      lane.lengths[i] = Memory.getInt(at + 4) - from;
    }
    return lane;
  }
}
