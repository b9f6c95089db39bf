package io.versor.engine.copy;

import io.versor.engine.write.CellWriter;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts decoded rows into columns. Identity columns have NULL where a file has no value. Immutable;
 * used by several threads.
 */
final class PortionBuilder {
  private final TableSchema schema;
  private final List<@Nullable Object> defaults;

  /** For each column of the table the wanted field; -1 for one that gets its default. */
  private final int[] fields;

  PortionBuilder(TableSchema schema, Wanted wanted, List<@Nullable Object> defaults) {
    this.schema = schema;
    this.defaults = defaults;
    this.fields = new int[schema.columns().size()];
    Arrays.fill(fields, -1);
    for (int i = 0; i < wanted.fields().size(); i++) {
      long id = wanted.fields().get(i).column().id();
      for (int c = 0; c < fields.length; c++) {
        if (schema.columns().get(c).id() == id) {
          fields[c] = i;
        }
      }
    }
  }

  Portion build(RawRows raw) throws IOException, StoreException {
    DecodedRows rows = raw.decode();
    List<CellWriter> writers = new ArrayList<>();
    for (Column column : schema.columns()) {
      writers.add(new CellWriter(schema.name(), column));
    }
    SortedMap<Integer, Reject> rejects = new TreeMap<>();
    int count = 0;
    while (rows.next()) {
      Optional<Reject> reject = row(rows, writers);
      if (reject.isPresent()) {
        rejects.put(count, reject.get());
      }
      count++;
    }
    List<HeapColumn> columns = new ArrayList<>();
    for (CellWriter writer : writers) {
      columns.add(writer.take());
    }
    return new Portion(HeapColumns.without(columns, rejects.keySet()), rejects, raw, rows.rest());
  }

  /** Appends a row; where it does not fit, the columns have something that has to be taken out. */
  private Optional<Reject> row(DecodedRows rows, List<CellWriter> writers) {
    Optional<String> fault = rows.fault();
    Reject reject = fault.isPresent() ? reject(rows, "", Code.INVALID_VALUE, fault.get()) : null;
    for (int c = 0; c < fields.length; c++) {
      if (reject == null) {
        try {
          Object value = fields[c] < 0 ? DecodedRows.ABSENT : rows.value(fields[c]);
          if (value == DecodedRows.ABSENT && schema.columns().get(c).identity().isPresent()) {
            writers.get(c).appendGap(); // numbered when the rows are taken, in their order
          } else {
            writers.get(c).append(value == DecodedRows.ABSENT ? defaultOf(c) : value);
          }
          continue;
        } catch (StoreException e) {
          String name = schema.columns().get(c).name();
          reject = reject(rows, name, e.code(), String.valueOf(e.getMessage()));
        }
      }
      writers.get(c).appendGap();
    }
    return Optional.ofNullable(reject);
  }

  private @Nullable Object defaultOf(int column) throws StoreException {
    Object value = defaults.get(column);
    if (value == Loader.RANDOM) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "there is no value for it, and its default is another one in each row, which COPY does not"
              + " compute; load into a table without the default and INSERT … SELECT from that");
    }
    return value;
  }

  private static Reject reject(DecodedRows rows, String column, Code code, String reason) {
    return new Reject(rows.file(), rows.number(), rows.line(), column, code, reason, rows.raw());
  }
}
