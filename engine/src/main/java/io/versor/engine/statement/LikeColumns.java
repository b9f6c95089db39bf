package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.CheckText;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlanner;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableCheck;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import io.versor.parser.ast.LikeClause;
import io.versor.parser.ast.TableConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * What {@code LIKE u} puts into a new table: names, types and NOT NULL of the columns, and what
 * INCLUDING says.
 *
 * @param source the table as it is in the version named; of a view, its columns
 */
record LikeColumns(LikeClause clause, TableSchema source) {
  static LikeColumns of(LikeClause clause, Versions versions)
      throws StoreException, StatementException {
    SqlIdentifier name = clause.table();
    String schema =
        name.names.size() > 1 ? name.names.get(name.names.size() - 2) : versions.current();
    Version version = versions.require(schema);
    String table = Tables.last(name);
    try {
      for (ViewSchema view : version.snapshot().views()) {
        if (view.name().equalsIgnoreCase(table)) {
          return new LikeColumns(clause, ofView(view, version, versions));
        }
      }
      return new LikeColumns(clause, TableNames.require(table, version.snapshot()).schema());
    } catch (StatementException e) {
      throw e.at(name.getParserPosition());
    }
  }

  private static TableSchema ofView(ViewSchema view, Version version, Versions versions)
      throws StoreException, StatementException {
    List<Column> columns = new ArrayList<>();
    for (var info : new QueryPlanner(versions).columns(version, view)) {
      columns.add(Tables.checked(() -> Column.of(info.label(), info.type())));
    }
    return Tables.checked(() -> TableSchema.of(view.name(), columns));
  }

  private boolean takes(LikeClause.Part part) {
    return clause.parts().contains(part);
  }

  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (Column column : source.columns()) {
      boolean comments = takes(LikeClause.Part.COMMENTS);
      columns.add(
          new Column(
              0,
              column.name(),
              column.type(),
              column.nullable(),
              takes(LikeClause.Part.DEFAULTS) ? column.defaultSql() : Optional.empty(),
              takes(LikeClause.Part.IDENTITY) ? column.identity() : Optional.empty(),
              comments ? column.comment() : Optional.empty(),
              comments ? column.properties() : Map.of()));
    }
    return columns;
  }

  List<TableConstraint> constraints() {
    List<TableConstraint> constraints = new ArrayList<>();
    if (takes(LikeClause.Part.INDEXES)) {
      TableKeys.of(source).forEach((key, columns) -> constraints.add(key(key, columns)));
    }
    if (takes(LikeClause.Part.CONSTRAINTS)) {
      TableCheck.of(source)
          .forEach(
              (name, check) ->
                  constraints.add(
                      new TableConstraint(
                          TableConstraint.Kind.CHECK,
                          Optional.of(name(name)),
                          List.of(),
                          Optional.of(CheckText.condition(check, source)))));
    }
    return constraints;
  }

  private TableConstraint key(String property, List<Integer> columns) {
    return new TableConstraint(
        property.equals(TableKeys.PRIMARY_KEY)
            ? TableConstraint.Kind.PRIMARY_KEY
            : TableConstraint.Kind.UNIQUE,
        Optional.ofNullable(source.properties().get(TableKeys.nameProperty(property)))
            .map(this::name),
        columns.stream().map(at -> name(source.columns().get(at).name())).toList(),
        Optional.empty());
  }

  private SqlIdentifier name(String name) {
    SqlParserPos place = clause.table().getParserPosition();
    return new SqlIdentifier(name, place);
  }
}
