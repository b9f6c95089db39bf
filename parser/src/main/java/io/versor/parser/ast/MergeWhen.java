package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;

/**
 * {@code WHEN [NOT] MATCHED [AND condition] THEN action}.
 *
 * @param matched whether it is for rows of the source that match a row of the target
 */
public record MergeWhen(boolean matched, Optional<SqlNode> condition, MergeAction action) {
  void unparse(SqlWriter writer) {
    VersorStatement.keywords(writer, matched ? "WHEN MATCHED" : "WHEN NOT MATCHED");
    condition.ifPresent(node -> VersorStatement.optional(writer, "AND", node));
    VersorStatement.keywords(writer, "THEN");
    action.unparse(writer);
  }
}
