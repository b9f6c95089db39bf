package io.versor.parser.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code ON CONFLICT [(c, ...) | ON CONSTRAINT name] DO {NOTHING | UPDATE SET c = e, ... [WHERE
 * condition]}}.
 *
 * @param key columns of a key; empty where a constraint or nothing is named
 * @param constraint the name of a key
 * @param update empty: DO NOTHING
 * @param condition which rows are updated; empty: all
 */
public record OnConflict(
    SqlParserPos pos,
    List<SqlIdentifier> key,
    Optional<SqlIdentifier> constraint,
    Optional<MergeAction.Update> update,
    Optional<SqlNode> condition) {
  public OnConflict {
    key = List.copyOf(key);
    if (update.isPresent() && key.isEmpty() && constraint.isEmpty()) {
      throw SyntaxFault.at(
          "ON CONFLICT DO UPDATE names the key it looks at: ON CONFLICT (id) DO UPDATE", pos);
    }
  }

  /** The nodes a parameter or an error can be in. */
  List<SqlNode> operands() {
    List<SqlNode> operands = new ArrayList<>();
    update.ifPresent(each -> operands.addAll(each.operands()));
    condition.ifPresent(operands::add);
    return operands;
  }

  void unparse(SqlWriter writer) {
    VersorStatement.keywords(writer, "ON CONFLICT");
    if (!key.isEmpty()) {
      VersorStatement.list(writer, new SqlNodeList(key, pos));
    }
    constraint.ifPresent(name -> VersorStatement.optional(writer, "ON CONSTRAINT", name));
    VersorStatement.keywords(writer, "DO");
    if (update.isPresent()) {
      update.get().unparse(writer);
    } else {
      VersorStatement.keywords(writer, "NOTHING");
    }
    condition.ifPresent(node -> VersorStatement.optional(writer, "WHERE", node));
  }
}
