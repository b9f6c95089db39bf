package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code EXPLAIN [PLAN FOR] [ANALYZE] [(FORMAT JSON, ANALYZE)] statement}. */
public final class SqlExplainPlan extends VersorStatement {
  private final SqlNode statement;
  private final boolean json;
  private final boolean analyze;

  public SqlExplainPlan(SqlParserPos pos, SqlNode statement, ExplainOptions options) {
    super("EXPLAIN", pos, statement);
    this.statement = statement;
    this.json = options.isJson();
    this.analyze = options.isAnalyze();
  }

  /** A query, INSERT, UPDATE, DELETE or MERGE. */
  public SqlNode statement() {
    return statement;
  }

  /** Whether the plan is wanted as JSON, else as lines of text. */
  public boolean json() {
    return json;
  }

  /** Whether the statement shall be run. */
  public boolean analyze() {
    return analyze;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    String format = json ? "JSON" : "TEXT";
    keywords(writer, "EXPLAIN ( FORMAT " + format + (analyze ? " , ANALYZE )" : " )"));
    statement.unparse(writer, 0, 0);
  }
}
