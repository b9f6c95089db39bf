package io.versor.engine.plan;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about the lists of SELECTs. Calcite looks at the whole list for each item and
 * for each key of ORDER BY, which for 2,000 of them takes minutes. Lists change while they are
 * validated, so an answer holds as long as the very same items are in them. One thread.
 */
final class SelectLists {
  /** Nodes, to be compared one by one with others: a look at each takes next to nothing. */
  private record Items(List<@Nullable SqlNode> nodes) {
    static Items of(@Nullable List<SqlNode> list) {
      return new Items(list == null ? List.of() : Arrays.asList(list.toArray(new SqlNode[0])));
    }

    boolean are(@Nullable List<SqlNode> list) {
      if ((list == null ? 0 : list.size()) != nodes.size()) {
        return false;
      }
      for (int i = 0; i < nodes.size(); i++) {
        if (Objects.requireNonNull(list).get(i) != nodes.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  private record Grouping(
      @Nullable SqlNode group,
      @Nullable SqlNode having,
      Items items,
      Items expanded,
      boolean aggregate) {}

  private record Expansion(Items items, SqlNodeList expanded) {}

  private final Map<SqlSelect, Grouping> groupings = new IdentityHashMap<>();
  private final Map<SqlSelect, Expansion> expansions = new IdentityHashMap<>();

  /**
   * Whether a SELECT has groups.
   *
   * @param expanded its list with stars expanded, if that was done
   * @param find finds out
   */
  boolean isAggregate(SqlSelect select, @Nullable List<SqlNode> expanded, BooleanSupplier find) {
    List<SqlNode> items = select.getSelectList();
    Grouping known = groupings.get(select);
    if (known == null
        || known.group != select.getGroup()
        || known.having != select.getHaving()
        || !known.items.are(items)
        || !known.expanded.are(expanded)) {
      boolean aggregate = find.getAsBoolean();
      known =
          new Grouping(
              select.getGroup(),
              select.getHaving(),
              Items.of(items),
              Items.of(expanded),
              aggregate);
      groupings.put(select, known);
    }
    return known.aggregate;
  }

  /**
   * The items of a valid SELECT with stars expanded.
   *
   * @param expand expands them
   */
  SqlNodeList expanded(SqlSelect select, SqlNodeList list, Supplier<SqlNodeList> expand) {
    Expansion known = expansions.get(select);
    if (known == null || !known.items.are(list)) {
      Items items = Items.of(list);
      known = new Expansion(items, expand.get());
      expansions.put(select, known);
    }
    return known.expanded;
  }
}
