package io.versor.engine.statement;

import io.versor.engine.CatalogView;
import io.versor.engine.ColumnInfo;
import io.versor.engine.ProcedureInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.system.SystemSchema;
import io.versor.format.TableSnapshot;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tools list. */
final class SessionCatalog implements CatalogView {
  private final SessionState session;

  SessionCatalog(SessionState session) {
    this.session = session;
  }

  @Override
  public List<String> schemas() throws StoreException {
    List<String> names = session.versions().listed();
    names.sort(Comparator.naturalOrder());
    names.add(Versions.SYSTEM);
    return names;
  }

  @Override
  public List<TableInfo> tables(String schema) throws StoreException {
    List<TableInfo> tables = new ArrayList<>();
    if (schema.equals(Versions.SYSTEM)) {
      for (VersorTable table : SystemSchema.listed()) {
        tables.add(info(schema, table.schema(), "SYSTEM TABLE", false));
      }
    } else {
      Versions versions = session.versions();
      Version version = versions.require(schema);
      for (TableSnapshot table : version.snapshot().tables()) {
        tables.add(info(schema, table.schema(), "TABLE", version.branch().isPresent()));
      }
      for (ViewSchema view : version.snapshot().views()) {
        tables.add(info(version, view, versions));
      }
    }
    tables.sort(Comparator.comparing(TableInfo::name));
    return tables;
  }

  @Override
  public List<ProcedureInfo> procedures() {
    return ProcedureList.INFOS;
  }

  @Override
  public List<ProcedureInfo> tableFunctions() {
    return SystemSchema.tableFunctions();
  }

  /** A view that cannot be read is listed without columns: the list is not where it fails. */
  private static TableInfo info(Version version, ViewSchema view, Versions versions)
      throws StoreException {
    List<ColumnInfo> columns;
    try {
      columns = new QueryPlanner(versions).columns(version, view);
    } catch (StatementException e) {
      columns = List.of();
    }
    return new TableInfo(
        version.schema(),
        view.name(),
        "VIEW",
        view.comment().orElse(""),
        columns,
        List.of(),
        "",
        Map.of(),
        Map.of(),
        Map.of());
  }

  private static TableInfo info(String schema, TableSchema table, String type, boolean writable) {
    List<ColumnInfo> columns = new ArrayList<>();
    Map<String, String> defaults = new HashMap<>();
    Map<String, String> comments = new HashMap<>();
    for (Column column : table.columns()) {
      column.defaultSql().ifPresent(sql -> defaults.put(column.name(), sql));
      column.comment().ifPresent(text -> comments.put(column.name(), text));
      columns.add(
          Infos.column(
              column.name(),
              column.name(),
              table.name(),
              schema,
              column.nullable(),
              column.type(),
              column.identity().isPresent(),
              writable));
    }
    return new TableInfo(
        schema,
        table.name(),
        type,
        table.comment().orElse(""),
        columns,
        TableKeys.primaryKey(table),
        TableKeys.name(table, TableKeys.PRIMARY_KEY),
        TableKeys.uniqueKeys(table),
        defaults,
        comments);
  }
}
