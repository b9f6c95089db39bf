package io.versor.parser.ast;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code LIKE u [INCLUDING x | EXCLUDING x ...]} among the columns of CREATE TABLE.
 *
 * @param place how many columns stand before it
 * @param parts what is taken beside names, types and NOT NULL
 */
public record LikeClause(SqlIdentifier table, int place, Set<Part> parts) {
  /** What INCLUDING can name. */
  public enum Part {
    DEFAULTS,
    IDENTITY,
    COMMENTS,
    CONSTRAINTS,
    INDEXES
  }

  private static final String ALL = "ALL";

  /** What PostgreSQL's tables have and these do not. */
  private static final Set<String> NOTHING =
      Set.of("COMPRESSION", "GENERATED", "STATISTICS", "STORAGE");

  public LikeClause {
    parts = Set.copyOf(parts);
  }

  /** Adds or takes away what a word names. */
  public static void change(EnumSet<Part> parts, boolean including, String word, SqlParserPos at) {
    String name = word.toUpperCase(Locale.ROOT);
    EnumSet<Part> named = EnumSet.noneOf(Part.class);
    for (Part part : Part.values()) {
      if (name.equals(ALL) || name.equals(part.name())) {
        named.add(part);
      }
    }
    if (named.isEmpty() && !NOTHING.contains(name)) {
      throw SyntaxFault.at(
          (including ? "INCLUDING " : "EXCLUDING ")
              + word
              + "; expected ALL, DEFAULTS, IDENTITY, COMMENTS, CONSTRAINTS or INDEXES",
          at);
    }
    if (including) {
      parts.addAll(named);
    } else {
      parts.removeAll(named);
    }
  }

  void unparse(SqlWriter writer) {
    VersorStatement.optional(writer, "LIKE", table);
    for (Part part : Part.values()) {
      if (parts.contains(part)) {
        VersorStatement.keywords(writer, "INCLUDING " + part);
      }
    }
  }
}
