package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.Branch;
import io.versor.format.ForeignFormat;
import io.versor.format.ForeignFormats;
import io.versor.format.Store;
import io.versor.format.TableSnapshot;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.NearNames;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** IMPORT: the versions of a dataset in another format, made again in this store. */
final class Imports {
  /** A row for each branch made. */
  static final List<ColumnInfo> COLUMNS =
      List.of(
          ListCursor.text("branch"),
          ListCursor.text("head_commit"),
          ListCursor.number("row_count"));

  private final SessionState session;
  private final Store store;

  Imports(SessionState session) {
    this.session = session;
    this.store = session.store();
  }

  Answer run(SqlIdentifier formatName, String path, SqlIdentifier table, Set<String> branches)
      throws StoreException, StatementException {
    ForeignFormat format = format(formatName);
    if (table.names.size() > 1) {
      throw at(
          table,
          "42601",
          "IMPORT makes a table on the branches that the dataset has; name it without a schema,"
              + " found "
              + table);
    }
    session.checkWritable();
    session.requireNoWrites("IMPORT");
    Path dataset = session.fileAccess().readable("IMPORT … '" + path + "'", path);
    String name = table.getSimple();
    List<Branch> made;
    try {
      made =
          session.stoppable(
              () ->
                  store.importFrom(
                      format,
                      dataset,
                      name,
                      branches,
                      (versions, all, rows) -> session.tellRows(rows)));
    } finally {
      session.tellRows(0);
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Branch branch : made) {
      Optional<TableSnapshot> snapshot = store.head(branch.name()).findTable(name);
      List<@Nullable Object> row = new ArrayList<>();
      row.add(branch.name());
      row.add(branch.head().map(CommitId::hex).orElse(null));
      row.add(snapshot.map(TableSnapshot::rowCount).orElse(0L));
      rows.add(row);
    }
    return new Answer(COLUMNS, rows);
  }

  private static ForeignFormat format(SqlIdentifier name) throws StatementException {
    Optional<ForeignFormat> found = ForeignFormats.find(name.getSimple());
    if (found.isEmpty()) {
      List<String> names = ForeignFormats.names();
      throw at(
          name,
          "0A000",
          "no format "
              + name.getSimple()
              + " to import from"
              + NearNames.question(name.getSimple(), names)
              + "; known are "
              + (names.isEmpty() ? "none" : String.join(", ", names)));
    }
    return found.get();
  }

  private static StatementException at(SqlNode place, String state, String message) {
    return new StatementException(
        state,
        message,
        place.getParserPosition().getLineNum(),
        place.getParserPosition().getColumnNum());
  }
}
