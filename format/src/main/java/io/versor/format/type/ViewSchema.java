package io.versor.format.type;

import io.versor.format.type.StoreException.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A query under a name. What it reads is looked up in the version that it is read in.
 *
 * @param id stays the same when it is renamed or redefined, and on every branch; 0 where none is
 *     given out yet. Tables and views share one sequence of ids
 * @param sql the query as it was written
 * @param columns names of its columns; none = those that the query gives
 */
public record ViewSchema(
    long id, String name, String sql, List<String> columns, Optional<String> comment) {
  public ViewSchema {
    Texts.checkName("the name of a view", name, Column.MAX_NAME_BYTES);
    Texts.check("the query of view " + name, sql, Column.MAX_TEXT_BYTES);
    comment.ifPresent(text -> Texts.check("the comment on " + name, text, Column.MAX_TEXT_BYTES));
    columns = List.copyOf(columns);
    checkColumns(name, columns);
  }

  public ViewSchema withId(long newId) {
    return new ViewSchema(newId, name, sql, columns, comment);
  }

  public ViewSchema withName(String newName) {
    return new ViewSchema(id, newName, sql, columns, comment);
  }

  public ViewSchema withComment(Optional<String> newComment) {
    return new ViewSchema(id, name, sql, columns, newComment);
  }

  private static void checkColumns(String view, List<String> columns) {
    if (columns.size() > TableSchema.MAX_COLUMNS) {
      throw new InvalidTypeException(
          Code.LIMIT,
          "view "
              + view
              + " has "
              + columns.size()
              + " columns, at most "
              + TableSchema.MAX_COLUMNS
              + " expected");
    }
    Set<String> names = new HashSet<>();
    for (String column : columns) {
      Texts.checkName("the name of a column of view " + view, column, Column.MAX_NAME_BYTES);
      if (!names.add(column)) {
        throw new InvalidTypeException(
            Code.COLUMN_EXISTS, "view " + view + " has two columns " + column + "; rename one");
      }
    }
  }
}
