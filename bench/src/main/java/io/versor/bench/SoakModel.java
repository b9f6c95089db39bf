package io.versor.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What one child was told that its rows are. Used by one thread. */
final class SoakModel {
  private final long child;

  /** The value of all rows of a group; a group without rows is not there. */
  private final Map<Long, String> groups = new TreeMap<>();

  /** What the deed that is under way makes of groups. */
  private final Map<Long, String> underWay = new HashMap<>();

  SoakModel(long child) {
    this.child = child;
  }

  /**
   * A deed begins.
   *
   * @param words its line
   */
  void begins(String[] words) {
    underWay.clear();
    for (int i = 2; i < words.length; i++) {
      int sign = words[i].indexOf('=');
      long group = Long.parseLong(words[i].substring(0, sign));
      String value = words[i].substring(sign + 1);
      boolean inserts = i == 2 && !words[1].equals("update");
      if (inserts || value.equals("-") || groups.containsKey(group)) {
        underWay.put(group, value); // else an update of no rows
      }
    }
  }

  void done() {
    underWay.forEach(this::put);
    underWay.clear();
  }

  void refused() {
    underWay.clear();
  }

  private void put(long group, String value) {
    if (value.equals("-")) {
      groups.remove(group);
    } else {
      groups.put(group, value);
    }
  }

  /**
   * Compares with what is there. Of what was under way all or nothing may have happened, and then
   * it has.
   *
   * @return what is wrong, or nothing
   */
  String compare(Connection connection) throws SQLException {
    Map<Long, String> found = found(connection);
    String fault = "";
    if (!found.equals(groups)) {
      Map<Long, String> after = new TreeMap<>(groups);
      underWay.forEach(
          (group, value) -> {
            if (value.equals("-")) {
              after.remove(group);
            } else {
              after.put(group, value);
            }
          });
      if (found.equals(after)) {
        done();
      } else {
        fault = "child " + child + ": " + difference(found);
      }
    }
    underWay.clear();
    return fault;
  }

  private String difference(Map<Long, String> found) {
    Map<Long, String> lost = new TreeMap<>(groups);
    lost.entrySet().removeAll(found.entrySet());
    Map<Long, String> strange = new TreeMap<>(found);
    strange.entrySet().removeAll(groups.entrySet());
    return "expected " + lost + ", found " + strange + ", under way " + underWay;
  }

  private Map<Long, String> found(Connection connection) throws SQLException {
    Map<Long, String> found = new TreeMap<>();
    long rows = SoakWorker.ROWS_OF_A_GROUP;
    long first = child * SoakWorker.GROUPS_OF_A_CHILD * rows;
    String query =
        "SELECT id / "
            + rows
            + ", COUNT(*), MIN(val), MAX(val) FROM t WHERE id BETWEEN "
            + first
            + " AND "
            + (first + SoakWorker.GROUPS_OF_A_CHILD * rows - 1)
            + " GROUP BY id / "
            + rows;
    try (Statement statement = connection.createStatement();
        ResultSet all = statement.executeQuery(query)) {
      while (all.next()) {
        boolean whole = all.getLong(2) == rows && all.getLong(3) == all.getLong(4);
        found.put(
            all.getLong(1),
            whole
                ? String.valueOf(all.getLong(3))
                : all.getLong(2) + " rows of " + all.getLong(3) + " to " + all.getLong(4));
      }
    }
    return found;
  }

  /** How many groups have rows. */
  int size() {
    return groups.size();
  }
}
