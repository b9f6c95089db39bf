package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.function.FileAccess;
import io.versor.engine.match.GivenRow;
import io.versor.engine.type.Carried;
import io.versor.engine.type.Micros;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.engine.work.Work;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/** A query compiled to Java by Calcite. Holds nothing of one execution. */
final class Fallback {
  private final EnumerableRel physical;
  private final Bindable<?> bindable;
  private final Map<String, Object> stash;
  private final List<RelDataType> types;
  private final List<BatchPart> parts;
  private final boolean lists;
  private final ListedSets sets;

  private Fallback(
      EnumerableRel physical,
      List<BatchPart> parts,
      Bindable<?> bindable,
      Map<String, Object> stash,
      List<RelDataType> types,
      ListedSets sets) {
    this.sets = sets;
    this.physical = physical;
    this.bindable = bindable;
    this.stash = stash;
    this.types = types;
    this.parts = parts;
    this.lists = types.stream().anyMatch(type -> type.getComponentType() != null);
  }

  /** All of a plan. */
  static Fallback compile(RelNode logical) {
    return compile(logical, List.of());
  }

  /** What is left of a plan by the parts that run on batches. */
  static Fallback compileAround(RelNode logical, Run run) {
    List<BatchPart> parts = new ArrayList<>();
    RelNode rest = BatchPart.rewrite(logical, run, parts);
    return compile(rest, parts);
  }

  private static Fallback compile(RelNode logical, List<BatchPart> parts) {
    ListedSets sets = new ListedSets();
    EnumerableRel physical =
        FallbackProgram.run(
            LazyConditions.rewrite(
                TimeNumbers.rewrite(
                    TrimCalls.rewrite(
                        OwnFunctions.rewrite(
                            Microseconds.rewrite(
                                JsonScalars.rewrite(
                                    sets.rewrite(LogicalProgram.simplerAggregates(logical)))))))));
    Map<String, Object> stash = new HashMap<>();
    Bindable<?> bindable = GeneratedCode.compile(physical, stash);
    List<RelDataType> types =
        physical.getRowType().getFieldList().stream().map(RelDataTypeField::getType).toList();
    return new Fallback(physical, parts, bindable, stash, types, sets);
  }

  RelNode physical() {
    return physical;
  }

  /** Parts of the plan that run on batches. */
  List<BatchPart> parts() {
    return parts;
  }

  RowCursor open(Run run) {
    return new Cursor(run);
  }

  /**
   * Rows, made in portions by a worker: generated code cannot always be asked to stop, and the
   * caller need not wait for it then.
   */
  private final class Cursor implements RowCursor, Work.Owner {
    /** How long a portion takes at most, but for its last row: some handovers. */
    private static final long PORTION_NANOS = 500_000;

    /** Beyond so many rows handing them over costs nothing any more. */
    private static final int MOST_ROWS = 1_024;

    private final Run run;
    private @Nullable Enumerator<?> rows;
    private List<@Nullable Object> portion = List.of();
    private int at = -1;

    /** What came after the portion's rows; reported when they were read. */
    private @Nullable Throwable failure;

    private boolean over;
    private boolean left;
    private @Nullable Object row;

    Cursor(Run run) {
      this.run = run;
    }

    @Override
    public boolean next() throws StoreException, StatementException {
      if (++at >= portion.size() && !nextPortion()) {
        return false;
      }
      row = portion.get(at);
      return true;
    }

    private boolean nextPortion() throws StoreException, StatementException {
      at = 0;
      portion = List.of();
      if (failure == null && !over) {
        portion = run.work().call(this::make, this);
      }
      Throwable thrown = failure;
      if (portion.isEmpty() && thrown != null) {
        throw SqlErrors.of(thrown, (wrong, schema) -> "");
      }
      return !portion.isEmpty();
    }

    private List<@Nullable Object> make() {
      List<@Nullable Object> made = new ArrayList<>();
      long until = System.nanoTime() + PORTION_NANOS;
      FileAccess.Scope functions = run.enter();
      try {
        Enumerator<?> source = rows;
        if (source == null) {
          source = bindable.bind(new RunContext(run)).enumerator();
          rows = source;
        }
        do {
          if (!source.moveNext()) {
            over = true;
            break;
          }
          made.add(settled(source.current())); // expressions are evaluated here
        } while (made.size() < MOST_ROWS && System.nanoTime() - until < 0);
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
        failure = e;
      } catch (OutOfMemoryError e) {
        made.clear();
        failure = new Carried(outOfHeap());
        release(); // at once: others need it
        rows = null;
      } finally {
        functions.close();
      }
      return made;
    }

    /** Sets of rows that Calcite's operators keep, nobody counts. */
    private static StatementException outOfHeap() {
      return new StatementException(
          "53200",
          "the rows that the statement keeps on the heap need more than the "
              + Runtime.getRuntime().maxMemory()
              + " bytes that it may grow to; ask for fewer rows or columns, or start Java with a"
              + " larger -Xmx");
    }

    /** A CAST of a list computes its elements when they are read: now, where errors are told. */
    private @Nullable Object settled(@Nullable Object made) {
      if (!lists || !(made instanceof Object[] values)) {
        return lists && types.size() == 1 ? settledList(made) : made;
      }
      for (int i = 0; i < values.length; i++) {
        if (types.get(i).getComponentType() != null) {
          values[i] = settledList(values[i]);
        }
      }
      return values;
    }

    private static @Nullable Object settledList(@Nullable Object value) {
      if (!(value instanceof List<?> list)) {
        return value;
      }
      List<@Nullable Object> settled = new ArrayList<>(list.size());
      list.forEach(element -> settled.add(settledList(element)));
      return settled;
    }

    @Override
    public @Nullable Object objectAt(int column) throws StoreException {
      return PublicValues.of(valueAt(column), types.get(column));
    }

    /**
     * Rows of one column are bare values; others are arrays, and lists where UNNEST is the root.
     */
    private @Nullable Object valueAt(int column) {
      if (types.size() > 1 && row instanceof List<?> values) {
        return values.get(column);
      }
      return row instanceof Object[] values ? values[column] : row;
    }

    @Override
    public void close() {
      portion = List.of();
      if (!left) {
        release();
      }
    }

    @Override
    public void left() {
      left = true;
    }

    @Override
    public void release() {
      try {
        if (rows != null) {
          rows.close();
        }
      } finally {
        run.closeAll();
      }
    }
  }

  /** What generated code asks for. */
  private final class RunContext implements DataContext {
    private final Run run;
    private final VersorTypeFactory typeFactory = new VersorTypeFactory();
    private final Map<Integer, List<@Nullable Object>> kept = new HashMap<>();
    private final Object given = GivenRow.none();
    private @Nullable SchemaPlus temporary;

    RunContext(Run run) {
      this.run = run;
    }

    @Override
    public SchemaPlus getRootSchema() {
      SchemaPlus root = temporary; // recursive queries keep their rows there
      if (root == null) {
        root = CalciteSchema.createRootSchema(false, false).plus();
        temporary = root;
      }
      return root;
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
      return typeFactory;
    }

    @Override
    public QueryProvider getQueryProvider() {
      throw new UnsupportedOperationException("tables are read through scans alone");
    }

    @Override
    public @Nullable Object get(String name) {
      if (name.equals(FallbackScan.RUN)) {
        return run;
      }
      if (name.equals(SharedRows.KEPT)) {
        return kept;
      }
      if (name.equals(GivenRow.ALL)) {
        return given;
      }
      if (name.startsWith("?")) {
        int index = Integer.parseInt(name.substring(1));
        if (index == Microseconds.NOW_PARAMETER) {
          return Micros.of(run.now());
        }
        Object set = sets.parameter(index);
        if (set != null) {
          return set;
        }
        return ParameterValues.internal(run.parameters().get(index), index);
      }
      long millis = run.now().toEpochMilli();
      if (name.equals(Variable.CANCEL_FLAG.camelName)) {
        return run.work().cancellation().flag();
      }
      if (name.equals(Variable.CURRENT_TIMESTAMP.camelName)
          || name.equals(Variable.LOCAL_TIMESTAMP.camelName)
          || name.equals(Variable.UTC_TIMESTAMP.camelName)) {
        return millis;
      }
      if (name.equals(Variable.TIME_ZONE.camelName)) {
        return TimeZone.getTimeZone("UTC");
      }
      if (name.equals(Variable.LOCALE.camelName)) {
        return java.util.Locale.ENGLISH; // names of days and months in full
      }
      if (name.equals(Variable.USER.camelName) || name.equals(Variable.SYSTEM_USER.camelName)) {
        return run.user();
      }
      return stash.get(name);
    }
  }
}
