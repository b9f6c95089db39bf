package io.versor.engine.function;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlJsonObjectFunction;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/**
 * JSON_OBJECT with its keys in the order they are written in, where Calcite's has them in that of a
 * hash table. Called from generated code.
 */
public final class JsonObjects {
  /** As the validator knows it: a key may come from a column that may be NULL. */
  public static final SqlFunction FUNCTION =
      new SqlJsonObjectFunction() {
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding call) {
          return call.getTypeFactory().createSqlType(SqlTypeName.VARCHAR);
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
          for (int i = 1; i < call.getOperandCount(); i += 2) {
            boolean text =
                SqlTypeUtil.inCharFamily(call.getOperandType(i))
                    || call.getOperandType(i).getSqlTypeName() == SqlTypeName.NULL;
            if (!text && throwOnFailure) {
              throw call.newError(Static.RESOURCE.expectedCharacter());
            }
            if (!text) {
              return false;
            }
          }
          return true;
        }
      };

  /** As the fallback executor runs it. */
  public static final SqlUserDefinedFunction CODE =
      BoxedCode.operator("JSON_OBJECT_IN_ORDER", ReturnTypes.VARCHAR, JsonObjects.class, "of");

  private JsonObjects() {}

  /**
   * Makes an object.
   *
   * @param pairs keys and values, one after the other
   */
  public static String of(SqlJsonConstructorNullClause nulls, @Nullable Object... pairs) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      Object key = pairs[i];
      if (key == null) {
        throw new FunctionException("22004", "a key of JSON_OBJECT is NULL; expected a text");
      }
      if (pairs[i + 1] != null || nulls == SqlJsonConstructorNullClause.NULL_ON_NULL) {
        object.put((String) key, pairs[i + 1]);
      }
    }
    return org.apache.calcite.runtime.JsonFunctions.jsonize(object);
  }
}
