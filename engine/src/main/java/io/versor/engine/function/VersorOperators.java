package io.versor.engine.function;

import io.versor.engine.type.TensorSqlType;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import io.versor.format.type.TensorType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** The functions as the planner knows them. */
public final class VersorOperators {
  private static final SqlReturnTypeInference INTEGERS =
      call -> nullableAs(call, integers(call.getTypeFactory()));

  private static final SqlReturnTypeInference PICTURE =
      call ->
          tensor(
              call,
              TensorType.tensor(Dtype.UINT8, Shape.of(Shape.RAGGED, Shape.RAGGED, Shape.RAGGED)));

  private static final SqlReturnTypeInference TEXT =
      ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE);

  private static final Set<String> WITHOUT_PARENTHESES = Set.of("CURRENT_BRANCH", "CURRENT_COMMIT");

  /** What Calcite parses as CURRENT_SCHEMA, and cannot compute. */
  public static final SqlOperator CURRENT_SCHEMA = asks("SESSION_SCHEMA", "currentSchema", TEXT);

  /** And CURRENT_CATALOG. */
  public static final SqlOperator CURRENT_DATABASE =
      asks("CURRENT_DATABASE", "currentDatabase", TEXT);

  private static final SqlOperatorTable TABLE = SqlOperatorTables.of(operators());

  private VersorOperators() {}

  /** All of them. */
  public static SqlOperatorTable table() {
    return TABLE;
  }

  /**
   * The function of so many arguments. Where one name stands for several, they differ in that; a
   * choice by type would refuse parameters, whose types depend on it.
   */
  public static Optional<SqlOperator> byCount(String name, int arguments) {
    return TABLE.getOperatorList().stream()
        .filter(each -> each.getName().equalsIgnoreCase(name))
        .filter(each -> each.getOperandCountRange().isValidCount(arguments))
        .findFirst();
  }

  private static List<SqlOperator> operators() {
    List<SqlOperator> all = new ArrayList<>();
    all.add(function("SHAPE", "shape", INTEGERS, true, SqlTypeFamily.ANY));
    all.add(
        function(
            "IMAGE_WIDTH", "imageWidth", ReturnTypes.INTEGER_NULLABLE, true, SqlTypeFamily.BINARY));
    all.add(
        function(
            "IMAGE_HEIGHT",
            "imageHeight",
            ReturnTypes.INTEGER_NULLABLE,
            true,
            SqlTypeFamily.BINARY));
    all.add(function("DECODE_IMAGE", "decodeImage", PICTURE, true, SqlTypeFamily.BINARY));
    all.add(
        function(
            "ENCODE_IMAGE",
            "encodeImage",
            ReturnTypes.VARBINARY_NULLABLE,
            true,
            SqlTypeFamily.ANY,
            SqlTypeFamily.CHARACTER));
    all.addAll(TensorOperators.all());
    // Not deterministic: the planner must not read files, and the same path may give other bytes.
    all.add(
        function(
            "READ_FILE",
            "readFile",
            ReturnTypes.VARBINARY_NULLABLE,
            false,
            SqlTypeFamily.CHARACTER));
    // Nor are these: the same question has another answer after the next commit.
    all.add(asks("CURRENT_BRANCH", "currentBranch", TEXT));
    all.add(asks("CURRENT_COMMIT", "currentCommit", TEXT));
    all.add(CURRENT_DATABASE);
    all.add(asks("VERSION", "version", TEXT));
    all.add(
        asks(
            "IS_ANCESTOR",
            "isAncestor",
            ReturnTypes.BOOLEAN_NULLABLE,
            SqlTypeFamily.CHARACTER,
            SqlTypeFamily.CHARACTER));
    all.add(
        asks("MERGE_BASE", "mergeBase", TEXT, SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER));
    all.add(asks("TABLE_HASH", "tableHash", TEXT, SqlTypeFamily.CHARACTER));
    all.add(
        asks("TABLE_HASH", "tableHashAt", TEXT, SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER));
    return all;
  }

  /** A function about versions. */
  private static SqlOperator asks(
      String name, String method, SqlReturnTypeInference returns, SqlTypeFamily... operands) {
    return function(
        name, TensorCallCode.method(VersionFunctions.class, method), returns, false, operands);
  }

  private static SqlOperator function(
      String name,
      String method,
      SqlReturnTypeInference returns,
      boolean deterministic,
      SqlTypeFamily... operands) {
    return function(
        name,
        TensorCallCode.method(TensorFunctions.class, method),
        returns,
        deterministic,
        operands);
  }

  private static SqlOperator function(
      String name,
      Method method,
      SqlReturnTypeInference returns,
      boolean deterministic,
      SqlTypeFamily... operands) {
    SqlOperandMetadata metadata =
        OperandTypes.operandMetadata(
            List.of(operands),
            factory -> Arrays.stream(operands).map(family -> sample(family, factory)).toList(),
            i -> "arg" + i,
            i -> false);
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        returns,
        parameters(operands),
        metadata,
        JavaFunction.of(method)) {
      @Override
      public boolean isDeterministic() {
        return deterministic;
      }

      /** A comparison asks for its operands' types before parameters have any. */
      @Override
      public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        for (int i = 0; i < operands.length; i++) {
          if (operands[i] != SqlTypeFamily.ANY
              && call.operandCount() == operands.length
              && call.operand(i) instanceof SqlDynamicParam parameter) {
            validator.setValidatedNodeType(
                parameter, sample(operands[i], validator.getTypeFactory()));
          }
        }
        return super.deriveType(validator, scope, call);
      }

      /**
       * CURRENT_BRANCH needs no parentheses, as CURRENT_DATE does not; the name of any other
       * function alone is a column's, as VERSION is of many.
       */
      @Override
      public SqlSyntax getSyntax() {
        return WITHOUT_PARENTHESES.contains(name) ? SqlSyntax.FUNCTION_ID : super.getSyntax();
      }
    };
  }

  /** Types of parameters: of a tensor that stands beside it, else what the function takes. */
  private static SqlOperandTypeInference parameters(SqlTypeFamily... operands) {
    return (call, returnType, operandTypes) -> {
      RelDataType tensor = null;
      for (int i = 0; i < operandTypes.length; i++) {
        boolean known = !(call.getCall().operand(i) instanceof SqlDynamicParam);
        if (known && call.getOperandType(i) instanceof TensorSqlType type) {
          tensor = type;
        }
      }
      for (int i = 0; i < operandTypes.length; i++) {
        operandTypes[i] =
            operands[i] == SqlTypeFamily.ANY && tensor != null
                ? tensor
                : sample(operands[i], call.getTypeFactory());
      }
    };
  }

  private static RelDataType sample(SqlTypeFamily family, RelDataTypeFactory factory) {
    SqlTypeName name =
        switch (family) {
          case CHARACTER -> SqlTypeName.VARCHAR;
          case BINARY -> SqlTypeName.VARBINARY;
          case INTEGER -> SqlTypeName.INTEGER;
          default -> SqlTypeName.ANY;
        };
    return factory.createTypeWithNullability(factory.createSqlType(name), true);
  }

  private static RelDataType integers(RelDataTypeFactory factory) {
    return factory.createArrayType(factory.createSqlType(SqlTypeName.INTEGER), -1);
  }

  private static RelDataType nullableAs(SqlOperatorBinding call, RelDataType type) {
    boolean nullable = call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
    return call.getTypeFactory().createTypeWithNullability(type, nullable);
  }

  private static RelDataType tensor(SqlOperatorBinding call, TensorType type) {
    boolean nullable = call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
    return ((VersorTypeFactory) call.getTypeFactory()).createTensorType(type, nullable);
  }
}
