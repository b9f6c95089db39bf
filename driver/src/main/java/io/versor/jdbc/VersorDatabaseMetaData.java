package io.versor.jdbc;

import io.versor.engine.CatalogView;
import io.versor.engine.ColumnInfo;
import io.versor.engine.ProcedureInfo;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds, as {@link DatabaseMetaData}: no catalogs, branches (and {@code versor}) as
 * schemas, tables with their tensors as columns. Every call reads the store anew.
 */
final class VersorDatabaseMetaData extends MetaAbsent {
  static final String TABLE = "TABLE";
  static final String VIEW = "VIEW";
  static final String SYSTEM_TABLE = "SYSTEM TABLE";

  /** Key of a table without a declared one: its rows are told apart by the hidden column. */
  private static final String ROW_ID = "_rowid";

  private static final String INDEX = "_index";

  private final VersorConnection connection;

  VersorDatabaseMetaData(VersorConnection connection) {
    this.connection = connection;
  }

  @Override
  void checkOpen() throws SQLException {
    connection.checkOpen();
  }

  // Where and who.

  @Override
  public Connection getConnection() {
    return connection.facade();
  }

  @Override
  public String getURL() {
    return connection.url().display();
  }

  @Override
  public String getUserName() {
    return connection.url().author();
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  // The tree.

  @Override
  public ResultSet getCatalogs() throws SQLException {
    connection.checkOpen();
    return MetaRows.of("TABLE_CAT").result();
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    connection.checkOpen();
    MetaRows rows = MetaRows.of("TABLE_TYPE");
    rows.add(TABLE);
    rows.add(VIEW);
    rows.add(SYSTEM_TABLE);
    return rows.orderedBy(0);
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String pattern)
      throws SQLException {
    MetaRows rows = MetaRows.of("TABLE_SCHEM", "TABLE_CATALOG");
    if (noCatalog(catalog)) {
      for (String schema : schemas(pattern)) {
        rows.add(schema, null);
      }
    } else {
      connection.checkOpen();
    }
    return rows.orderedBy(1, 0);
  }

  /** There are no catalogs: null and "" mean that, any other name means something else. */
  private static boolean noCatalog(@Nullable String catalog) {
    return catalog == null || catalog.isEmpty() || catalog.equals("%");
  }

  private List<String> schemas(@Nullable String pattern) throws SQLException {
    CatalogView catalog = connection.catalog();
    return read(catalog::schemas).stream()
        .filter(schema -> LikePattern.matches(pattern, schema))
        .toList();
  }

  private <T> T read(Errors.EngineCall<T> call) throws SQLException {
    return connection.guard().call(() -> Errors.engine(call));
  }

  private interface TableRun {
    void run(CatalogView.TableInfo table) throws SQLException;
  }

  private void forTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      TableRun run)
      throws SQLException {
    connection.checkOpen();
    if (!noCatalog(catalog)) {
      return;
    }
    CatalogView view = connection.catalog();
    for (String schema : read(view::schemas)) {
      if (!LikePattern.matches(schemaPattern, schema)) {
        continue;
      }
      for (CatalogView.TableInfo table : read(() -> view.tables(schema))) {
        if (LikePattern.matches(tablePattern, table.name())) {
          run.run(table);
        }
      }
    }
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      String @Nullable [] types)
      throws SQLException {
    MetaRows rows =
        MetaRows.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "TABLE_TYPE",
            "REMARKS",
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "SELF_REFERENCING_COL_NAME",
            "REF_GENERATION");
    forTables(
        catalog,
        schemaPattern,
        tablePattern,
        table -> {
          if (types == null || Arrays.asList(types).contains(table.type())) {
            rows.add(
                null,
                table.schema(),
                table.name(),
                table.type(),
                table.remarks(),
                null,
                null,
                null,
                null,
                null);
          }
        });
    return rows.orderedBy(3, 0, 1, 2);
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    MetaRows rows =
        MetaRows.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "COLUMN_NAME",
            "DATA_TYPE:i",
            "TYPE_NAME",
            "COLUMN_SIZE:i",
            "BUFFER_LENGTH:i",
            "DECIMAL_DIGITS:i",
            "NUM_PREC_RADIX:i",
            "NULLABLE:i",
            "REMARKS",
            "COLUMN_DEF",
            "SQL_DATA_TYPE:i",
            "SQL_DATETIME_SUB:i",
            "CHAR_OCTET_LENGTH:i",
            "ORDINAL_POSITION:i",
            "IS_NULLABLE",
            "SCOPE_CATALOG",
            "SCOPE_SCHEMA",
            "SCOPE_TABLE",
            "SOURCE_DATA_TYPE:s",
            "IS_AUTOINCREMENT",
            "IS_GENERATEDCOLUMN");
    forTables(
        catalog,
        schemaPattern,
        tablePattern,
        table -> {
          List<ColumnInfo> columns = table.columns();
          for (int i = 0; i < columns.size(); i++) {
            if (LikePattern.matches(columnPattern, columns.get(i).name())) {
              addColumn(rows, table, columns.get(i), i + 1);
            }
          }
        });
    return rows.orderedBy(0, 1, 2, 16);
  }

  private static void addColumn(
      MetaRows rows, CatalogView.TableInfo table, ColumnInfo column, int position) {
    boolean number = TypeNames.signed(column.jdbcType());
    rows.add(
        null,
        table.schema(),
        table.name(),
        column.name(),
        column.jdbcType(),
        column.typeName(),
        columnSize(column),
        null,
        number || column.jdbcType() == Types.TIMESTAMP ? column.scale() : null,
        number ? 10 : null,
        column.nullable() ? columnNullable : columnNoNulls,
        table.comments().get(column.name()),
        table.defaults().get(column.name()),
        null,
        null,
        TypeNames.text(column.jdbcType()) ? columnSize(column) : null,
        position,
        column.nullable() ? "YES" : "NO",
        null,
        null,
        null,
        null,
        column.autoIncrement() ? "YES" : "NO",
        "NO");
  }

  private static int columnSize(ColumnInfo column) {
    return columnSize(column.jdbcType(), column.precision());
  }

  /** Digits, characters or bytes of a type; the most there can be where it has no limit. */
  static int columnSize(int jdbcType, int precision) {
    return switch (jdbcType) {
      case Types.TINYINT -> 3;
      case Types.SMALLINT -> 5;
      case Types.INTEGER -> 10;
      case Types.BIGINT -> 19;
      case Types.REAL -> 7;
      case Types.FLOAT, Types.DOUBLE -> 15;
      case Types.BOOLEAN -> 1;
      case Types.DATE -> 10;
      case Types.TIME -> 15;
      case Types.TIMESTAMP -> 26;
      case Types.TIMESTAMP_WITH_TIMEZONE -> 32;
      default -> precision > 0 ? precision : Integer.MAX_VALUE;
    };
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    connection.checkOpen();
    return TypeCatalog.rows();
  }

  // Keys.

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    MetaRows rows =
        MetaRows.of(
            "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ:s", "PK_NAME");
    forTables(
        catalog,
        asPattern(schema),
        asPattern(table),
        found -> {
          if (!found.type().equals(TABLE)) {
            return;
          }
          List<String> key = found.primaryKey();
          if (key.isEmpty()) {
            rows.add(null, found.schema(), found.name(), ROW_ID, 1, ROW_ID);
          }
          for (int i = 0; i < key.size(); i++) {
            rows.add(null, found.schema(), found.name(), key.get(i), i + 1, found.primaryKeyName());
          }
        });
    return rows.orderedBy(3, 1, 2);
  }

  /** Key calls take names, not patterns; only a lone percent sign is still used for "all". */
  private static @Nullable String asPattern(@Nullable String name) {
    if (name == null || name.equals("%")) {
      return null;
    }
    StringBuilder pattern = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '%' || c == '_' || c == LikePattern.ESCAPE) {
        pattern.append(LikePattern.ESCAPE);
      }
      pattern.append(c);
    }
    return pattern.toString();
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    if (scope < bestRowTemporary || scope > bestRowSession) {
      throw new SQLDataException(
          "scope " + scope + " is none of java.sql.DatabaseMetaData", SqlStates.INVALID_PARAMETER);
    }
    MetaRows rows =
        MetaRows.of(
            "SCOPE:s",
            "COLUMN_NAME",
            "DATA_TYPE:i",
            "TYPE_NAME",
            "COLUMN_SIZE:i",
            "BUFFER_LENGTH:i",
            "DECIMAL_DIGITS:s",
            "PSEUDO_COLUMN:s");
    forTables(
        catalog,
        asPattern(schema),
        asPattern(table),
        found -> {
          if (!found.type().equals(TABLE)) {
            return;
          }
          if (found.primaryKey().isEmpty()) {
            rows.add(bestRowSession, ROW_ID, Types.BIGINT, "BIGINT", 19, null, 0, bestRowPseudo);
          }
          for (ColumnInfo column : found.columns()) {
            if (found.primaryKey().contains(column.name())) {
              rows.add(
                  bestRowSession,
                  column.name(),
                  column.jdbcType(),
                  column.typeName(),
                  columnSize(column),
                  null,
                  TypeNames.signed(column.jdbcType()) ? column.scale() : null,
                  bestRowNotPseudo);
            }
          }
        });
    return rows.orderedBy(0);
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    MetaRows rows =
        MetaRows.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "COLUMN_NAME",
            "DATA_TYPE:i",
            "COLUMN_SIZE:i",
            "DECIMAL_DIGITS:i",
            "NUM_PREC_RADIX:i",
            "COLUMN_USAGE",
            "REMARKS",
            "CHAR_OCTET_LENGTH:i",
            "IS_NULLABLE");
    forTables(
        catalog,
        schemaPattern,
        tablePattern,
        table -> {
          if (!table.type().equals(TABLE)) {
            return;
          }
          for (String name : List.of(INDEX, ROW_ID)) {
            if (LikePattern.matches(columnPattern, name)) {
              rows.add(
                  null,
                  table.schema(),
                  table.name(),
                  name,
                  Types.BIGINT,
                  19,
                  0,
                  10,
                  "NO_USAGE_RESTRICTIONS",
                  name.equals(INDEX)
                      ? "position of the row in the table, from 0"
                      : "identity of the row across commits and branches",
                  null,
                  "NO");
            }
          }
        });
    return rows.orderedBy(0, 1, 2, 3);
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    MetaRows rows =
        MetaRows.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "NON_UNIQUE:b",
            "INDEX_QUALIFIER",
            "INDEX_NAME",
            "TYPE:s",
            "ORDINAL_POSITION:s",
            "COLUMN_NAME",
            "ASC_OR_DESC",
            "CARDINALITY:l",
            "PAGES:l",
            "FILTER_CONDITION");
    forTables(
        catalog,
        asPattern(schema),
        asPattern(table),
        found -> {
          addIndex(rows, found, found.primaryKeyName(), found.primaryKey());
          found.uniqueKeys().forEach((name, key) -> addIndex(rows, found, name, key));
        });
    return rows.orderedBy(3, 6, 5, 7);
  }

  private static void addIndex(
      MetaRows rows, CatalogView.TableInfo table, String name, List<String> columns) {
    for (int i = 0; i < columns.size(); i++) {
      rows.add(
          null,
          table.schema(),
          table.name(),
          false,
          null,
          name,
          tableIndexOther,
          i + 1,
          columns.get(i),
          "A",
          null,
          null,
          null);
    }
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return MetaProcedures.procedures(
        routines(CatalogView::procedures, catalog, schemaPattern, namePattern));
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return MetaProcedures.columns(
        routines(CatalogView::procedures, catalog, schemaPattern, namePattern), columnPattern);
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern)
      throws SQLException {
    return MetaFunctions.functions(
        routines(CatalogView::tableFunctions, catalog, schemaPattern, namePattern));
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return MetaFunctions.columns(
        routines(CatalogView::tableFunctions, catalog, schemaPattern, namePattern), columnPattern);
  }

  private List<ProcedureInfo> routines(
      Function<CatalogView, List<ProcedureInfo>> list,
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern)
      throws SQLException {
    connection.checkOpen();
    if (!noCatalog(catalog) || !LikePattern.matches(schemaPattern, MetaProcedures.SCHEMA)) {
      return List.of();
    }
    CatalogView view = connection.catalog();
    return read(() -> list.apply(view)).stream()
        .filter(routine -> LikePattern.matches(namePattern, routine.name()))
        .toList();
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    connection.checkOpen();
    MetaRows rows = MetaRows.of("NAME", "MAX_LEN:i", "DEFAULT_VALUE", "DESCRIPTION");
    rows.add("ApplicationName", 255, "", "the application on this connection; of no effect");
    return rows.result();
  }
}
