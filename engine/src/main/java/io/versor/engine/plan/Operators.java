package io.versor.engine.plan;

import io.versor.engine.function.VersorOperators;
import java.util.EnumSet;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** Functions and operators there are: the standard's, PostgreSQL's, and those on tensors. */
final class Operators {
  static final SqlOperatorTable TABLE =
      SqlOperatorTables.chain(
          VersorOperators.table(),
          SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
              EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL)));

  private Operators() {}
}
