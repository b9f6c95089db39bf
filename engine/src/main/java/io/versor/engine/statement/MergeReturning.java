package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.format.TableSnapshot;
import io.versor.format.Transaction;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import io.versor.parser.ast.SqlMergeInto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * RETURNING of MERGE INTO: the rows that were deleted as they were, the others as they are, in the
 * order of the source. {@code merge_action()} is one more parameter, which each of the actions
 * gives its own value.
 *
 * @param beside what it names of the source: the last columns of the merge's query
 */
record MergeReturning(SourceColumns beside, ReturningPlan plan) {
  /** What was done to a row, in the words of {@code merge_action()}. */
  enum Action {
    INSERT,
    UPDATE,
    DELETE
  }

  private static final String MERGE_ACTION = "merge_action";

  private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

  /**
   * Plans it.
   *
   * @param items empty: nothing is returned
   */
  static Optional<MergeReturning> of(
      SqlNodeList items,
      SqlMergeInto merge,
      Target target,
      Versions versions,
      List<@Nullable Object> values)
      throws StoreException, StatementException {
    if (items.isEmpty()) {
      return Optional.empty();
    }
    CommonTables common = CommonTables.of(merge);
    SourceColumns beside =
        SourceColumns.of(merge.source(), merge.source(), items, common, versions, values);
    ReturningPlan plan =
        ReturningPlan.ofMerge(
            withActions(items, Literals.parameterCount(merge)),
            common,
            merge.table(),
            merge.alias().orElse(null),
            beside,
            target,
            versions,
            values);
    return Optional.of(new MergeReturning(beside, plan));
  }

  private static SqlNodeList withActions(SqlNodeList items, int parameter) {
    SqlShuttle actions =
        new SqlShuttle() {
          @Override
          public @Nullable SqlNode visit(SqlCall call) {
            return isAction(call) ? action(call, parameter) : super.visit(call);
          }
        };
    SqlNodeList changed = new SqlNodeList(items.getParserPosition());
    for (SqlNode item : items) {
      SqlNode visited = item.accept(actions);
      SqlParserPos place = item.getParserPosition();
      changed.add(
          isAction(item)
              ? SqlStdOperatorTable.AS.createCall(
                  place, visited, new SqlIdentifier(MERGE_ACTION, place))
              : visited);
    }
    return changed;
  }

  private static boolean isAction(SqlNode node) {
    return node instanceof SqlCall call
        && call.operandCount() == 0
        && call.getOperator().getName().equalsIgnoreCase(MERGE_ACTION);
  }

  private static SqlNode action(SqlNode call, int parameter) {
    SqlParserPos place = call.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(
        place,
        new SqlDynamicParam(parameter, place),
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, NOWHERE), NOWHERE));
  }

  boolean fits(Versions versions) throws StoreException {
    return plan.fits(versions);
  }

  /**
   * Takes what one execution does.
   *
   * @param first where the merge's query gives the first column of the source
   */
  Gathered gather(int first) {
    return new Gathered(first);
  }

  /** The rows that were changed, in their order. */
  final class Gathered {
    private final int first;
    private final SourceColumns.Gathered sources = beside.gather();
    private final List<Action> actions = new ArrayList<>();
    private final RowIdList ids = new RowIdList();

    private Gathered(int first) {
      this.first = first;
    }

    /** What they take on the heap, about. */
    long bytes() {
      return (long) RowIdList.SET_BYTES * ids.size() + sources.bytes();
    }

    /** A row of the table was updated or deleted. */
    void changed(Action action, long rowId, RowCursor cursor)
        throws StoreException, StatementException {
      actions.add(action);
      ids.add(rowId);
      sources.add(cursor, first);
    }

    /** A row was inserted, whose id is known at the end. */
    void inserted(RowCursor cursor) throws StoreException, StatementException {
      changed(Action.INSERT, 0, cursor);
    }

    /**
     * What is returned of them.
     *
     * @param inserted ids of those that were inserted, in their order
     */
    ReturningPlan.Rows rows(long[] inserted, Target target, Transaction transaction, Run run)
        throws StoreException, StatementException {
      long[] written = ids.toArray();
      int next = 0;
      for (int i = 0; i < written.length; i++) {
        if (actions.get(i) == Action.INSERT) {
          written[i] = inserted[next++];
        }
      }
      TableSnapshot now =
          transaction
              .snapshot()
              .findTable(target.schema().id())
              .orElseThrow(IllegalStateException::new);
      List<List<HeapColumn>> columns = sources.columns();
      Map<Long, List<@Nullable Object>> found = new HashMap<>();
      for (Action action : Action.values()) {
        int[] places =
            IntStream.range(0, written.length).filter(i -> actions.get(i) == action).toArray();
        long[] chosen = Arrays.stream(places).mapToLong(place -> written[place]).toArray();
        List<@Nullable Object> parameters = new ArrayList<>(run.parameters());
        parameters.add(action.name());
        found.putAll(
            plan.read(
                action == Action.DELETE ? target.snapshot() : now,
                chosen,
                places,
                columns,
                run.with(parameters)));
      }
      return plan.inOrder(written, found, transaction);
    }
  }
}
