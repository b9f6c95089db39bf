package io.versor.clients.logictest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** How the values of an answer are put in order before they are compared. */
enum Order {
  /** As they came. */
  NOSORT,
  /** Row by row. */
  ROWSORT,
  /** Each value by itself. */
  VALUESORT;

  List<String> of(List<List<String>> rows) {
    List<List<String>> ordered = new ArrayList<>(rows);
    if (this == ROWSORT) {
      ordered.sort(Order::compareRows);
    }
    List<String> values = new ArrayList<>();
    ordered.forEach(values::addAll);
    if (this == VALUESORT) {
      Collections.sort(values);
    }
    return values;
  }

  private static int compareRows(List<String> left, List<String> right) {
    Comparator<String> order = Comparator.naturalOrder();
    for (int i = 0; i < left.size(); i++) {
      int found = order.compare(left.get(i), right.get(i));
      if (found != 0) {
        return found;
      }
    }
    return 0;
  }

  /** The corpus' hash of values: MD5 over each with a line feed behind it. */
  static String hash(List<String> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (String value : values) {
        digest.update(value.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
