package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Identity columns while rows are written. */
final class Numbering {
  /** Among the values of a row: the next number of the column. */
  static final Object NEXT =
      new Object() {
        @Override
        public String toString() {
          return "DEFAULT";
        }
      };

  private Numbering() {}

  /** Columns of new rows whose identity columns have NULL where they get a number. */
  static List<HeapColumn> filled(
      List<HeapColumn> columns, TableSchema schema, Transaction transaction) throws StoreException {
    List<HeapColumn> filled = new ArrayList<>(columns);
    for (int i = 0; i < filled.size(); i++) {
      Column column = schema.columns().get(i);
      if (column.identity().isPresent() && filled.get(i).nullCount() > 0) {
        filled.set(i, filled(filled.get(i), column, schema, transaction));
      }
    }
    return filled;
  }

  private static HeapColumn filled(
      HeapColumn given, Column column, TableSchema schema, Transaction transaction)
      throws StoreException {
    long next = transaction.drawNumbers(schema.id(), column.id(), given.nullCount());
    long increment = column.identity().orElseThrow().increment();
    ColumnBuilder numbered = new ColumnBuilder(given.type(), given.rows());
    for (int row = 0; row < given.rows(); row++) {
      if (given.isNull(row)) {
        numbered.appendLong(next);
        next += increment; // what comes behind the last of 64 bits is never stored
      } else {
        numbered.append(given, row, 1);
      }
    }
    return numbered.column();
  }

  /** A value for one cell: one number if it stands for the next. */
  static @Nullable Object value(
      @Nullable Object value, Column column, TableSchema schema, Transaction transaction)
      throws StoreException {
    return value == NEXT ? transaction.drawNumbers(schema.id(), column.id(), 1) : value;
  }

  /** Whether a value may go into a new row only with OVERRIDING SYSTEM VALUE. */
  static boolean isAlways(Column column) {
    return column.identity().isPresent() && column.identity().get().always();
  }

  static StatementException refuseInsert(Column column, SqlParserPos place) {
    return new StatementException(
            "428C9",
            "column "
                + column.name()
                + " is GENERATED ALWAYS AS IDENTITY and takes no other value than DEFAULT; leave"
                + " it out, or say OVERRIDING SYSTEM VALUE in front of VALUES")
        .at(place);
  }

  /** An identity column that takes no other values may be set to DEFAULT alone. */
  static void checkUpdate(Column column, SqlNode value) throws StatementException {
    if (isAlways(column) && value.getKind() != SqlKind.DEFAULT) {
      throw new StatementException(
              "428C9",
              "column "
                  + column.name()
                  + " is GENERATED ALWAYS AS IDENTITY and can be set to DEFAULT only")
          .at(value.getParserPosition());
    }
  }
}
