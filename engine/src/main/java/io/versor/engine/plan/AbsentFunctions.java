package io.versor.engine.plan;

import java.util.Locale;
import java.util.Map;

/** Functions of other databases that do not exist here, and what does their work. */
final class AbsentFunctions {
  private static final String NUMBERS =
      "; there are no sequences: RETURNING gives the numbers of identity columns";
  private static final String DATABASE =
      "; a store is the database, and CURRENT_SCHEMA is the branch";

  private static final String MONTHS = "; an interval has days and times, or months, never both";
  private static final String CASTS =
      "; ask first: CASE WHEN x ~ '^-?[0-9]+$' THEN CAST(x AS INTEGER) END";

  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("NEXTVAL", NUMBERS),
          Map.entry("CURRVAL", NUMBERS),
          Map.entry("LASTVAL", NUMBERS),
          Map.entry("SETVAL", NUMBERS),
          Map.entry("LAST_INSERT_ID", NUMBERS),
          Map.entry("DATABASE", DATABASE),
          Map.entry("JUSTIFY_HOURS", "; an interval of 27 hours is one of a day and 3 hours"),
          Map.entry("JUSTIFY_DAYS", MONTHS),
          Map.entry("JUSTIFY_INTERVAL", MONTHS),
          Map.entry("TRY_CAST", CASTS),
          Map.entry("SAFE_CAST", CASTS),
          Map.entry("REGEXP_MATCHES", "; it stands in FROM, and REGEXP_MATCH gives the first one"),
          Map.entry("GROUP_CONCAT", "; it is STRING_AGG(text, separator ORDER BY …)"),
          Map.entry("CURRENT_SETTING", "; there are no settings of a session"),
          Map.entry("SET_CONFIG", "; there are no settings of a session"),
          Map.entry("MERGE_ACTION", "; MERGE_ACTION() stands in RETURNING of MERGE INTO"));

  private AbsentFunctions() {}

  /** Behind the name of a function that is not there; may be empty. */
  static String hint(String name) {
    return INSTEAD.getOrDefault(name.toUpperCase(Locale.ROOT), "");
  }
}
