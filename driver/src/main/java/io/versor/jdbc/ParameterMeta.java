package io.versor.jdbc;

import io.versor.engine.ParameterInfo;
import java.sql.ParameterMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the parameters of a prepared statement. */
final class ParameterMeta implements ParameterMetaData {
  private final List<ParameterInfo> parameters;

  ParameterMeta(List<ParameterInfo> parameters) {
    this.parameters = parameters;
  }

  private ParameterInfo parameter(int index) throws SQLException {
    if (index < 1 || index > parameters.size()) {
      throw new SQLDataException(
          "parameter " + index + " of a statement with " + parameters.size() + " parameters",
          SqlStates.INVALID_DESCRIPTOR_INDEX);
    }
    return parameters.get(index - 1);
  }

  @Override
  public int getParameterCount() {
    return parameters.size();
  }

  @Override
  public int isNullable(int index) throws SQLException {
    return parameter(index).nullable() ? parameterNullable : parameterNoNulls;
  }

  @Override
  public boolean isSigned(int index) throws SQLException {
    return TypeNames.signed(parameter(index).jdbcType());
  }

  @Override
  public int getPrecision(int index) throws SQLException {
    return parameter(index).precision();
  }

  @Override
  public int getScale(int index) throws SQLException {
    return parameter(index).scale();
  }

  @Override
  public int getParameterType(int index) throws SQLException {
    return parameter(index).jdbcType();
  }

  @Override
  public String getParameterTypeName(int index) throws SQLException {
    return parameter(index).typeName();
  }

  @Override
  public String getParameterClassName(int index) throws SQLException {
    return TypeNames.javaClass(parameter(index).jdbcType()).getName();
  }

  @Override
  public int getParameterMode(int index) throws SQLException {
    parameter(index);
    return parameterModeIn;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrap.as(type, this);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return Unwrap.is(type, this);
  }
}
