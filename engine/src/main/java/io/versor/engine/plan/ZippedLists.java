package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.TensorValue;
import io.versor.engine.function.JavaFunction;
import io.versor.engine.type.Carried;
import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.TensorSqlType;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.FlatLists;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * {@code UNNEST(a, b)}: the first elements side by side, the second ones, and so on, with NULLs
 * behind the end of the shorter array. Calcite pairs each element with each. Here it unnests one
 * list of rows. Public because generated code calls it.
 */
public final class ZippedLists {
  /** A method for each number of arrays. */
  private static final int MOST = 6;

  private ZippedLists() {}

  static boolean is(SqlCall call) {
    return call.getKind() == SqlKind.UNNEST && call.operandCount() > 1;
  }

  /** The same with one operand. */
  static SqlCall unnest(SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    int count = call.operandCount();
    if (count > MOST) {
      throw new Carried(
          new StatementException(
              "54001",
              "UNNEST of " + count + " arrays; expected at most " + MOST,
              place.getLineNum(),
              place.getColumnNum()));
    }
    SqlNode rows = operator(count).createCall(place, call.getOperandList());
    return call.getOperator().createCall(place, rows);
  }

  private static SqlUserDefinedFunction operator(int count) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier("ZIP_LISTS", SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ZippedLists::rows,
        null,
        OperandTypes.operandMetadata(
            Collections.nCopies(count, SqlTypeFamily.ANY),
            factory -> List.of(),
            i -> "arg" + i,
            i -> false),
        JavaFunction.of(ZippedLists.class, "zip" + count)) {
      /** There is one for each number of arrays, so it cannot be found by its name. */
      @Override
      public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        for (SqlNode operand : call.getOperandList()) {
          validator.deriveType(scope, operand);
        }
        return validateOperands(validator, scope, call);
      }
    };
  }

  private static RelDataType rows(SqlOperatorBinding binding) {
    VersorTypeFactory factory = (VersorTypeFactory) binding.getTypeFactory();
    RelDataTypeFactory.Builder row = factory.builder();
    for (int i = 0; i < binding.getOperandCount(); i++) {
      RelDataType array = binding.getOperandType(i);
      RelDataType element =
          array instanceof TensorSqlType tensor
              ? SqlTypes.toSql(TensorType.scalar(tensor.tensor().dtype()), true, factory)
              : array.getComponentType();
      if (element == null) {
        throw new Carried(
            new StatementException(
                "42804", "UNNEST of " + array + ", argument " + (i + 1) + "; expected an array"));
      }
      row.add("EXPR$" + i, factory.createTypeWithNullability(element, true));
    }
    return factory.createArrayType(row.build(), -1);
  }

  public static List<?> zip2(@Nullable Object a, @Nullable Object b) {
    return zipped(a, b);
  }

  public static List<?> zip3(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
    return zipped(a, b, c);
  }

  public static List<?> zip4(
      @Nullable Object a, @Nullable Object b, @Nullable Object c, @Nullable Object d) {
    return zipped(a, b, c, d);
  }

  public static List<?> zip5(
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Object c,
      @Nullable Object d,
      @Nullable Object e) {
    return zipped(a, b, c, d, e);
  }

  public static List<?> zip6(
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Object c,
      @Nullable Object d,
      @Nullable Object e,
      @Nullable Object f) {
    return zipped(a, b, c, d, e, f);
  }

  private static List<?> zipped(@Nullable Object... arrays) {
    int longest = 0;
    for (Object array : arrays) {
      longest = Math.max(longest, length(array));
    }
    List<@Nullable Object> rows = new ArrayList<>(longest);
    for (int i = 0; i < longest; i++) {
      @Nullable Object[] row = new Object[arrays.length];
      for (int column = 0; column < row.length; column++) {
        Object array = arrays[column];
        row[column] = array == null || i >= length(array) ? null : element(array, i);
      }
      rows.add(FlatLists.copyOf(row));
    }
    return rows;
  }

  private static int length(@Nullable Object array) {
    return array instanceof TensorValue tensor
        ? tensor.elements()
        : array instanceof List<?> list ? list.size() : 0;
  }

  private static @Nullable Object element(Object array, int i) {
    return array instanceof TensorValue tensor ? tensor.elementAt(i) : ((List<?>) array).get(i);
  }
}
