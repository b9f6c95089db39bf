package io.versor.engine.plan;

import io.versor.engine.function.VersorOperators;
import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.TensorSqlType;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.TensorType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** {@code UNNEST(x)} of a tensor: a row for each number, as of an array; all dimensions in one. */
final class TensorUnnest {
  private TensorUnnest() {}

  /** What is unnested in the place of a tensor: an array of all its numbers. */
  static SqlNode array(SqlNode operand, TensorSqlType type, VersorTypeFactory types) {
    SqlParserPos pos = operand.getParserPosition();
    SqlNode flat =
        type.tensor().shape().rank() == 1
            ? operand
            : VersorOperators.byCount("FLATTEN", 1).orElseThrow().createCall(pos, operand);
    return cast(flat, type, 1, types);
  }

  /** The tensor as arrays of arrays. */
  static SqlNode nested(SqlNode operand, TensorSqlType type, VersorTypeFactory types) {
    return cast(operand, type, type.tensor().shape().rank(), types);
  }

  private static SqlNode cast(
      SqlNode operand, TensorSqlType type, int levels, VersorTypeFactory types) {
    SqlParserPos pos = operand.getParserPosition();
    RelDataType element = SqlTypes.toSql(TensorType.scalar(type.tensor().dtype()), false, types);
    SqlTypeNameSpec name =
        element.getSqlTypeName() == SqlTypeName.DECIMAL
            ? new SqlBasicTypeNameSpec(
                SqlTypeName.DECIMAL, element.getPrecision(), element.getScale(), pos)
            : new SqlBasicTypeNameSpec(element.getSqlTypeName(), pos);
    for (int level = 0; level < levels; level++) {
      name = new SqlCollectionTypeNameSpec(name, SqlTypeName.ARRAY, pos);
    }
    return SqlStdOperatorTable.CAST.createCall(pos, operand, new SqlDataTypeSpec(name, pos));
  }

  /** Puts arrays in the place of tensors that a call of UNNEST has. */
  static void resolve(
      SqlCall unnest,
      java.util.function.Function<SqlNode, RelDataType> typeOf,
      VersorTypeFactory types) {
    for (int i = 0; i < unnest.operandCount(); i++) {
      if (typeOf.apply(unnest.operand(i)) instanceof TensorSqlType tensor) {
        unnest.setOperand(i, array(unnest.operand(i), tensor, types));
      }
    }
  }
}
