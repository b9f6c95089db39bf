package io.versor.engine.type;

import io.versor.engine.StatementException;
import io.versor.engine.TensorValue;
import io.versor.format.type.TensorType;
import io.versor.parser.ast.SqlTensorTypeSpec;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Makes types: text is UTF-8, and tensors are types of their own. */
public final class VersorTypeFactory extends JavaTypeFactoryImpl
    implements SqlTensorTypeSpec.TensorTypeDeriver {
  public VersorTypeFactory() {
    super(VersorTypeSystem.INSTANCE);
  }

  /** Of samples with at least one extent; see {@link SqlTypes#toSql} for all others. */
  public RelDataType createTensorType(TensorType tensor, boolean nullable) {
    return canonize(new TensorSqlType(tensor, nullable));
  }

  @Override
  public RelDataType deriveTensorType(SqlTensorTypeSpec spec) {
    return SqlTypes.toSql(Carried.through(() -> DeclaredTypes.tensor(spec)), false, this);
  }

  /**
   * An instant is one, however its zone was told. Columns have unsigned numbers, expressions the
   * next wider type: nothing would check them.
   */
  @Override
  public RelDataType createSqlType(SqlTypeName name) {
    if (SqlTypeName.UNSIGNED_TYPES.contains(name)) {
      throw refused(
          "no expression has the type "
              + name.getSpaceName()
              + ", which only columns have; CAST to the next wider type");
    }
    return super.createSqlType(known(name));
  }

  @Override
  public RelDataType createSqlType(SqlTypeName name, int precision) {
    return super.createSqlType(known(name), precision);
  }

  private static SqlTypeName known(SqlTypeName name) {
    return switch (name) {
      case TIMESTAMP_TZ -> SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
      case TIME_TZ, TIME_WITH_LOCAL_TIME_ZONE ->
          throw refused(
              "a TIME has no zone here, since its offset would depend on the day; use TIME, or"
                  + " TIMESTAMP WITH TIME ZONE");
      default -> name;
    };
  }

  private static Carried refused(String message) {
    return new Carried(new StatementException("0A000", message));
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  /** Times of the day are counted in microseconds, as timestamps are. */
  @Override
  public Type getJavaClass(RelDataType type) {
    if (type.getSqlTypeName() == SqlTypeName.TIME) {
      return type.isNullable() ? Long.class : long.class;
    }
    if (type.getSqlTypeName() == SqlTypeName.UUID) {
      return ByteString.class; // in the order of unsigned bytes, which java.util.UUID has not
    }
    if (type instanceof TensorSqlType) {
      return TensorValue.class;
    }
    return super.getJavaClass(type);
  }

  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    if (type instanceof TensorSqlType tensor) {
      return canonize(tensor.withNullability(nullable));
    }
    return super.createTypeWithNullability(type, nullable);
  }

  /** Null where tensors stand beside what has no common type with them. */
  @Override
  public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule casts) {
    if (types.stream().noneMatch(TensorSqlType.class::isInstance)) {
      return super.leastRestrictive(types, casts);
    }
    boolean nullable =
        types.stream().anyMatch(type -> type.isNullable() || CommonTypes.isUnknown(type));
    return CommonTypes.of(types).map(common -> createTensorType(common, nullable)).orElse(null);
  }
}
