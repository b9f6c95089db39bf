package io.versor.engine;

/**
 * What a {@code ?} stands for, as far as the statement tells.
 *
 * @param jdbcType of {@link java.sql.Types}; OTHER if anything goes
 * @param precision digits, characters or bytes; 0 if unlimited or meaningless
 */
public record ParameterInfo(
    int jdbcType, String typeName, int precision, int scale, boolean nullable) {}
