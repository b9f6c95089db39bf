package io.versor.engine.plan;

import static java.util.stream.Collectors.toSet;

import io.versor.engine.function.Aggregates;
import io.versor.engine.function.ScalarOperators;
import io.versor.engine.function.VersorOperators;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Functions and operators there are: the standard's, PostgreSQL's, those on tensors, and what other
 * databases have made customary under names that mean the same everywhere.
 */
final class Operators {
  private static final List<SqlOperator> CUSTOMARY =
      List.of(
          SqlLibraryOperators.REVERSE,
          SqlLibraryOperators.NVL,
          SqlLibraryOperators.NVL2,
          SqlLibraryOperators.IF,
          SqlLibraryOperators.IFNULL,
          SqlLibraryOperators.DECODE,
          SqlLibraryOperators.REGEXP_LIKE,
          SqlLibraryOperators.REGEXP_SUBSTR,
          SqlLibraryOperators.LEVENSHTEIN,
          SqlLibraryOperators.SOUNDEX,
          SqlLibraryOperators.SPACE,
          SqlLibraryOperators.LOG2,
          SqlLibraryOperators.ARRAY_APPEND,
          SqlLibraryOperators.ARRAY_CONCAT,
          SqlLibraryOperators.ARRAY_CONTAINS,
          SqlLibraryOperators.ARRAY_DISTINCT,
          SqlLibraryOperators.ARRAY_EXCEPT,
          SqlLibraryOperators.ARRAY_INTERSECT,
          SqlLibraryOperators.ARRAY_LENGTH,
          SqlLibraryOperators.ARRAY_MAX,
          SqlLibraryOperators.ARRAY_MIN,
          SqlLibraryOperators.ARRAY_POSITION,
          SqlLibraryOperators.ARRAY_PREPEND,
          SqlLibraryOperators.ARRAY_REMOVE,
          SqlLibraryOperators.ARRAY_REVERSE,
          SqlLibraryOperators.ARRAY_TO_STRING,
          SqlLibraryOperators.ARRAY_UNION,
          SqlLibraryOperators.SORT_ARRAY,
          SqlLibraryOperators.JSON_TYPE,
          SqlLibraryOperators.JSON_DEPTH,
          SqlLibraryOperators.JSON_LENGTH,
          SqlLibraryOperators.JSON_KEYS,
          SqlLibraryOperators.JSON_PRETTY,
          SqlLibraryOperators.JSON_REMOVE,
          SqlLibraryOperators.JSON_STORAGE_SIZE,
          SqlLibraryOperators.JSON_INSERT,
          SqlLibraryOperators.JSON_REPLACE,
          SqlLibraryOperators.JSON_SET);

  private static final List<SqlOperator> OWN =
      Stream.<SqlOperator>concat(ScalarOperators.all().stream(), Aggregates.all().stream())
          .toList();

  static final SqlOperatorTable TABLE =
      SqlOperatorTables.chain(
          VersorOperators.table(),
          SqlOperatorTables.of(OWN),
          new Rest(
              SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
                  EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL)),
              OWN.stream().map(SqlOperator::getName).collect(toSet())),
          SqlOperatorTables.of(CUSTOMARY));

  private Operators() {}

  /** Names of all functions, for finding one like a wrong name. */
  static Set<String> names() {
    return TABLE.getOperatorList().stream()
        .filter(SqlFunction.class::isInstance)
        .map(SqlOperator::getName)
        .filter(name -> name.matches("[A-Z][A-Z0-9_]*"))
        .collect(toSet());
  }

  /** Operators of a table, but functions whose names are taken. */
  private record Rest(SqlOperatorTable all, Set<String> taken) implements SqlOperatorTable {
    @Override
    public void lookupOperatorOverloads(
        SqlIdentifier name,
        @Nullable SqlFunctionCategory category,
        SqlSyntax syntax,
        List<SqlOperator> found,
        SqlNameMatcher matcher) {
      List<SqlOperator> known = new ArrayList<>();
      all.lookupOperatorOverloads(name, category, syntax, known, matcher);
      known.stream().filter(this::isFree).forEach(found::add);
    }

    private boolean isFree(SqlOperator operator) {
      return !(operator instanceof SqlFunction) || !taken.contains(operator.getName());
    }

    @Override
    public List<SqlOperator> getOperatorList() {
      return all.getOperatorList().stream().filter(this::isFree).toList();
    }
  }
}
