package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Selects;
import io.versor.engine.write.CellWriter;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Columns of the tables in FROM or USING that RETURNING names: the statement's query gives them
 * along with the rows it changes.
 */
record SourceColumns(List<Source> sources) {
  static final SourceColumns NONE = new SourceColumns(List.of());

  /**
   * One of the tables.
   *
   * @param infos of its columns that are named
   */
  record Source(String alias, List<ColumnInfo> infos) {
    /** A table that has these columns. */
    TableSchema schema() {
      List<Column> columns = new ArrayList<>();
      infos.forEach(info -> columns.add(Column.of(info.label(), info.type())));
      return TableSchema.of(alias, columns);
    }
  }

  /**
   * Finds them.
   *
   * @param from the table that is written, and the others
   * @param common what stands in front of the statement
   */
  static SourceColumns of(
      SqlNode from,
      SqlNode others,
      SqlNodeList returning,
      CommonTables common,
      Versions versions,
      List<@Nullable Object> values)
      throws StoreException, StatementException {
    Names names = new Names();
    returning.accept(names);
    List<Source> sources = new ArrayList<>();
    for (String alias : aliases(others)) {
      names.refuseHidden(alias);
      SqlNode all = SqlIdentifier.star(List.of(alias, ""), place(others), places(others));
      SqlNode query = Selects.of(SqlParserPos.ZERO, List.of(all), from, null);
      List<ColumnInfo> named = new ArrayList<>();
      Set<String> once = new HashSet<>();
      List<ColumnInfo> shown =
          new QueryPlanner(versions).plan(common.around(query), values).columns();
      for (ColumnInfo info : shown) {
        if (names.has(info.label()) && once.add(info.label().toLowerCase(Locale.ROOT))) {
          named.add(info);
        }
      }
      if (named.isEmpty() && names.qualifies(alias)) {
        named.add(shown.get(0)); // so that it is the column that is not found, not the table
      }
      if (!named.isEmpty()) {
        sources.add(new Source(alias, named));
      }
    }
    return new SourceColumns(sources);
  }

  private static SqlParserPos place(SqlNode others) {
    return others.getParserPosition();
  }

  private static List<SqlParserPos> places(SqlNode others) {
    return List.of(place(others), place(others));
  }

  /** The names of tables; those without one cannot be named. */
  private static List<String> aliases(SqlNode others) {
    if (others instanceof SqlJoin join) {
      List<String> aliases = new ArrayList<>(aliases(join.getLeft()));
      aliases.addAll(aliases(join.getRight()));
      return aliases;
    }
    if (others.getKind() == SqlKind.AS) {
      return List.of(((SqlIdentifier) ((SqlCall) others).operand(1)).getSimple());
    }
    if (others instanceof SqlIdentifier name) {
      return List.of(name.names.get(name.names.size() - 1));
    }
    boolean table = others instanceof SqlCall call && call.operandCount() > 0;
    return table && !others.isA(SqlKind.QUERY) ? aliases(((SqlCall) others).operand(0)) : List.of();
  }

  /** What a RETURNING names. */
  private static final class Names extends SqlBasicVisitor<@Nullable Void> {
    private final List<SqlIdentifier> all = new ArrayList<>();
    private final Set<String> last = new HashSet<>();
    private boolean star;

    @Override
    public @Nullable Void visit(SqlIdentifier id) {
      all.add(id);
      star |= id.isStar();
      last.add(id.names.get(id.names.size() - 1).toLowerCase(Locale.ROOT));
      return null;
    }

    boolean has(String column) {
      return star || last.contains(column.toLowerCase(Locale.ROOT));
    }

    boolean qualifies(String alias) {
      return all.stream().anyMatch(id -> isOf(id, alias));
    }

    private static boolean isOf(SqlIdentifier id, String alias) {
      return id.names.size() > 1 && id.names.get(id.names.size() - 2).equalsIgnoreCase(alias);
    }

    void refuseHidden(String alias) throws StatementException {
      for (SqlIdentifier id : all) {
        String name = id.names.get(id.names.size() - 1);
        boolean hidden = name.equalsIgnoreCase(Field.ROW_ID) || name.equalsIgnoreCase(Field.INDEX);
        if (hidden && isOf(id, alias)) {
          throw new StatementException(
                  "0A000",
                  "RETURNING "
                      + id
                      + ": of other tables, only columns that they show; (SELECT "
                      + name
                      + " AS other, … FROM "
                      + alias
                      + ") shows it")
              .at(id.getParserPosition());
        }
      }
    }
  }

  /** What the statement's query has to give. */
  List<SqlNode> items() {
    List<SqlNode> items = new ArrayList<>();
    for (Source source : sources) {
      for (ColumnInfo info : source.infos()) {
        items.add(new SqlIdentifier(List.of(source.alias(), info.label()), SqlParserPos.ZERO));
      }
    }
    return items;
  }

  /** Takes what the query gives of one execution. */
  Gathered gather() {
    return new Gathered();
  }

  /** The columns of the rows that were changed, in their order. */
  final class Gathered {
    private final List<List<CellWriter>> writers = new ArrayList<>();

    private Gathered() {
      for (Source source : sources) {
        TableSchema schema = source.schema();
        writers.add(
            schema.columns().stream()
                .map(column -> new CellWriter(schema.name(), column))
                .toList());
      }
    }

    /**
     * Takes a row.
     *
     * @param first where the query gives the first of the items
     */
    void add(RowCursor cursor, int first) throws StoreException, StatementException {
      int at = first;
      for (List<CellWriter> ofSource : writers) {
        for (CellWriter writer : ofSource) {
          writer.append(cursor.objectAt(at++));
        }
      }
    }

    /** What they take on the heap, about. */
    long bytes() {
      long bytes = 0;
      for (List<CellWriter> ofSource : writers) {
        for (CellWriter writer : ofSource) {
          bytes += writer.bytes();
        }
      }
      return bytes;
    }

    /** The columns of each source. */
    List<List<HeapColumn>> columns() {
      return writers.stream()
          .map(ofSource -> ofSource.stream().map(CellWriter::peek).toList())
          .toList();
    }
  }
}
