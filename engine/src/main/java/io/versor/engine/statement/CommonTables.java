package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.plan.RandomNames;
import io.versor.parser.ast.SqlRowChange;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * WITH in front of a statement that changes rows. Each query that the statement is carried out by
 * has it in front, too.
 *
 * @param items each a {@link SqlWithItem}; empty: none
 */
record CommonTables(SqlNodeList items) {
  static final CommonTables NONE = new CommonTables(SqlNodeList.EMPTY);

  static CommonTables of(SqlRowChange statement) {
    return new CommonTables(statement.with());
  }

  /** A query that may read them. */
  SqlNode around(SqlNode query) {
    return items.isEmpty() ? query : new SqlWith(items.getParserPosition(), items, query);
  }

  /** The table that is written, which none of them hides. */
  SqlNode target(SqlNode table, String branch) {
    boolean hidden =
        table instanceof SqlIdentifier id
            && id.isSimple()
            && names().contains(id.getSimple().toLowerCase(Locale.ROOT));
    return hidden
        ? new SqlIdentifier(
            List.of(branch, ((SqlIdentifier) table).getSimple()),
            null,
            table.getParserPosition(),
            List.of(table.getParserPosition(), table.getParserPosition()))
        : table;
  }

  /**
   * Refuses a part that is asked apart from the others, and would read another value of what is
   * random.
   *
   * @param clause its name, for the message
   */
  void refuseRandom(String clause, SqlNode part) throws StatementException {
    if (!RandomNames.isIn(items)) {
      return;
    }
    Set<String> names = names();
    @Nullable SqlIdentifier[] found = {null};
    part.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            if (id.isSimple() && names.contains(id.getSimple().toLowerCase(Locale.ROOT))) {
              found[0] = id;
            }
            return null;
          }
        });
    SqlIdentifier reader = found[0];
    if (reader != null) {
      throw new StatementException(
              "0A000",
              clause
                  + " reads "
                  + reader
                  + " of WITH, which has random values and would be computed anew; store them in a"
                  + " table first")
          .at(reader.getParserPosition());
    }
  }

  private Set<String> names() {
    return items.stream()
        .map(item -> ((SqlWithItem) item).name.getSimple().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}
