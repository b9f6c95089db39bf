package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * What COPY does with rows that do not fit.
 *
 * @param skip whether it goes on without them
 * @param into the table that is told of them
 * @param most how many there may be: a number or a parameter
 */
public record CopyErrors(boolean skip, Optional<SqlIdentifier> into, Optional<SqlNode> most) {
  /** The first one ends the statement, which then changes nothing. */
  public static final CopyErrors STOP = new CopyErrors(false, Optional.empty(), Optional.empty());
}
