package io.versor.columnar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.versor.engine.TensorValue;
import io.versor.engine.copy.DecodedRows;
import io.versor.engine.copy.RawRows;
import io.versor.engine.copy.Wanted;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.nio.BufferUnderflowException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Some rows of a file with columns. */
public final class CellRows implements DecodedRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String file;
  private final Wanted wanted;
  private final List<Optional<CellRange>> columns;
  private final long first;
  private final int count;
  private final Optional<RawRows> rest;
  private int at = -1;

  /**
   * @param columns for each wanted field; empty for one that the file does not have
   * @param first number of the first row in the file, from 1
   * @param rest what comes behind, see {@link #rest}
   */
  public CellRows(
      String file,
      Wanted wanted,
      List<Optional<CellRange>> columns,
      long first,
      int count,
      Optional<RawRows> rest) {
    this.file = file;
    this.wanted = wanted;
    this.columns = columns;
    this.first = first;
    this.count = count;
    this.rest = rest;
  }

  @Override
  public boolean next() {
    return ++at < count;
  }

  @Override
  public Optional<RawRows> rest() {
    return rest;
  }

  @Override
  public String file() {
    return file;
  }

  @Override
  public long number() {
    return first + at;
  }

  @Override
  public long line() {
    return 0;
  }

  @Override
  public Optional<String> fault() {
    return Optional.empty();
  }

  @Override
  public @Nullable Object value(int field) throws StoreException {
    if (columns.get(field).isEmpty()) {
      return ABSENT;
    }
    CellRange range = columns.get(field).get();
    try {
      return value(range.cells(), range.from() + at, wanted.fields().get(field).column().type());
    } catch (JsonProcessingException e) {
      throw new StoreException(Code.INVALID_VALUE, "no JSON: " + e.getOriginalMessage(), e);
    } catch (InternalError e) {
      // What mapped memory says of a file that became shorter.
      throw new StoreException(Code.IO, "the file was changed while it was read", e);
    } catch (IndexOutOfBoundsException
        | BufferUnderflowException
        | ArithmeticException
        | DateTimeException
        | IllegalArgumentException e) {
      // Places that are not in the file, and numbers that mean nothing.
      throw new StoreException(
          Code.INVALID_VALUE, "the file is damaged (" + e.getMessage() + ")", e);
    }
  }

  /** A value as a column of the type takes it. */
  private static @Nullable Object value(Cells cells, int row, TensorType type)
      throws StoreException, JsonProcessingException {
    if (!(cells instanceof ListCells lists) || cells.isNull(row)) {
      return cells.at(row);
    }
    if (type.element().isPresent()) {
      return samples(lists, row, type.element().get());
    }
    boolean asJson = type.htype() == Htype.JSON || type.htype() == Htype.LIST;
    return asJson ? JSON.writeValueAsString(plain(lists.list(row))) : cells.at(row);
  }

  /** The elements of a list, each as one sample. */
  private static List<@Nullable Object> samples(ListCells lists, int row, TensorType type)
      throws StoreException, JsonProcessingException {
    int length = lists.length(row);
    List<@Nullable Object> samples = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      try {
        samples.add(value(lists.elements(), lists.start(row) + i, type));
      } catch (StoreException e) {
        throw new StoreException(e.code(), "element " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return samples;
  }

  /** What JSON has words for; the others become texts. */
  private static List<@Nullable Object> plain(List<?> list) {
    List<@Nullable Object> plain = new ArrayList<>(list.size());
    for (Object value : list) {
      if (value instanceof List<?> inner) {
        plain.add(plain(inner));
      } else {
        boolean known =
            value == null
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof byte[]; // in Base64
        plain.add(known ? value : value.toString());
      }
    }
    return plain;
  }

  @Override
  public String raw() {
    StringBuilder raw = new StringBuilder("{");
    for (int i = 0; i < columns.size() && raw.length() < MAX_RAW_CHARACTERS; i++) {
      if (columns.get(i).isPresent()) {
        raw.append(raw.length() == 1 ? "" : ", ");
        raw.append('"').append(wanted.fields().get(i).column().name()).append("\": ");
        raw.append(shown(i));
      }
    }
    raw.append('}');
    return raw.length() > MAX_RAW_CHARACTERS
        ? raw.substring(0, MAX_RAW_CHARACTERS)
        : raw.toString();
  }

  private String shown(int field) {
    Object value;
    try {
      value = value(field);
    } catch (StoreException e) {
      return "damaged";
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return String.valueOf(value);
    }
    if (value instanceof byte[] bytes) {
      return "\"" + bytes.length + " bytes\"";
    }
    if (value instanceof TensorValue tensor) {
      return "\"" + tensor + "\"";
    }
    try {
      return JSON.writeValueAsString(
          value instanceof List<?> list ? plain(list) : value.toString());
    } catch (JsonProcessingException e) {
      return "damaged";
    }
  }
}
