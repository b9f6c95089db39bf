package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.OptimizeResult;
import io.versor.format.type.StoreException;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;

/** What changes how a store lies on disk, and no version. */
final class Maintenance {
  static final List<ColumnInfo> OPTIMIZE_COLUMNS =
      List.of(
          ListCursor.text("table_name"),
          ListCursor.number("chunks_before"),
          ListCursor.number("chunks_after"));

  private final SessionState session;

  Maintenance(SessionState session) {
    this.session = session;
  }

  Answer optimize(SqlIdentifier table) throws StoreException, StatementException {
    session.checkWritable();
    session.requireNoWrites("OPTIMIZE TABLE");
    Target target = Target.of(table, session.versions());
    OptimizeResult result = session.store().optimize(target.branch(), target.schema().id());
    return Answer.of(
        OPTIMIZE_COLUMNS, target.schema().name(), result.chunksBefore(), result.chunksAfter());
  }
}
