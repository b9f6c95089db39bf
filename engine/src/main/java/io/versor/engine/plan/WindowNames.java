package io.versor.engine.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Gives windows of a query other names where a query around it has windows of the same names, which
 * Calcite refuses. Changes the tree that it visits.
 */
final class WindowNames extends SqlBasicVisitor<@Nullable Void> {
  /** The queries around a node, the innermost first: names of their windows, and what they are. */
  private final Deque<Map<String, String>> queries = new ArrayDeque<>();

  private int renamed;

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      queries.push(names(select));
      super.visit(call);
      queries.pop();
      return null;
    }
    if (call.getKind() == SqlKind.OVER && call.operand(1) instanceof SqlIdentifier name) {
      call.setOperand(1, known(name));
    }
    if (call instanceof SqlWindow window) {
      for (int i = 0; i < 2; i++) { // the name it has, and the one that it goes on from
        if (window.operand(i) instanceof SqlIdentifier name) {
          window.setOperand(i, known(name));
        }
      }
    }
    return super.visit(call);
  }

  private Map<String, String> names(SqlSelect select) {
    Set<String> taken = new HashSet<>();
    queries.forEach(outer -> taken.addAll(outer.keySet()));
    Map<String, String> names = new HashMap<>();
    for (SqlNode each : select.getWindowList()) {
      if (each instanceof SqlWindow window && window.getDeclName() != null) {
        String name = window.getDeclName().getSimple();
        String key = name.toUpperCase(Locale.ROOT);
        names.putIfAbsent(key, taken.contains(key) ? name + " " + ++renamed : name);
      }
    }
    return names;
  }

  private SqlIdentifier known(SqlIdentifier name) {
    Map<String, String> names = queries.peek();
    String known =
        names == null || !name.isSimple()
            ? null
            : names.get(name.getSimple().toUpperCase(Locale.ROOT));
    return known == null
            || known.equals(name.getSimple())
            || known.equalsIgnoreCase(name.getSimple())
        ? name
        : name.setName(0, known);
  }
}
