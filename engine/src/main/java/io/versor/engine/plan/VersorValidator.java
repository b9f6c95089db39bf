package io.versor.engine.plan;

import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.function.TensorCalls;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.jspecify.annotations.Nullable;

/** Calcite's validator, but {@code *} leaves hidden columns out. */
final class VersorValidator extends SqlValidatorImpl {
  private final Set<Long> stars = new HashSet<>();

  VersorValidator(
      SqlOperatorTable operators,
      CalciteCatalogReader catalog,
      io.versor.engine.type.VersorTypeFactory types,
      Config config) {
    super(operators, catalog, types, config);
  }

  @Override
  public SqlNode validate(SqlNode top) {
    top.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            if (id.isStar()) {
              stars.add(start(id.getParserPosition()));
            }
            return null;
          }
        });
    return super.validate(top);
  }

  /** An operator between tensors is another one than between numbers. */
  @Override
  public RelDataType deriveType(SqlValidatorScope scope, SqlNode expr) {
    if (expr instanceof SqlBasicCall call) {
      TensorCalls.resolve(call, operand -> deriveType(scope, operand));
    }
    return super.deriveType(scope, expr);
  }

  private static long start(SqlParserPos place) {
    return (long) place.getLineNum() << 32 | place.getColumnNum();
  }

  /**
   * Called for each column a star stands for, with the star's own place, and for each item of the
   * list that is no star, with its place.
   */
  @Override
  protected void addToSelectList(
      List<SqlNode> list,
      Set<String> aliases,
      List<Map.Entry<String, RelDataType>> fields,
      SqlNode item,
      SelectScope scope,
      boolean includeSystemVars) {
    boolean fromStar =
        item instanceof SqlIdentifier && stars.contains(start(item.getParserPosition()));
    if (fromStar && isHidden((SqlIdentifier) item, scope)) {
      return;
    }
    super.addToSelectList(list, aliases, fields, item, scope, includeSystemVars);
  }

  private static boolean isHidden(SqlIdentifier id, SelectScope scope) {
    String name = id.names.get(id.names.size() - 1);
    if (!name.startsWith("_") && !name.endsWith(Field.LABEL_ID_SUFFIX)) {
      return false;
    }
    SqlQualified qualified = scope.fullyQualify(id);
    if (qualified.namespace == null) {
      return false;
    }
    SqlValidatorTable table = qualified.namespace.getTable();
    VersorTable source = table == null ? null : table.unwrap(VersorTable.class);
    return source != null
        && source.fields().stream().anyMatch(field -> field.hidden() && field.name().equals(name));
  }
}
