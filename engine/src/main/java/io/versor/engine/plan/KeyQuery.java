package io.versor.engine.plan;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ParameterInfo;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.KeyRows;
import io.versor.engine.catalog.TensorTable;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A query for columns of the row that has a key, made without the planner: whoever reads a row in a
 * fresh process waits for what that loads. It says what the planner's plan would, and hands over to
 * it whatever is not as plain as its text. One thread.
 */
public final class KeyQuery {
  private final TensorTable table;

  /** Positions of columns: what it gives, and those that are compared with values. */
  private final List<Integer> outputs;

  private final List<Integer> keys;

  /** The table's key that these columns are, in its order; empty if they are none. */
  private final List<Column> key;

  /** What each key is compared with; empty for a parameter. */
  private final List<Optional<Object>> constants;

  private final RowValues.Reader[] readers;
  private final List<Long> keyIds;

  /** Where in the key each of {@link #keys} is. */
  private final int[] places;

  private final FieldRequest fields;

  private KeyQuery(
      TensorTable table,
      List<Integer> outputs,
      List<Integer> keys,
      List<Optional<Object>> constants) {
    this.constants = List.copyOf(constants);
    this.table = table;
    this.outputs = List.copyOf(outputs);
    this.keys = List.copyOf(keys);
    this.key = key();
    this.keyIds = key.stream().map(Column::id).toList();
    this.places = keys.stream().mapToInt(each -> key.indexOf(column(each))).toArray();
    this.fields = FieldRequest.of(this.outputs);
    this.readers =
        outputs.stream()
            .map(output -> StoredValues.publicReader(column(output).type()))
            .toArray(RowValues.Reader[]::new);
  }

  /** The text as a query of a table of the session's branch, if it has such a table and key. */
  public static Optional<KeyQuery> find(KeyQueryText text, Versions versions)
      throws StoreException {
    Optional<Version> version = branch(versions);
    Optional<TableSnapshot> snapshot =
        version.isEmpty() ? Optional.empty() : version.get().snapshot().findTable(text.table());
    if (snapshot.isEmpty() || !snapshot.get().schema().name().equals(text.table())) {
      return Optional.empty();
    }
    TensorTable table = new TensorTable(version.get().schema(), snapshot.get());
    List<Integer> outputs =
        text.columns().isEmpty()
            ? IntStream.range(0, table.schema().columns().size()).boxed().toList()
            : positions(table, text.columns());
    List<Integer> keys = positions(table, text.keys());
    boolean twice = Set.copyOf(outputs).size() < outputs.size(); // the planner renames one
    if (twice || outputs.contains(-1) || keys.contains(-1)) {
      return Optional.empty();
    }
    KeyQuery query = new KeyQuery(table, outputs, keys, text.constants());
    return query.isWhole() ? Optional.of(query) : Optional.empty();
  }

  private static Optional<Version> branch(Versions versions) throws StoreException {
    return versions.find(versions.current()).filter(version -> version.branch().isPresent());
  }

  /** Of columns that are spelt as in the table; -1 for others. */
  private static List<Integer> positions(TensorTable table, List<String> names) {
    List<String> columns = table.schema().columns().stream().map(Column::name).toList();
    return names.stream().map(columns::indexOf).toList();
  }

  private Column column(int position) {
    return table.schema().columns().get(position);
  }

  /** Whether the parameters give a key, all of its columns and no other, of types compared here. */
  private boolean isWhole() {
    return Set.copyOf(keys).size() == keys.size() && key.size() == keys.size();
  }

  private List<Column> key() {
    Map<Integer, Set<String>> texts = new HashMap<>();
    Map<Integer, Set<BigDecimal>> numbers = new HashMap<>();
    for (int column : keys) {
      if (isNumber(column)) {
        numbers.put(column, Set.of(BigDecimal.ZERO));
      } else if (isText(column)) {
        texts.put(column, Set.of(""));
      } else {
        return List.of();
      }
    }
    return KeyRows.key(
            table,
            new FieldRequest(
                outputs, List.of(), Optional.empty(), Optional.empty(), texts, numbers, Map.of()))
        .orElse(List.of());
  }

  private boolean isNumber(int key) {
    TensorType type = column(key).type();
    return type.shape().rank() == 0
        && type.htype() == Htype.GENERIC
        && switch (type.dtype()) {
          case INT8, INT16, INT32, INT64 -> true;
          default -> false;
        };
  }

  private boolean isText(int key) {
    TensorType type = column(key).type();
    return type.shape().rank() == 0
        && switch (type.dtype()) {
          case UTF8 -> type.htype() == Htype.GENERIC || type.htype() == Htype.TEXT;
          default -> false;
        };
  }

  /** Of the row it gives, as the planner would tell of them. */
  public List<ColumnInfo> columns() {
    List<ColumnInfo> infos = new ArrayList<>();
    for (int output : outputs) {
      Column column = column(output);
      infos.add(
          Infos.column(
              column.name(),
              column.name(),
              table.schema().name(),
              table.schemaName(),
              column.nullable(),
              column.type(),
              column.identity().isPresent(),
              true));
    }
    return infos;
  }

  /** One for each {@code ?}, in the order of the text. */
  public List<ParameterInfo> parameters() {
    return IntStream.range(0, keys.size())
        .filter(i -> constants.get(i).isEmpty())
        .mapToObj(i -> column(keys.get(i)).type())
        .map(type -> type.htype() == Htype.TEXT ? TensorType.varchar(0) : type)
        .map(Infos::parameter)
        .toList();
  }

  /** The row, or none; empty if the planner has to say what is meant. Caller closes. */
  public Optional<RowCursor> open(Run run) throws StoreException {
    run.check();
    List<HeapColumn> values = values(run.parameters());
    TableSnapshot now = values.isEmpty() ? null : snapshot(run.versions());
    if (now == null) {
      return Optional.empty();
    }
    return table
        .openRows(now, keyIds, values, fields, run.allocator())
        .map(rows -> new FoundRows(rows, readers));
  }

  /** Null if the branch's table is not the one that the query was made for. */
  private @Nullable TableSnapshot snapshot(Versions versions) throws StoreException {
    Optional<Version> version = branch(versions);
    if (version.isEmpty() || !version.get().schema().equals(table.schemaName())) {
      return null;
    }
    TableSnapshot now = version.get().snapshot().findTable(table.schema().name()).orElse(null);
    return now != null && now.schema().equals(table.schema()) ? now : null;
  }

  /**
   * The key, a column of one row for each of its columns; empty if a value is of another kind than
   * its column, or beyond it.
   */
  private List<HeapColumn> values(List<@Nullable Object> parameters) throws StoreException {
    HeapColumn[] values = new HeapColumn[key.size()];
    int parameter = 0;
    for (int i = 0; i < keys.size(); i++) {
      Column column = column(keys.get(i));
      Object value =
          constants.get(i).isPresent() ? constants.get(i).get() : parameters.get(parameter++);
      if (value instanceof String text && isText(keys.get(i))) {
        values[places[i]] = text(column.type(), text);
      } else if (isNumber(keys.get(i)) && isWithin(value, column.type())) {
        ColumnBuilder number = new ColumnBuilder(column.type());
        number.appendLong(((Number) value).longValue());
        values[places[i]] = number.column();
      } else {
        return List.of();
      }
    }
    return List.of(values);
  }

  /** NULL, which is equal to nothing, for a text that the column cannot hold. */
  private static HeapColumn text(TensorType type, String text) throws StoreException {
    ColumnBuilder sample = new ColumnBuilder(type);
    try {
      sample.appendText(text);
    } catch (StoreException e) {
      sample = new ColumnBuilder(type);
      sample.appendNull();
    }
    return sample.column();
  }

  private static boolean isWithin(@Nullable Object value, TensorType type) {
    if (!(value instanceof Long || value instanceof Integer)) {
      return false;
    }
    int unused = Long.SIZE - 8 * type.dtype().width();
    long number = ((Number) value).longValue();
    return number << unused >> unused == number;
  }
}
