package io.versor.engine.plan;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ParameterInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.TensorTable;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.TableSnapshot;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A query that can run any number of times, as long as the tables it names look the same.
 *
 * @param types of the columns, as the planner sees them
 * @param tables every table it reads
 * @param parameterVersions whether a version was named by a {@code ?}
 * @param premises what else has to be as it was
 */
public record QueryPlan(
    List<ColumnInfo> columns,
    List<RelDataType> types,
    List<ParameterInfo> parameters,
    List<VersorTable> tables,
    boolean parameterVersions,
    Premises premises,
    Executable executable) {
  /** The executor's side of a plan. */
  public interface Executable {
    RowCursor open(Run run) throws StoreException, StatementException;

    /** Whether it cannot run any more, since making it ready was stopped half-way. */
    boolean isSpoiled();

    /**
     * Reads the texts that stand for values of other types, of which those that are none would be
     * met with the first row only.
     *
     * @throws StatementException 22xxx for one that is none
     */
    void checkLiterals(Run run) throws StoreException, StatementException;

    /** How it would run with these parameters. */
    Explanation explain(Run run) throws StoreException, StatementException;
  }

  /** Whether the versions of a later statement have the tables it was made for, unchanged. */
  public boolean fits(Versions versions) throws StoreException {
    if (parameterVersions || executable.isSpoiled() || !premises.hold(versions)) {
      return false;
    }
    for (VersorTable table : tables) {
      if (!(table instanceof TensorTable)) {
        if (!table.fits(versions)) {
          return false;
        }
        continue;
      }
      Optional<Version> version = versions.find(table.schemaName());
      if (version.isEmpty()) {
        return false;
      }
      Optional<TableSnapshot> now = version.get().snapshot().findTable(table.schema().name());
      if (now.isEmpty() || !now.get().schema().equals(table.schema())) {
        return false;
      }
    }
    return true;
  }
}
