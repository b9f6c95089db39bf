package io.versor.parser.ast;

import org.apache.calcite.sql.SqlWriter;

/** Who has the say over identity columns of rows that are inserted. */
public enum Overriding {
  /** Nothing is said: columns that are GENERATED ALWAYS take no values. */
  NONE,

  /** {@code OVERRIDING SYSTEM VALUE}: values that are given are stored. */
  SYSTEM,

  /** {@code OVERRIDING USER VALUE}: numbers take the places of values. */
  USER;

  void unparse(SqlWriter writer) {
    if (this != NONE) {
      VersorStatement.keywords(writer, "OVERRIDING " + this + " VALUE");
    }
  }
}
