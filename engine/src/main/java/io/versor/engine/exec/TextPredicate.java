package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a text that depends on nothing else. Where texts come as codes of a dictionary,
 * each is tested once, however many rows have it.
 */
final class TextPredicate extends Predicate {
  private static final byte UNKNOWN = 0;
  private static final byte YES = 1;
  private static final byte NO = 2;

  private final TextExpression operand;
  private final TextTest test;

  /** What {@link #verdicts} are about: held, so that no other dictionary can take its identity. */
  private @Nullable Object judged;

  private byte[] verdicts = {};

  TextPredicate(TextExpression operand, TextTest test) {
    this.operand = operand;
    this.test = test;
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    if (operand instanceof TextColumn column) {
      Vector vector = column.vector(rows);
      int codes = column.codes(vector);
      if (codes > 0) {
        return selectCodes(column, vector, codes, rows, wanted, out);
      }
    }
    TextLane lane = operand.eval(rows);
    int k = 0;
    for (int i = 0; i < rows.count(); i++) {
      out[k] = rows.at(i);
      if (!lane.isNull(i) && test.test(lane.addresses[i], lane.lengths[i]) == wanted) {
        k++;
      }
    }
    return k;
  }

  private int selectCodes(
      TextColumn column, Vector vector, int codes, Rows rows, boolean wanted, int[] out) {
    Vector dictionary = vector.dictionary();
    Object identity = dictionary == null ? column : dictionary;
    if (judged != identity) {
      judged = identity;
      verdicts = new byte[codes];
    }
    byte expected = wanted ? YES : NO;
    long data = vector.data();
    long validity = vector.validity();
    int k = 0;
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (validity != 0 && !Rows.isValid(validity, row)) {
        continue;
      }
      int code = Memory.getInt(data + 4L * row);
      byte verdict = verdicts[code];
      if (verdict == UNKNOWN) {
        long address = column.codeAddress(vector, code);
        verdict = test.test(address, column.codeLength(vector, code)) ? YES : NO;
        verdicts[code] = verdict;
      }
      out[k] = row;
      k += verdict == expected ? 1 : 0;
    }
    return k;
  }
}
