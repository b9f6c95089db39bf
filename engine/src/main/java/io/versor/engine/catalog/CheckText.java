package io.versor.engine.catalog;

import io.versor.engine.StatementException;
import io.versor.engine.type.SqlText;
import io.versor.format.type.Column;
import io.versor.format.type.TableCheck;
import io.versor.format.type.TableSchema;
import io.versor.parser.VersorParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/** Conditions of CHECK constraints, between what is typed and what a table keeps. */
public final class CheckText {
  /** Before the place of a column among the check's, where a kept condition names it. */
  private static final String PLACE = "#";

  private static final SqlDialect DIALECT =
      new AnsiSqlDialect(AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("\""));

  private CheckText() {}

  /**
   * What a table keeps of a condition.
   *
   * @throws StatementException 42703 for a column that is not there, 0A000 for queries and
   *     parameters
   */
  public static TableCheck of(String name, SqlNode condition, TableSchema schema)
      throws StatementException {
    refuseQueries(condition);
    List<SqlIdentifier> names = new ArrayList<>();
    condition.accept(
        new SqlShuttle() {
          @Override
          public SqlNode visit(SqlIdentifier id) {
            names.add(id);
            return id;
          }
        });
    Set<Long> read = new LinkedHashSet<>();
    for (SqlIdentifier column : names) {
      read.add(column(column, schema).id());
    }
    if (read.isEmpty()) {
      throw new StatementException(
              "42P17", "CHECK " + name + " of " + schema.name() + " reads no column")
          .at(condition.getParserPosition());
    }
    List<Long> columns = List.copyOf(read);
    SqlNode kept = renamed(condition, id -> PLACE + columns.indexOf(known(id, schema).id()));
    return new TableCheck(name, columns, sql(kept));
  }

  private static Column column(SqlIdentifier name, TableSchema schema) throws StatementException {
    boolean qualified = name.names.size() > 1;
    if (qualified && !name.names.get(name.names.size() - 2).equalsIgnoreCase(schema.name())) {
      throw new StatementException(
              "42P01", "a CHECK of " + schema.name() + " reads its columns alone, found " + name)
          .at(name.getParserPosition());
    }
    return schema.columns().get(ColumnNames.position(schema, name));
  }

  /** Of a name that was looked up before. */
  private static Column known(SqlIdentifier name, TableSchema schema) {
    try {
      return column(name, schema);
    } catch (StatementException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void refuseQueries(SqlNode condition) throws StatementException {
    List<SqlNode> refused = new ArrayList<>();
    condition.accept(
        new SqlShuttle() {
          @Override
          public SqlNode visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY) || call.getKind() == SqlKind.OVER) {
              refused.add(call);
              return call;
            }
            return super.visit(call);
          }

          @Override
          public SqlNode visit(SqlDynamicParam parameter) {
            refused.add(parameter);
            return parameter;
          }
        });
    if (!refused.isEmpty()) {
      throw new StatementException(
              "0A000", "a CHECK reads one row: it takes no query, window or parameter")
          .at(refused.get(0).getParserPosition());
    }
  }

  /** The condition, with the names that columns have now. */
  public static SqlNode condition(TableCheck check, TableSchema schema) {
    return renamed(kept(check), id -> column(id, check, schema).name());
  }

  private static SqlNode kept(TableCheck check) {
    try {
      return SqlParser.create(check.condition(), VersorParser.config()).parseExpression();
    } catch (SqlParseException e) {
      throw new IllegalStateException("CHECK " + check.name() + " cannot be read", e);
    }
  }

  private static Column column(SqlIdentifier place, TableCheck check, TableSchema schema) {
    int at = Integer.parseInt(place.getSimple().substring(PLACE.length()));
    return schema.findColumn(check.columns().get(at)).orElseThrow();
  }

  /** The condition as its user would type it: names are quoted where they must be. */
  public static String sql(TableCheck check, TableSchema schema) {
    SqlNode named = renamed(kept(check), id -> SqlText.name(column(id, check, schema).name()));
    return sql(PlainBetween.in(named), false);
  }

  /** An expression as a table keeps it. */
  public static String sql(SqlNode expression) {
    return sql(expression, true);
  }

  private static String sql(SqlNode expression, boolean quoteNames) {
    return expression
        .toSqlString(
            config ->
                config
                    .withDialect(DIALECT)
                    .withQuoteAllIdentifiers(quoteNames)
                    .withAlwaysUseParentheses(false))
        .getSql();
  }

  /** What a column is called instead. */
  @FunctionalInterface
  private interface Naming {
    String of(SqlIdentifier name);
  }

  private static SqlNode renamed(SqlNode condition, Naming naming) {
    SqlNode renamed =
        condition.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier id) {
                // Without the place in the text, which tells that the old name was quoted.
                return new SqlIdentifier(naming.of(id), SqlParserPos.ZERO);
              }
            });
    return renamed == null ? condition : renamed;
  }
}
