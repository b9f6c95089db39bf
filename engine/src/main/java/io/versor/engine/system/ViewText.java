package io.versor.engine.system;

import io.versor.engine.type.SqlText;
import io.versor.format.type.ViewSchema;
import java.util.stream.Collectors;

/** A view as SQL. */
public final class ViewText {
  private ViewText() {}

  /** Its query, behind the names of its columns if it gives any: {@code (a, b) AS SELECT …}. */
  static String definition(ViewSchema view) {
    return view.columns().isEmpty() ? view.sql() : columns(view) + " AS " + view.sql();
  }

  private static String columns(ViewSchema view) {
    return view.columns().stream().map(SqlText::name).collect(Collectors.joining(", ", "(", ")"));
  }

  /** The statements that make one like it: what SHOW CREATE VIEW shows. */
  public static String create(ViewSchema view) {
    String name = SqlText.name(view.name());
    String columns = view.columns().isEmpty() ? "" : " " + columns(view);
    return "CREATE VIEW "
        + name
        + columns
        + " AS\n"
        + view.sql()
        + view.comment()
            .map(text -> ";\nCOMMENT ON VIEW " + name + " IS " + SqlText.quoted(text))
            .orElse("");
  }
}
