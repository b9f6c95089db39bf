package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.Prepared;
import io.versor.engine.StatementException;
import io.versor.engine.plan.SqlErrors;
import io.versor.engine.system.TableDescriptions;
import io.versor.engine.system.ViewText;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import io.versor.parser.VersorParser;
import io.versor.parser.ast.ShowKind;
import io.versor.parser.ast.SqlShow;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/** SHOW as the query over system tables that it is short for. */
final class Shows {
  private Shows() {}

  private static final Set<ShowKind> CREATE = Set.of(ShowKind.CREATE_TABLE, ShowKind.CREATE_VIEW);

  private static final List<ColumnInfo> CREATE_COLUMNS =
      List.of(ListCursor.text("table_name"), ListCursor.text("statement"));

  static Prepared prepare(SqlShow show, SessionState session, String sql)
      throws StoreException, StatementException {
    return CREATE.contains(show.kind())
        ? new RowStatement(
            session, show, CREATE_COLUMNS, parameters -> create(show, session, parameters))
        : new QueryStatement(session, query(show), sql);
  }

  private static Answer create(
      SqlShow show, SessionState session, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    SqlNode name = show.arguments().get(0);
    String text = Literals.text(name, parameters, "the table");
    try {
      if (show.kind() == ShowKind.CREATE_VIEW) {
        ViewSchema view = TableDescriptions.view(text, session.versions());
        return Answer.of(CREATE_COLUMNS, view.name(), ViewText.create(view));
      }
      TableSchema table = TableDescriptions.table(text, session.versions());
      return Answer.of(CREATE_COLUMNS, table.name(), TableText.of(table));
    } catch (StatementException e) {
      throw e.at(name.getParserPosition());
    }
  }

  private static SqlNode query(SqlShow show) throws StatementException {
    return switch (show.kind()) {
      case LOG -> show.arguments().isEmpty() ? table("log") : function("log", show);
      case BRANCHES -> table("branches");
      case TAGS -> table("tags");
      case STATUS -> table("status");
      case CONFLICTS -> table("conflicts");
      case TABLES -> table("tables");
      case VIEWS -> table("views");
      case REFLOG -> table("reflog");
      case DIFF -> function("diff_summary", show);
      case COLUMNS -> function("columns", show);
      case CREATE_TABLE, CREATE_VIEW ->
          throw new IllegalArgumentException("answered without a query: " + show.kind());
    };
  }

  private static SqlNode table(String name) throws StatementException {
    return parsed("SELECT * FROM versor." + name);
  }

  /** The arguments stay the nodes they are, and with them their places in the user's text. */
  private static SqlNode function(String name, SqlShow show) throws StatementException {
    SqlSelect query = (SqlSelect) parsed("SELECT * FROM TABLE(versor." + name + "())");
    SqlCall collection = (SqlCall) Objects.requireNonNull(query.getFrom());
    SqlCall call = collection.operand(0);
    collection.setOperand(
        0, call.getOperator().createCall(show.getParserPosition(), show.arguments()));
    return query;
  }

  private static SqlNode parsed(String sql) throws StatementException {
    try {
      return VersorParser.parse(sql);
    } catch (SqlParseException e) {
      throw SqlErrors.syntax(e);
    }
  }
}
