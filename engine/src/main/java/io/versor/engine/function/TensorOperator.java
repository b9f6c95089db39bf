package io.versor.engine.function;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.TensorSqlType;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.TensorType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * A function of tensors as the planner knows it. NULL for any argument gives NULL.
 *
 * <p>Its type is computed from what its arguments are, extents included, so that a reduction of a
 * column of fixed shape has a known type before anything is read.
 */
final class TensorOperator extends SqlUserDefinedFunction {
  /** What an argument may be. */
  enum Kind {
    /** A tensor, or an array written in SQL. */
    TENSOR,
    /** A tensor or a number. */
    OPERAND,
    /** A whole number: an index, an extent, an axis. */
    INTEGER
  }

  private final transient Signature signature;
  private final boolean byName;

  private TensorOperator(
      String name,
      Method method,
      Signature signature,
      Function<Arguments, RelDataType> type,
      boolean byName) {
    super(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        binding -> type.apply(new Arguments(name, binding)),
        (binding, returns, operands) -> parameters(signature, binding, operands),
        signature,
        new TensorCallCode(name, method, signature));
    this.signature = signature;
    this.byName = byName;
  }

  /**
   * A function that is called by its name.
   *
   * @param method takes a {@link io.versor.engine.TensorValue} for a TENSOR, an Object for an
   *     OPERAND, an int for an INTEGER and {@code int[]} for the repeated ones; and, if it has one
   *     more parameter, the dtype of the result
   */
  static SqlOperator named(
      String name, Method method, Signature signature, Function<Arguments, RelDataType> type) {
    return new TensorOperator(name, method, signature, type, true);
  }

  /** What an operator or function of SQL's means for tensors; see {@link TensorCalls}. */
  static SqlOperator meaning(
      String name, Method method, Signature signature, Function<Arguments, RelDataType> type) {
    return new TensorOperator(name, method, signature, type, false);
  }

  /** Those that stand for an operator of SQL's are not looked up: they would be that one again. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    RelDataType type;
    if (byName) {
      type = super.deriveType(validator, scope, call);
    } else {
      for (SqlNode operand : call.getOperandList()) {
        validator.deriveType(scope, operand);
      }
      type = validateOperands(validator, scope, call);
    }
    if (call.getOperandList().stream().anyMatch(SqlDynamicParam.class::isInstance)) {
      typeParameters(new SqlCallBinding(validator, scope, call));
    }
    return type;
  }

  /** Parameters get their types here: in ORDER BY the validator asks for them nowhere else. */
  private void typeParameters(SqlCallBinding binding) {
    RelDataType[] types = new RelDataType[binding.getOperandCount()];
    parameters(signature, binding, types);
    for (int i = 0; i < types.length; i++) {
      if (binding.operand(i) instanceof SqlDynamicParam parameter) {
        binding.getValidator().setValidatedNodeType(parameter, types[i]);
      }
    }
  }

  /** Types of parameters: of a tensor that stands beside it, else any. */
  private static void parameters(
      Signature signature, SqlCallBinding binding, RelDataType[] operands) {
    VersorTypeFactory factory = (VersorTypeFactory) binding.getTypeFactory();
    RelDataType beside = factory.createSqlType(SqlTypeName.ANY);
    for (SqlNode operand : binding.operands()) {
      if (!(operand instanceof SqlDynamicParam)
          && binding.getValidator().getValidatedNodeTypeIfKnown(operand)
              instanceof TensorSqlType tensor) {
        beside = tensor;
      }
    }
    for (int i = 0; i < operands.length; i++) {
      RelDataType type =
          signature.kind(i) == Kind.INTEGER ? factory.createSqlType(SqlTypeName.INTEGER) : beside;
      operands[i] = factory.createTypeWithNullability(type, true);
    }
  }

  /**
   * How many arguments of what kinds.
   *
   * @param kinds of the first ones
   * @param optional how many of these may be left out at the end
   * @param repeated whether the last may come again
   */
  record Signature(List<Kind> kinds, int optional, boolean repeated) implements SqlOperandMetadata {
    /** As many numbers as a tensor can have extents, behind the tensor itself. */
    private static final int MAX_ARGUMENTS = 1 + io.versor.format.type.Shape.MAX_RANK;

    static Signature of(Kind... kinds) {
      return new Signature(List.of(kinds), 0, false);
    }

    /** The last one may be missing. */
    Signature orLess() {
      return new Signature(kinds, optional + 1, repeated);
    }

    /** The last one may come more than once. */
    Signature orMore() {
      return new Signature(kinds, optional, true);
    }

    Kind kind(int i) {
      return kinds.get(Math.min(i, kinds.size() - 1));
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      for (int i = 0; i < binding.getOperandCount(); i++) {
        if (!admits(kind(i), binding.getOperandType(i))) {
          if (throwOnFailure) {
            throw binding.newValidationSignatureError();
          }
          return false;
        }
      }
      return true;
    }

    private static boolean admits(Kind kind, RelDataType type) {
      SqlTypeName name = type.getSqlTypeName();
      boolean tensor = name == SqlTypeName.ANY || type.getComponentType() != null;
      boolean unknown = name == SqlTypeName.NULL || name == SqlTypeName.UNKNOWN;
      return unknown
          || switch (kind) {
            case TENSOR -> tensor;
            case OPERAND -> tensor || SqlTypeName.NUMERIC_TYPES.contains(name);
            case INTEGER ->
                SqlTypeName.INT_TYPES.contains(name)
                    || name == SqlTypeName.ANY && !(type instanceof TensorSqlType);
          };
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      int least = kinds.size() - optional;
      return SqlOperandCountRanges.between(least, repeated ? MAX_ARGUMENTS : kinds.size());
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < kinds.size(); i++) {
        String word = kinds.get(i).name();
        words.add(i >= kinds.size() - optional ? "[" + word + "]" : word);
      }
      return name + "(" + String.join(", ", words) + (repeated ? ", …)" : ")");
    }

    @Override
    public boolean isFixedParameters() {
      return false;
    }

    @Override
    public List<RelDataType> paramTypes(RelDataTypeFactory factory) {
      return List.of();
    }

    @Override
    public List<String> paramNames() {
      return List.of();
    }
  }

  /** The arguments of a call, as far as they are known before anything runs. */
  static final class Arguments {
    private final String name;
    private final SqlOperatorBinding binding;

    Arguments(String name, SqlOperatorBinding binding) {
      this.name = name;
      this.binding = binding;
    }

    int count() {
      return binding.getOperandCount();
    }

    VersorTypeFactory factory() {
      return (VersorTypeFactory) binding.getTypeFactory();
    }

    boolean isTensor(int i) {
      RelDataType type = binding.getOperandType(i);
      return type instanceof TensorSqlType || type.getComponentType() != null;
    }

    RelDataType type(int i) {
      return binding.getOperandType(i);
    }

    /** The tensor type of an argument; refused for a parameter that nothing tells a type. */
    TensorType tensor(int i) {
      RelDataType given = binding.getOperandType(i);
      TensorType type = SqlTypes.toTensor(given);
      if (given.getComponentType() != null && type.shape().rank() == 0) {
        throw refused("42883", "argument " + (i + 1) + " is a list of " + given.getComponentType());
      }
      if (!isTensor(i) || type.shape().rank() == 0) {
        throw refused(
            "42P18",
            "argument "
                + (i + 1)
                + " has no known type; CAST it, as in CAST(? AS TENSOR(FLOAT32, *))");
      }
      return type;
    }

    /** An argument that is written as a number. */
    OptionalInt literal(int i) {
      if (i >= count() || !binding.isOperandLiteral(i, false)) {
        return OptionalInt.empty();
      }
      Integer value = binding.getOperandLiteralValue(i, Integer.class);
      return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    RelDataType returns(TensorType type) {
      return factory()
          .createTypeWithNullability(SqlTypes.toSql(type, false, factory()), isNullable());
    }

    RelDataType returns(SqlTypeName type) {
      return factory().createTypeWithNullability(factory().createSqlType(type), isNullable());
    }

    /** Of a function that has no answer for some values. */
    RelDataType orNull(RelDataType type) {
      return factory().createTypeWithNullability(type, true);
    }

    private boolean isNullable() {
      return binding.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
    }

    Carried refused(String state, String fault) {
      return new Carried(new StatementException(state, name + ": " + fault));
    }
  }
}
