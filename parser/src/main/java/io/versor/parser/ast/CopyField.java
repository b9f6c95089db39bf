package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * A column of COPY.
 *
 * @param source what it is called in the file: a text, or a number that is its position from 1
 */
public record CopyField(SqlIdentifier column, Optional<SqlNode> source) {}
