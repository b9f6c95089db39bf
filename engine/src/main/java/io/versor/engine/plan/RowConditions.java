package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.CheckText;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.system.HeapScan;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableCheck;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The CHECK constraints of a table, planned as one query for the rows that violate them, over rows
 * that are not in a table yet. Used by one thread.
 */
public final class RowConditions {
  /** Name of a schema that no branch can have. */
  private static final String SCHEMA = "rows to check";

  private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

  /** Characters of a value in a message. */
  private static final int SHOWN = 60;

  private final TableSchema schema;
  private final List<TableCheck> checks;
  private final List<Integer> columns;
  private final NewRows rows;
  private final QueryPlan plan;
  private @Nullable QueryPlan allRows;

  /**
   * @param versions of the statement, for functions that ask about them
   * @throws StatementException when a condition cannot be one, such as an aggregate
   */
  public RowConditions(TableSchema schema, Versions versions)
      throws StoreException, StatementException {
    this.schema = schema;
    this.checks = List.copyOf(TableCheck.of(schema).values());
    this.columns = columns(schema);
    this.rows = new NewRows(schema);
    this.plan = planned(versions, true);
  }

  private QueryPlan planned(Versions versions, boolean violated)
      throws StoreException, StatementException {
    return QueryPlanner.over(versions, SCHEMA, Map.of(schema.name(), rows))
        .plan(query(violated), List.of());
  }

  /** Whether all texts in them are what they are compared with: now, not with the first row. */
  public void checkLiterals(Run run) throws StoreException, StatementException {
    plan.executable().checkLiterals(run);
  }

  /** Whether a table has any. */
  public static boolean areNeeded(TableSchema schema) {
    return !TableCheck.of(schema).isEmpty();
  }

  private static List<Integer> columns(TableSchema schema) {
    Set<Integer> read = new TreeSet<>();
    TableCheck.of(schema)
        .values()
        .forEach(check -> check.columns().forEach(id -> read.add(schema.indexOf(id))));
    return List.copyOf(read);
  }

  /** The columns that conditions read, by position in the table, if one of them is written. */
  public static List<Integer> columns(TableSchema schema, List<Integer> written) {
    List<Integer> columns = columns(schema);
    return written.stream().anyMatch(columns::contains) ? columns : List.of();
  }

  /** The columns that conditions read, by position in the table. */
  public List<Integer> columns() {
    return columns;
  }

  /**
   * SELECT c1 IS FALSE, ..., columns FROM rows WHERE c1 IS FALSE OR ...
   *
   * @param violated whether there is the WHERE; else there is a row for each, in their order
   */
  private SqlNode query(boolean violated) {
    List<SqlNode> items = new ArrayList<>();
    SqlNode where = null;
    for (TableCheck check : checks) {
      SqlNode isFalse =
          SqlStdOperatorTable.IS_FALSE.createCall(NOWHERE, CheckText.condition(check, schema));
      items.add(isFalse);
      where = where == null ? isFalse : SqlStdOperatorTable.OR.createCall(NOWHERE, where, isFalse);
    }
    for (int column : columns) {
      items.add(new SqlIdentifier(schema.columns().get(column).name(), NOWHERE));
    }
    return Selects.of(
        NOWHERE,
        Selects.named(items, "item"),
        new SqlIdentifier(List.of(SCHEMA, schema.name()), NOWHERE),
        violated ? where : null);
  }

  /** Checks whole rows, with a column for each of the table. */
  public void check(List<HeapColumn> row, Run run) throws StoreException, StatementException {
    Map<Integer, HeapColumn> samples = new HashMap<>();
    columns.forEach(column -> samples.put(column, row.get(column)));
    check(samples, run);
  }

  /**
   * Checks rows.
   *
   * @param samples by position in the table; those of {@link #columns} at least
   * @throws StoreException {@code CHECK_VIOLATION}
   */
  public void check(Map<Integer, HeapColumn> samples, Run run)
      throws StoreException, StatementException {
    rows.samples = samples;
    try (RowCursor violations = plan.executable().open(run)) {
      if (violations.next()) {
        throw violation(violations);
      }
    } finally {
      rows.samples = Map.of();
    }
  }

  /** What is wrong with rows that violate one of the conditions, by row. */
  public SortedMap<Integer, StoreException> violations(List<HeapColumn> whole, Run run)
      throws StoreException, StatementException {
    SortedMap<Integer, StoreException> violations = new TreeMap<>();
    Map<Integer, HeapColumn> samples = new HashMap<>();
    columns.forEach(column -> samples.put(column, whole.get(column)));
    rows.samples = samples;
    try (RowCursor any = plan.executable().open(run)) {
      if (!any.next()) {
        return violations; // as nearly always
      }
    } finally {
      rows.samples = Map.of();
    }
    QueryPlan flags = allRows == null ? planned(run.versions(), false) : allRows;
    allRows = flags;
    rows.samples = samples;
    try (RowCursor all = flags.executable().open(run)) {
      for (int row = 0; all.next(); row++) {
        if (firstViolated(all) < checks.size()) {
          violations.put(row, violation(all));
        }
      }
    } finally {
      rows.samples = Map.of();
    }
    return violations;
  }

  /** The number of checks if none is. */
  private int firstViolated(RowCursor row) throws StoreException {
    int first = 0;
    while (first < checks.size() && !Boolean.TRUE.equals(row.objectAt(first))) {
      first++;
    }
    return first;
  }

  private StoreException violation(RowCursor row) throws StoreException {
    int first = firstViolated(row);
    TableCheck check = checks.get(first);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      var column = schema.columns().get(columns.get(i));
      if (check.columns().contains(column.id())) {
        values.add(column.name() + " = " + shown(row.objectAt(checks.size() + i)));
      }
    }
    return new StoreException(
        Code.CHECK_VIOLATION,
        "CHECK "
            + check.name()
            + " of "
            + schema.name()
            + ": "
            + CheckText.sql(check, schema)
            + " is false for "
            + String.join(", ", values));
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    String text = value.toString();
    String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return value instanceof String ? "'" + cut + "'" : cut;
  }

  /** A table whose rows are handed over before each run. */
  private static final class NewRows extends VersorTable {
    private Map<Integer, HeapColumn> samples = Map.of();

    NewRows(TableSchema schema) {
      super(SCHEMA, schema, false);
    }

    @Override
    public double estimatedRows() {
      return 1;
    }

    @Override
    public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator) {
      List<HeapColumn> asked =
          request.fields().stream()
              .map(field -> Objects.requireNonNull(samples.get(fields().get(field).column())))
              .toList();
      int count = samples.values().stream().mapToInt(HeapColumn::rows).findFirst().orElse(0);
      return new HeapScan(fields(), request.fields(), asked, count, allocator);
    }
  }
}
