package io.versor.engine.plan;

import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.KeyRows;
import io.versor.engine.catalog.TensorScan;
import io.versor.engine.catalog.TensorTable;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * A query for columns of the row that has a key, a row id or a position, and nothing else. There is
 * nothing to filter or to compute behind the scan, so it runs without operators: small statements
 * are made of what surrounds them.
 */
final class PointRead {
  private final TensorScan scan;
  private final Field.Kind by;

  /** Positions in the table's fields of what the query gives. */
  private final List<Integer> outputs;

  private final RowValues.Reader[] readers;
  private final TensorTable table;

  /** What {@code _index} has to be, where it is a parameter as it stands; else -1. */
  private final int indexParameter;

  private final TensorTable.Columns columns;

  private PointRead(
      TensorScan scan, TensorTable table, Field.Kind by, RexNode condition, List<Integer> outputs) {
    this.scan = scan;
    this.table = table;
    this.by = by;
    this.indexParameter = by == Field.Kind.INDEX ? parameter(condition) : -1;
    this.columns = table.columns(outputs);
    this.outputs = List.copyOf(outputs);
    this.readers =
        outputs.stream()
            .map(field -> StoredValues.publicReader(scan.source().fields().get(field).type()))
            .toArray(RowValues.Reader[]::new);
  }

  /** The plan as such a query, if it is one. */
  static Optional<PointRead> of(RelNode plan) {
    List<Integer> outputs = null;
    RelNode below = plan;
    if (plan instanceof Project project) {
      outputs = new ArrayList<>();
      for (RexNode expression : project.getProjects()) {
        if (!(expression instanceof RexInputRef ref)) {
          return Optional.empty();
        }
        outputs.add(ref.getIndex());
      }
      below = project.getInput();
    }
    if (!(below instanceof Filter filter)
        || !(filter.getInput() instanceof TensorScan scan)
        || !(scan.source() instanceof TensorTable table)) {
      return Optional.empty();
    }
    List<RexNode> conditions = RelOptUtil.conjunctions(filter.getCondition());
    Optional<Field.Kind> by = by(scan, table, conditions);
    if (by.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> fields =
        outputs == null ? scan.fields() : outputs.stream().map(scan.fields()::get).toList();
    return Optional.of(new PointRead(scan, table, by.get(), conditions.get(0), fields));
  }

  /** What kind of field gives the row: COLUMN stands for all columns of a key, and no other. */
  private static Optional<Field.Kind> by(
      TensorScan scan, TensorTable table, List<RexNode> conditions) {
    Set<Integer> given = new HashSet<>();
    for (RexNode condition : conditions) {
      if (!(condition instanceof RexCall call) || call.getKind() != SqlKind.EQUALS) {
        return Optional.empty();
      }
      RexNode left = ScanBounds.column(call.getOperands().get(0));
      RexNode right = ScanBounds.column(call.getOperands().get(1));
      RexNode value = left instanceof RexInputRef ? right : left;
      RexNode column = left instanceof RexInputRef ? left : right;
      if (!(column instanceof RexInputRef ref)
          || !ScanBounds.isValue(value)
          || !given.add(scan.fields().get(ref.getIndex()))) {
        return Optional.empty();
      }
    }
    Field.Kind kind = table.fields().get(given.iterator().next()).kind();
    if (given.size() == 1 && (kind == Field.Kind.INDEX || kind == Field.Kind.ROW_ID)) {
      return Optional.of(kind);
    }
    FieldRequest any = ScanBounds.request(table, scan.fields(), conditions, null);
    Optional<List<Column>> key = KeyRows.key(table, any);
    boolean whole = key.isPresent() && key.get().size() == given.size();
    return whole ? Optional.of(Field.Kind.COLUMN) : Optional.empty();
  }

  /** The parameter that a column is compared with; -1 if it is something else. */
  private static int parameter(RexNode equals) {
    for (RexNode operand : ((RexCall) equals).getOperands()) {
      if (operand instanceof RexDynamicParam parameter) {
        return parameter.getIndex();
      }
    }
    return -1;
  }

  /** The row, or none; empty if it has to be looked for in another way. Caller closes. */
  Optional<RowCursor> open(Run run) throws StoreException {
    run.check();
    Object index = indexParameter < 0 ? null : run.parameters().get(indexParameter);
    if (index instanceof Long || index instanceof Integer) {
      long at = ((Number) index).longValue();
      FieldScan row = table.openRow(columns, at, run.versions(), run.allocator());
      return Optional.of(new FoundRows(row, readers));
    }
    FieldRequest request = ScanBounds.request(scan.source(), scan.fields(), scan.conditions(), run);
    boolean given =
        switch (by) {
          case INDEX -> request.indexes().isPresent();
          case ROW_ID -> request.rowIds().isPresent();
          default -> true;
        };
    if (!given) {
      return Optional.empty();
    }
    return table
        .openRows(request.withFields(outputs), run.versions(), run.allocator())
        .map(rows -> new FoundRows(rows, readers));
  }
}
