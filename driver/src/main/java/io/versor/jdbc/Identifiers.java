package io.versor.jdbc;

import io.versor.parser.ReservedWords;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.regex.Pattern;

/** Names as a statement writes them: as they are, or in double quotes. */
final class Identifiers {
  /** Longest name of a table, a column or a branch, in bytes of UTF-8. */
  static final int MAX_BYTES = 255;

  /**
   * Reserved words that SQL:2003 does not have: those of later standards, of the planner, and ours.
   */
  static final String BEYOND_SQL_2003 =
      "ARRAY_MAX_CARDINALITY,ASOF,BEGIN_FRAME,BEGIN_PARTITION,BIT,CLASSIFIER,CONTAINS,"
          + "CURRENT_CATALOG,CURRENT_ROW,CURRENT_SCHEMA,DATETIME,DEFINE,DISALLOW,END_FRAME,"
          + "END_PARTITION,EQUALS,EXPLAIN,EXTEND,FIRST_VALUE,FRAME_ROW,FRIDAY,IMPORT,INITIAL,"
          + "JSON_ARRAY,JSON_ARRAYAGG,JSON_EXISTS,JSON_OBJECT,JSON_OBJECTAGG,JSON_QUERY,JSON_SCOPE,"
          + "JSON_VALUE,LAG,LAST_VALUE,LEAD,LIKE_REGEX,LIMIT,MATCHES,MATCH_CONDITION,MATCH_NUMBER,"
          + "MATCH_RECOGNIZE,MEASURE,MEASURES,MINUS,MONDAY,NEXT,NTH_VALUE,NTILE,OCCURRENCES_REGEX,"
          + "OFFSET,OMIT,PER,PERMUTE,PORTION,POSITION_REGEX,PRECEDES,PREV,QUALIFY,RETURNING,"
          + "SAFE_CAST,SAFE_OFFSET,SAFE_ORDINAL,SATURDAY,SEEK,SKIP,STREAM,SUBSET,SUBSTRING_REGEX,"
          + "SUCCEEDS,SUNDAY,SYSTEM_TIME,THURSDAY,TINYINT,TRANSLATE_REGEX,TRIM_ARRAY,TRUNCATE,"
          + "TRY_CAST,TUESDAY,UNSIGNED,UPSERT,UUID,VALUE_OF,VARBINARY,VARIANT,VERSIONING,WEDNESDAY";

  private static final Pattern PLAIN = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");
  private static final Pattern QUOTED = Pattern.compile("\".+\"", Pattern.DOTALL);

  private Identifiers() {}

  /** Whether a statement may have it without quotes. */
  static boolean isSimple(String name) {
    return name.length() <= MAX_BYTES
        && PLAIN.matcher(name).matches()
        && !ReservedWords.contains(name);
  }

  /** The name, in quotes where it needs them or {@code always}; quotes around it are kept. */
  static String enquoted(String name, boolean always) throws SQLException {
    if (!always && isSimple(name)) {
      return name;
    }
    String bare = QUOTED.matcher(name).matches() ? name.substring(1, name.length() - 1) : name;
    int bytes = bare.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > MAX_BYTES || bare.indexOf('"') >= 0 || bare.indexOf('\0') >= 0) {
      throw new SQLSyntaxErrorException(
          "no identifier: one has 1 to "
              + MAX_BYTES
              + " bytes, none of them a quote, found "
              + name,
          SqlStates.INVALID_NAME);
    }
    return '"' + bare + '"';
  }
}
