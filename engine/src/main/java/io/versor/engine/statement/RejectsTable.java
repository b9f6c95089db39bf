package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Versions;
import io.versor.engine.copy.Reject;
import io.versor.engine.plan.Run;
import io.versor.format.TableSnapshot;
import io.versor.format.Transaction;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** The table that is told which rows of a file did not fit, and why. Made when it is not there. */
final class RejectsTable {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("file", TensorType.varchar(0)),
          Column.of("row_no", TensorType.scalar(Dtype.INT64)),
          Column.of("line_no", TensorType.scalar(Dtype.INT64)),
          Column.of("column_name", TensorType.varchar(0)),
          Column.of("reason", TensorType.text()),
          Column.of("raw", TensorType.text()));

  private final RowWriter writer;
  private final int width;
  private final int[] places;

  private RejectsTable(RowWriter writer, int width, int[] places) {
    this.writer = writer;
    this.width = width;
    this.places = places;
  }

  static RejectsTable open(
      SessionState session,
      SqlIdentifier name,
      String branch,
      Transaction transaction,
      Versions versions,
      Run run)
      throws StoreException, StatementException {
    if (!Target.branch(name, versions).equals(branch)) {
      throw new StatementException(
              "0A000", "rejected rows go to a table of " + branch + ", where the others go")
          .at(name.getParserPosition());
    }
    String last = Tables.last(name);
    TableSnapshot table;
    if (TableNames.isTaken(last, transaction.snapshot())) {
      table = Target.of(name, versions).snapshot();
    } else {
      long id = transaction.createTable(Tables.checked(() -> TableSchema.of(last, COLUMNS)));
      table = transaction.snapshot().findTable(id).orElseThrow();
    }
    TableSchema schema = table.schema();
    int[] places = new int[COLUMNS.size()];
    for (int i = 0; i < places.length; i++) {
      String column = COLUMNS.get(i).name();
      Optional<Column> found = schema.columnsIgnoreCase(column).stream().findFirst();
      if (found.isEmpty() || found.get().type().dtype() != COLUMNS.get(i).type().dtype()) {
        throw new StatementException(
                "42804",
                schema.name()
                    + " is no table for rejected rows: these have the columns "
                    + String.join(", ", COLUMNS.stream().map(Column::name).toList()))
            .at(name.getParserPosition());
      }
      places[i] = schema.columns().indexOf(found.get());
    }
    RowWriter writer = new RowWriter(transaction, table, session, run);
    return new RejectsTable(writer, schema.columns().size(), places);
  }

  void add(Reject reject) throws StoreException, StatementException {
    @Nullable Object[] row = new Object[width];
    row[places[0]] = reject.file();
    row[places[1]] = reject.row();
    row[places[2]] = reject.line() > 0 ? reject.line() : null;
    row[places[3]] = reject.column().isEmpty() ? null : reject.column();
    row[places[4]] = reject.reason();
    row[places[5]] = reject.raw();
    writer.add(Arrays.asList(row));
  }

  void finish() throws StoreException, StatementException {
    writer.finish();
  }
}
