package io.versor.engine.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * Around a constant that stands for many of its type; see {@link ListedConstants}. Calcite takes
 * calls for equal whose operators have the same name, so the name is made of all of them.
 */
final class ListedOperator extends SqlFunction {
  private final List<SqlNode> values;

  /**
   * @param type of all of them
   * @param values literals, or CASTs of literals
   */
  ListedOperator(String type, List<SqlNode> values) {
    super(
        "LISTED " + digest(type, values),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        null,
        OperandTypes.ANY,
        SqlFunctionCategory.SYSTEM);
    this.values = List.copyOf(values);
  }

  List<SqlNode> values() {
    return values;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    return validateOperands(validator, scope, call); // not to be found by its name
  }

  /** All are of one type. */
  private static String digest(String type, List<SqlNode> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(type.getBytes(UTF_8));
      for (SqlNode value : values) {
        digest.update(text(value).getBytes(UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String text(SqlNode value) {
    return value instanceof SqlLiteral literal
        ? String.valueOf(literal.toValue())
        : text(((SqlCall) value).operand(0));
  }
}
