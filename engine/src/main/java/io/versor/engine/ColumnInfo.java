package io.versor.engine;

import io.versor.format.type.TensorType;

/**
 * A column of a result or of a table.
 *
 * @param label what the statement calls it
 * @param name of the column it comes from; the label if it comes from none
 * @param table it comes from, or empty
 * @param schema of that table (branch, commit id or {@code versor}), or empty
 * @param jdbcType of {@link java.sql.Types}
 * @param typeName in SQL: {@code INTEGER}, {@code IMAGE}, {@code TENSOR}
 * @param precision digits, characters or bytes; 0 if unlimited or meaningless
 * @param type the tensor's, or what a tensor with these values would have
 * @param writable whether an UPDATE of its table may set it
 */
public record ColumnInfo(
    String label,
    String name,
    String table,
    String schema,
    int jdbcType,
    String typeName,
    int precision,
    int scale,
    boolean nullable,
    TensorType type,
    boolean autoIncrement,
    boolean writable) {}
