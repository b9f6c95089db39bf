package io.versor.clients.logictest;

import java.util.List;
import java.util.regex.Pattern;

/** What Versor does otherwise than the corpus on purpose: what is left out, and why. */
final class Differences {
  /** Records of the scripts whose names match, by their text. */
  private record Difference(Pattern script, Pattern sql) {
    static Difference of(String script, String sql) {
      return new Difference(
          Pattern.compile(script), Pattern.compile(sql, Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
    }
  }

  private static final List<Difference> ON_PURPOSE =
      List.of(
          // There are no indexes to create: statistics and key trees are always there.
          Difference.of(".*", "(CREATE (UNIQUE )?INDEX|DROP INDEX|REINDEX)\\b.*"),
          // There are no triggers.
          Difference.of(".*", "(CREATE|DROP) TRIGGER\\b.*"),
          // SQLite's and MySQL's REPLACE, and what it would have left; the standard's is MERGE.
          Difference.of(".*", "(INSERT OR REPLACE|REPLACE INTO)\\b.*"),
          Difference.of("evidence/slt_lang_replace.test", "SELECT x, y FROM t1 WHERE x=[234]"),
          // The standard refuses to set a column twice; and what SQLite would have set.
          Difference.of("evidence/slt_lang_update.test", "UPDATE t1 SET x=3, x=4, x=5"),
          Difference.of(
              "evidence/slt_lang_update.test", "SELECT count\\(\\*\\) FROM t1 WHERE x=[45]"),
          // An empty IN list is SQLite's.
          Difference.of("evidence/in[12].test", ".*\\bIN\\s*\\(\\s*\\)\\s*"),
          // Bytes are compared with bytes only, as PostgreSQL has it.
          Difference.of("evidence/in1.test", "SELECT x'\\w+' (NOT )?IN\\b.*"),
          // These columns are texts, and a text has no sign.
          Difference.of("index/random/.*", "SELECT( ALL| DISTINCT)? \\+ col[25]\\b.*"));

  private Differences() {}

  static boolean on(String script, LogicRecord step) {
    return ON_PURPOSE.stream()
        .anyMatch(
            each ->
                each.script().matcher(script).matches()
                    && each.sql().matcher(step.sql()).matches());
  }
}
