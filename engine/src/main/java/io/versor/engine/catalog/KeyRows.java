package io.versor.engine.catalog;

import io.versor.engine.type.Uuids;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Rows that conditions ask for by a key: all of its columns are given. Only where values that SQL
 * takes for equal are stored as the same bytes.
 */
public final class KeyRows {
  /** More keys than that are looked for in a scan. */
  private static final long MAX_KEYS = 1_000;

  private KeyRows() {}

  /**
   * The columns of the key by which a request gives rows, if there is one: the one with the fewest
   * keys to look for.
   */
  public static Optional<List<Column>> key(VersorTable table, FieldRequest request) {
    TableSchema schema = table.schema();
    Optional<List<Column>> best = Optional.empty();
    long fewest = MAX_KEYS + 1;
    boolean kept = table instanceof TensorTable; // others only look like tables with keys
    for (List<Integer> key : kept ? table.keys() : List.<List<Integer>>of()) {
      long count = 1;
      for (int column : key) {
        int values = given(schema, request, column).map(Collection::size).orElse(-1);
        count = values < 0 || count < 0 ? -1 : Math.min(MAX_KEYS + 1, count * values);
      }
      if (count >= 0 && count < fewest) {
        fewest = count;
        best = Optional.of(key.stream().map(schema.columns()::get).toList());
      }
    }
    return best;
  }

  /** Values of a column that a row may have, as far as it can be looked for by them. */
  private static Optional<Collection<?>> given(
      TableSchema schema, FieldRequest request, int column) {
    Dtype dtype = schema.columns().get(column).type().dtype();
    Htype htype = schema.columns().get(column).type().htype();
    if (schema.columns().get(column).type().shape().rank() != 0) {
      return Optional.empty();
    }
    return switch (dtype) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, DECIMAL ->
          htype == Htype.GENERIC
              ? Optional.ofNullable(request.numbers().get(column))
              : htype == Htype.CLASS_LABEL
                  ? Optional.ofNullable(request.texts().get(column))
                  : Optional.empty();
      case UINT64 -> Optional.ofNullable(request.numbers().get(column));
      case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, BYTES ->
          Optional.ofNullable(request.samples().get(column));
      case FLOAT32, FLOAT64 ->
          Optional.ofNullable(request.samples().get(column)).flatMap(KeyRows::floats);
      case UUID -> Optional.ofNullable(request.texts().get(column));
      case UTF8 ->
          htype == Htype.GENERIC || htype == Htype.TEXT
              ? Optional.ofNullable(request.texts().get(column))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Zero is stored in two ways, and NaN in many. */
  private static Optional<Collection<?>> floats(Set<Object> given) {
    Set<Object> all = new HashSet<>(given);
    if (all.contains(Double.NaN)) {
      return Optional.empty();
    }
    if (all.contains(0.0) || all.contains(-0.0)) {
      all.add(0.0);
      all.add(-0.0);
    }
    return Optional.of(all);
  }

  /**
   * Ids of the rows that have one of the keys; empty if the request gives none, or a scan is
   * quicker.
   */
  static Optional<long[]> find(VersorTable table, FieldRequest request, TableSnapshot snapshot)
      throws StoreException {
    Optional<List<Column>> key = key(table, request);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    List<HeapColumn> parts = new ArrayList<>();
    for (Column column : key.get()) {
      int at = table.schema().indexOf(column.id());
      parts.add(values(column, given(table.schema(), request, at).orElse(Set.of())));
    }
    return snapshot.findRows(key.get().stream().map(Column::id).toList(), combined(parts));
  }

  private static HeapColumn values(Column column, Collection<?> given) {
    ColumnBuilder values = new ColumnBuilder(column.type());
    for (Object value : given) {
      try {
        append(values, column.type(), value);
      } catch (StoreException | ArithmeticException e) {
        // The column cannot hold it, so no row is equal to it.
      }
    }
    return values.column();
  }

  private static void append(ColumnBuilder values, TensorType type, Object value)
      throws StoreException {
    if (type.htype() == Htype.CLASS_LABEL) {
      int label = type.labels().indexOf((String) value);
      if (label >= 0) {
        values.appendLong(label);
      }
    } else if (type.dtype() == Dtype.UUID) {
      Optional<UUID> id = Uuids.find((String) value);
      if (id.isPresent()) {
        values.appendFixed(Uuids.bytes(id.get()), 0);
      }
    } else if (value instanceof String text) {
      values.appendText(text);
    } else if (value instanceof ByteBuffer bytes) {
      values.appendBytes(bytes.array(), 0, bytes.array().length);
    } else if (value instanceof Double number) {
      values.appendDouble(number);
    } else if (value instanceof Long number) {
      values.appendLong(number);
    } else if (type.dtype() == Dtype.DECIMAL) {
      values.appendDecimal((BigDecimal) value);
    } else if (type.dtype() == Dtype.UINT64) {
      BigInteger number = ((BigDecimal) value).toBigIntegerExact();
      if (number.signum() >= 0 && number.bitLength() <= Long.SIZE) {
        values.appendUnsigned(number.longValue());
      }
    } else {
      values.appendLong(((BigDecimal) value).longValueExact());
    }
  }

  /** Each value of a part with each of the others. */
  private static List<HeapColumn> combined(List<HeapColumn> parts) throws StoreException {
    if (parts.size() == 1) {
      return parts;
    }
    int all = 1;
    for (HeapColumn part : parts) {
      all *= part.rows();
    }
    List<HeapColumn> combined = new ArrayList<>();
    int repeated = all;
    for (HeapColumn part : parts) {
      ColumnBuilder values = new ColumnBuilder(part.type());
      repeated = part.rows() == 0 ? 0 : repeated / part.rows();
      for (int i = 0; i < all; i++) {
        values.append(part, i / repeated % part.rows(), 1);
      }
      combined.add(values.column());
    }
    return combined;
  }
}
