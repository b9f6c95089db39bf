package io.versor.engine.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** Marks the queries in WITH that are random, for {@link SharedRows}. */
final class SharedSyntax {
  /** A condition that holds for all rows of a query that is to be computed once. */
  static final SqlFunction MARK =
      new SqlFunction(
          "SHARED_ROWS",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.BOOLEAN,
          null,
          OperandTypes.INTEGER,
          SqlFunctionCategory.SYSTEM) {
        @Override
        public boolean isDeterministic() {
          return false; // it stays where it is
        }

        @Override
        public RelDataType deriveType(
            SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
          return validateOperands(validator, scope, call); // not to be found by its name
        }
      };

  private int marked;

  /** Changes queries of WITH that are random, or read one that is, and are read more than once. */
  void mark(SqlWith with) {
    Set<String> random = new HashSet<>();
    List<SqlNode> items = with.withList;
    for (int i = 0; i < items.size(); i++) {
      SqlWithItem item = (SqlWithItem) items.get(i);
      if (isRecursive(item) || !RandomNames.isIn(item.query) && reads(item.query, random) == 0) {
        continue;
      }
      String name = name(item);
      random.add(name);
      int reads = reads(with.body, Set.of(name));
      for (SqlNode later : items.subList(i + 1, items.size())) {
        SqlWithItem reader = (SqlWithItem) later;
        int times = isRecursive(reader) ? 2 : 1; // it reads them in each round
        reads += times * reads(reader.query, Set.of(name));
      }
      if (reads > 1) {
        item.query = marked(item.query);
      }
    }
  }

  private static String name(SqlWithItem item) {
    return item.name.getSimple().toUpperCase(Locale.ROOT);
  }

  private static boolean isRecursive(SqlWithItem item) {
    return item.recursive.booleanValue() && reads(item.query, Set.of(name(item))) > 0;
  }

  private SqlNode marked(SqlNode query) {
    SqlParserPos place = query.getParserPosition();
    String name = "shared" + ++marked;
    SqlNode from = SqlStdOperatorTable.AS.createCall(place, query, new SqlIdentifier(name, place));
    SqlNode number = SqlLiteral.createExactNumeric(Integer.toString(marked), place);
    return Selects.of(
        place,
        List.of(SqlIdentifier.star(SqlParserPos.ZERO)),
        from,
        MARK.createCall(place, number));
  }

  /** How often one of some names stands in a query. */
  private static int reads(SqlNode query, Set<String> names) {
    int[] count = {0};
    query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            boolean found =
                id.isSimple() && names.contains(id.getSimple().toUpperCase(Locale.ROOT));
            count[0] += found ? 1 : 0;
            return null;
          }
        });
    return count[0];
  }
}
