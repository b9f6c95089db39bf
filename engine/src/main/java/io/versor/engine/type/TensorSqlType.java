package io.versor.engine.type;

import io.versor.format.type.TensorType;
import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Samples with at least one extent, as a type of the planner. To it they are opaque: equal or not,
 * passed to functions, never ordered. Its values on the fallback executor are {@link
 * io.versor.engine.TensorValue}s.
 */
public final class TensorSqlType extends AbstractSqlType {
  private static final long serialVersionUID = 1L;

  private final transient TensorType tensor;

  TensorSqlType(TensorType tensor, boolean nullable) {
    super(SqlTypeName.ANY, nullable, null);
    this.tensor = tensor;
    computeDigest();
  }

  /** What the samples are. */
  public TensorType tensor() {
    return tensor;
  }

  TensorSqlType withNullability(boolean nullable) {
    return nullable == isNullable() ? this : new TensorSqlType(tensor, nullable);
  }

  @Override
  public RelDataTypeFamily getFamily() {
    return SqlTypeFamily.ANY;
  }

  @Override
  protected void generateTypeString(StringBuilder out, boolean withDetail) {
    out.append(TypeText.of(tensor));
  }
}
