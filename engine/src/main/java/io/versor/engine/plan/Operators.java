package io.versor.engine.plan;

import io.versor.engine.function.VersorOperators;
import java.util.EnumSet;
import java.util.List;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.util.SqlOperatorTables;

/**
 * Functions and operators there are: the standard's, PostgreSQL's, those on tensors, and what other
 * databases have made customary under names that mean the same everywhere.
 */
final class Operators {
  private static final SqlOperatorTable CUSTOMARY =
      SqlOperatorTables.of(
          List.of(
              SqlLibraryOperators.REVERSE,
              SqlLibraryOperators.NVL,
              SqlLibraryOperators.IF,
              SqlLibraryOperators.IFNULL,
              SqlLibraryOperators.DECODE,
              SqlLibraryOperators.REGEXP_LIKE,
              SqlLibraryOperators.LEVENSHTEIN,
              SqlLibraryOperators.SOUNDEX,
              SqlLibraryOperators.SPACE,
              SqlLibraryOperators.LOG2));

  static final SqlOperatorTable TABLE =
      SqlOperatorTables.chain(
          VersorOperators.table(),
          SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
              EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL)),
          CUSTOMARY);

  private Operators() {}
}
