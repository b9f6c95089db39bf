package io.versor.engine.type;

import io.versor.parser.VersorParser;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParseException;

/** Names and texts as SQL writes them. */
public final class SqlText {
  private SqlText() {}

  public static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name, in quotes where it would not be read as one without. */
  public static String name(String name) {
    return isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean isPlain(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return false;
    }
    try {
      SqlSelect query = (SqlSelect) VersorParser.parse("SELECT " + name + " FROM " + name);
      return query.getSelectList().get(0) instanceof SqlIdentifier
          && query.getFrom() instanceof SqlIdentifier;
    } catch (SqlParseException e) {
      return false; // a word of the grammar
    }
  }
}
