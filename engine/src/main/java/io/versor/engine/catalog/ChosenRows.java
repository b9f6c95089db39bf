package io.versor.engine.catalog;

import io.versor.format.TableSnapshot;
import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Some rows of a table, told before each run of a query: those that a statement writes. */
public final class ChosenRows extends VersorTable {
  private @Nullable TableSnapshot snapshot;
  private long[] rowIds = {};

  /**
   * @param schemaName by which the query names it
   * @param table which has its columns, the hidden ones too
   */
  public ChosenRows(String schemaName, TableSnapshot table) {
    super(schemaName, table.schema(), true);
  }

  /**
   * Tells the rows.
   *
   * @param table the state that they are read in
   */
  public void choose(TableSnapshot table, long[] ids) {
    snapshot = table;
    rowIds = ids;
  }

  @Override
  public boolean fits(Versions versions) {
    return true; // whoever chooses rows looks at the columns
  }

  @Override
  public double estimatedRows() {
    return 1;
  }

  @Override
  public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator)
      throws StoreException {
    if (snapshot == null) {
      throw new IllegalStateException("no rows were chosen of " + schema().name());
    }
    long[] ids = rowIds;
    if (request.rowIds().isPresent()) {
      Set<Long> asked = new HashSet<>();
      Arrays.stream(request.rowIds().get()).forEach(asked::add);
      ids = Arrays.stream(rowIds).filter(asked::contains).toArray();
    }
    return TensorTable.openScan(this, request, Optional.of(ids), snapshot, allocator);
  }
}
