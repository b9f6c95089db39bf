package io.versor.engine;

import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Map;

/** What there is, for tools that browse: branches as schemas, with their tables. */
public interface CatalogView {
  /** Branches by name, then {@code versor}. */
  List<String> schemas() throws StoreException;

  /** Tables of a schema; of a commit or tag, too, which no list shows. */
  List<TableInfo> tables(String schema) throws StoreException;

  /** Procedures of the schema {@code versor}, by name. */
  List<ProcedureInfo> procedures();

  /** Table functions of the schema {@code versor}, by name; their columns depend on arguments. */
  List<ProcedureInfo> tableFunctions();

  /**
   * A table.
   *
   * @param type {@code TABLE}, {@code VIEW} or {@code SYSTEM TABLE}
   * @param remarks its comment, or empty
   * @param primaryKey names of the key's columns, in its order
   * @param primaryKeyName what the key is called, or would be
   * @param uniqueKeys the columns of each other key, by its name
   * @param defaults what columns are where no value is given, as SQL, by name
   * @param comments on columns, by name
   */
  record TableInfo(
      String schema,
      String name,
      String type,
      String remarks,
      List<ColumnInfo> columns,
      List<String> primaryKey,
      String primaryKeyName,
      Map<String, List<String>> uniqueKeys,
      Map<String, String> defaults,
      Map<String, String> comments) {
    public TableInfo {
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
      uniqueKeys = Map.copyOf(uniqueKeys);
      defaults = Map.copyOf(defaults);
      comments = Map.copyOf(comments);
    }
  }
}
