package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.copy.CopyOptions;
import io.versor.engine.copy.FileFormat;
import io.versor.engine.copy.FileFormats;
import io.versor.engine.copy.RowTarget;
import io.versor.engine.copy.RowsWriter;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.plan.Selects;
import io.versor.format.type.StoreException;
import io.versor.parser.ast.CopyField;
import io.versor.parser.ast.SqlCopyTo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** COPY of a table or a query TO a file, which is whole or not there, or to files in a folder. */
final class CopyToStatement extends BaseStatement {
  static final List<ColumnInfo> COLUMNS =
      List.of(ListCursor.number("rows_copied"), ListCursor.number("files"));

  /** Rows between looks whether to go on. */
  private static final int ROWS_A_LOOK = 256;

  private final SqlCopyTo copy;
  private final SqlNode query;

  CopyToStatement(SessionState session, SqlCopyTo copy) throws StoreException, StatementException {
    super(session, Literals.parameterCount(copy));
    this.copy = copy;
    this.query = query(copy);
    new QueryPlanner(session.versions()).plan(query, List.of());
  }

  private static SqlNode query(SqlCopyTo copy) throws StatementException {
    if (!(copy.source() instanceof SqlIdentifier table)) {
      return copy.source();
    }
    List<SqlNode> items = new ArrayList<>();
    for (CopyField field : copy.fields()) {
      if (field.source().isPresent()) {
        throw new StatementException(
                "42601", "COPY … TO gives columns their own names; a query has" + " AS for others")
            .at(field.source().get().getParserPosition());
      }
      items.add(field.column());
    }
    if (items.isEmpty()) {
      items.add(SqlIdentifier.star(SqlParserPos.ZERO));
    }
    return Selects.of(table.getParserPosition(), items, table, null);
  }

  @Override
  public List<ColumnInfo> columns() {
    return COLUMNS;
  }

  @Override
  Result run(List<@Nullable Object> values, ExecuteOptions options)
      throws StoreException, StatementException {
    Versions versions = session.versions();
    Run run = session.run(versions, values);
    QueryPlan plan = new QueryPlanner(versions).plan(query, values);
    List<@Nullable Object> row;
    try {
      row = copy(plan, run);
    } catch (IOException e) {
      throw CopyWords.failure(e);
    }
    return new CursorResult(
        new ListCursor(List.of(row)), COLUMNS, options.maxRows(), session.takeWarnings());
  }

  private List<@Nullable Object> copy(QueryPlan plan, Run run)
      throws IOException, StoreException, StatementException {
    String name = Literals.text(copy.file(), run.parameters(), "the file to write");
    String who = "COPY … TO '" + name + "'";
    Path path = run.files().writable(who, name);
    CopyOptions options = CopyWords.options(copy, run.parameters());
    FileFormat format = format(options, name);
    RowTarget target = format.target(options);
    options.refuseOthers("COPY TO with FORMAT " + format.name());
    if (target.writesFolder()) {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new StatementException("58P02", who + ": that is a file, expected a folder");
      }
      return write(target, path, plan, run);
    }
    if (Files.isDirectory(path)) {
      throw new StatementException("58P02", who + ": that is a folder, expected a file");
    }
    // Under another name until it is whole; the ending stays, it can mean something.
    Path waiting = path.resolveSibling(".versor-" + UUID.randomUUID() + "-" + path.getFileName());
    try {
      List<@Nullable Object> row = write(target, waiting, plan, run);
      Files.move(
          waiting, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return row;
    } finally {
      Files.deleteIfExists(waiting);
    }
  }

  private static FileFormat format(CopyOptions options, String name) throws StatementException {
    Optional<String> named = options.text("format");
    if (named.isPresent()) {
      return FileFormats.named(named.get());
    }
    Optional<FileFormat> found = FileFormats.ofFile(name);
    if (found.isEmpty()) {
      throw new StatementException(
          "22023",
          "the name of '" + name + "' does not tell its format; add one, as in (FORMAT csv)");
    }
    return found.get();
  }

  private List<@Nullable Object> write(RowTarget target, Path path, QueryPlan plan, Run run)
      throws IOException, StoreException, StatementException {
    long rows = 0;
    try (RowsWriter writer = open(target, path, plan, run);
        RowCursor cursor = plan.executable().open(run)) {
      int columns = plan.columns().size();
      while (cursor.next()) {
        if (rows++ % ROWS_A_LOOK == 0) {
          run.check();
          session.tellRows(rows);
        }
        List<@Nullable Object> row = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
          row.add(cursor.objectAt(i));
        }
        writer.add(row);
      }
      writer.finish();
      return List.of(rows, writer.files());
    } finally {
      session.tellRows(0);
    }
  }

  private static RowsWriter open(RowTarget target, Path path, QueryPlan plan, Run run)
      throws IOException, StoreException, StatementException {
    RowsWriter writer = target.open(path, plan.columns());
    return target.writesFolder() ? new FolderWriter(writer, run.work()) : writer;
  }
}
