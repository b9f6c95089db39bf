package io.versor.engine.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.copy.JsonCells;
import io.versor.engine.media.MediaFormat;
import io.versor.engine.media.MediaInfo;
import io.versor.engine.media.MediaProbe;
import io.versor.engine.plan.TensorElements;
import io.versor.engine.plan.TensorTextReader;
import io.versor.engine.type.Micros;
import io.versor.engine.type.Uuids;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Sequences;
import io.versor.format.type.Column;
import io.versor.format.type.DecimalDigits;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends values to one column of a table. Takes the objects of {@link io.versor.engine.Result},
 * Java arrays and nested lists. A refused value leaves the column as it was.
 */
public final class CellWriter {
  /** Loaded when a JSON text is written: that takes long in a fresh process. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  /** Labels listed in a message. */
  private static final int SHOWN_LABELS = 10;

  private final String table;
  private final Column column;
  private final Map<String, Integer> labels = new HashMap<>();
  private ColumnBuilder builder;

  /** Numbers of a sample if the type is a vector of fixed length, else -1. */
  private final int vectorLength;

  /** The bytes of one vector on its way into the builder. */
  private byte @Nullable [] vectorBytes;

  /** Of a column of lists: one of their elements. */
  private @Nullable CellWriter elementWriter;

  public CellWriter(String table, Column column) {
    this.table = table;
    this.column = column;
    this.builder = new ColumnBuilder(column.type(), 16);
    boolean vector = column.type().shape().rank() == 1 && column.type().layout() == Layout.FIXED;
    this.vectorLength = vector ? column.type().shape().extent(0) : -1;
    List<String> names = column.type().labels();
    for (int i = 0; i < names.size(); i++) {
      labels.put(names.get(i), i);
    }
  }

  public Column column() {
    return column;
  }

  public long bytes() {
    return builder.bytes();
  }

  /** What was appended since the last {@link #take}. */
  public HeapColumn peek() {
    return builder.column();
  }

  /** What was appended since the last call. */
  public HeapColumn take() {
    HeapColumn taken = builder.column();
    builder = new ColumnBuilder(column.type(), 16);
    return taken;
  }

  /** Makes room for rows to come, as long as they take at most so many bytes, if it has none. */
  public void expect(int rows, long mostBytes) {
    if (builder.rows() == 0) {
      builder = ColumnBuilder.withRoom(column.type(), rows, mostBytes);
    }
  }

  /**
   * Appends one value.
   *
   * @param row for messages, from 1
   */
  public void append(@Nullable Object value, long row) throws StoreException {
    try {
      append(value);
    } catch (OutOfMemoryError e) {
      // One array too large for what is left: nothing else was touched.
      throw new StoreException(
          Code.MEMORY,
          "column "
              + column.name()
              + " of "
              + table
              + ", row "
              + row
              + ": no room in the heap for "
              + shown(Objects.requireNonNull(value))
              + " beside what is there; write it in a transaction of its own or raise -Xmx",
          e);
    } catch (StoreException e) {
      throw new StoreException(
          e.code(),
          "column " + column.name() + " of " + table + ", row " + row + ": " + e.getMessage(),
          e);
    }
  }

  /** Appends one value; what is wrong with it is said without its place. */
  public void append(@Nullable Object value) throws StoreException {
    if (value == null) {
      appendNull();
    } else {
      appendValue(value);
    }
  }

  /** Appends NULL whatever the column says: for a row that is taken out again. */
  public void appendGap() {
    try {
      builder.appendNull();
    } catch (StoreException e) {
      throw new IllegalStateException(e); // a row more than a column can have
    }
  }

  private void appendNull() throws StoreException {
    if (!column.nullable()) {
      throw new StoreException(Code.NOT_NULL, "NULL, expected a value: the column is NOT NULL");
    }
    builder.appendNull();
  }

  private void appendValue(Object value) throws StoreException {
    TensorType type = column.type();
    if (type.shape().rank() > 0) {
      appendTensor(value);
    } else if (type.htype().isMedia()) {
      appendMedia(bytes(value));
    } else if (type.htype() == Htype.CLASS_LABEL) {
      appendLabel(value);
    } else if (type.element().isPresent()) {
      appendList(value, type.element().get());
    } else {
      if (value instanceof String text && appendPlain(text, type.dtype())) {
        return;
      }
      switch (type.dtype()) {
        case BOOL -> builder.appendLong(bool(value) ? 1 : 0);
        case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> builder.appendLong(whole(value));
        case UINT64 -> appendUnsigned(value);
        case FLOAT16, FLOAT32, FLOAT64 -> appendFloat(value);
        case DECIMAL -> builder.appendDecimal(decimal(value));
        case DATE -> builder.appendLong(date(value).toEpochDay());
        case TIME -> builder.appendLong(digits(time(value)));
        case TIMESTAMP, TIMESTAMP_TZ -> builder.appendLong(digits(timestamp(value)));
        case UTF8 -> builder.appendText(text(value));
        case BYTES -> {
          byte[] bytes = bytes(value);
          builder.appendBytes(bytes, 0, bytes.length);
        }
        case UUID -> builder.appendFixed(uuid(value), 0);
      }
    }
  }

  // --- tensors

  private void appendTensor(Object given) throws StoreException {
    TensorType type = column.type();
    if (vectorLength >= 0 && TensorElements.isVector(given, type.dtype(), vectorLength)) {
      if (vectorBytes == null) {
        vectorBytes = new byte[type.width()];
      }
      TensorElements.copyVector(given, vectorBytes);
      builder.appendFixed(vectorBytes, 0);
      return;
    }
    Object value =
        given instanceof String text
            ? TensorTextReader.read(text, type.dtype(), type.shape())
            : given;
    boolean nested =
        value instanceof TensorValue || value instanceof List<?> || value.getClass().isArray();
    if (!nested) {
      throw invalid(value, "a tensor of shape " + type.shape() + ", as in ARRAY[1, 2]");
    }
    int[] shape =
        value instanceof TensorValue tensor ? tensor.shape() : TensorElements.shapeOf(value);
    if (shape.length < type.shape().rank() && hasNoElements(shape)) {
      int told = shape.length;
      shape = Arrays.copyOf(shape, type.shape().rank()); // ARRAY[] does not tell its inner extents
      for (int i = told; i < shape.length; i++) {
        shape[i] = Math.max(0, type.shape().extent(i));
      }
    }
    if (!type.shape().admits(shape)) {
      throw new StoreException(
          Code.INVALID_VALUE, "shape " + Arrays.toString(shape) + ", expected " + type.shape());
    }
    byte[] bytes = TensorElements.bytes(type.dtype(), shape, value, "the tensor");
    if (type.layout() == Layout.FIXED) {
      builder.appendFixed(bytes, 0);
    } else {
      builder.appendSample(bytes, 0, bytes.length, shape);
    }
  }

  private static boolean hasNoElements(int[] shape) {
    return Arrays.stream(shape).anyMatch(extent -> extent == 0);
  }

  private void appendMedia(byte[] bytes) throws StoreException {
    TensorType type = column.type();
    MediaFormat.Kind kind = MediaFormat.Kind.valueOf(type.htype().name());
    MediaInfo info = MediaProbe.check(bytes, kind, type.mediaType());
    builder.appendSample(bytes, 0, bytes.length, info.extents());
  }

  private void appendLabel(Object value) throws StoreException {
    String text = value instanceof String string ? string : null;
    Integer code = text == null ? null : labels.get(text);
    if (code == null) {
      List<String> names = column.type().labels();
      if (names.isEmpty()) {
        throw invalid(value, "NULL: the column has no labels yet");
      }
      List<String> shown = names.subList(0, Math.min(SHOWN_LABELS, names.size()));
      throw new StoreException(
          Code.INVALID_VALUE,
          "class label "
              + shown(value)
              + ", expected one of '"
              + String.join("', '", shown)
              + (names.size() > shown.size()
                  ? "' and " + (names.size() - shown.size()) + " more"
                  : "'"));
    }
    builder.appendLong(code);
  }

  // --- lists

  private void appendList(Object given, TensorType element) throws StoreException {
    Object value = given instanceof String text ? JsonCells.list(text, element) : given;
    CellWriter writer = elementWriter;
    if (writer == null) {
      writer = new CellWriter(table, Column.of(column.name(), element));
      elementWriter = writer;
    }
    try {
      int place = 0;
      for (Object part : parts(value)) {
        place++;
        append(part, place, writer);
      }
      Sequences.append(builder, writer.peek());
    } finally {
      writer.take(); // nothing of a refused list stays
    }
  }

  private static void append(@Nullable Object part, int place, CellWriter writer)
      throws StoreException {
    try {
      writer.append(part);
    } catch (StoreException e) {
      throw new StoreException(e.code(), "element " + place + ": " + e.getMessage(), e);
    }
  }

  private static Iterable<@Nullable Object> parts(Object value) throws StoreException {
    if (value instanceof SequenceValue list) {
      return list.elements();
    }
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(list);
    }
    if (value instanceof Object[] array) {
      return Arrays.asList(array);
    }
    if (value instanceof TensorValue tensor && tensor.rank() > 0) {
      List<@Nullable Object> parts = new ArrayList<>(tensor.shape()[0]);
      for (int i = 0; i < tensor.shape()[0]; i++) {
        parts.add(tensor.rank() == 1 ? tensor.elementAt(i) : tensor.part(i));
      }
      return parts;
    }
    throw invalid(value, "a list, as in ARRAY['a', 'b']");
  }

  private static byte[] uuid(Object value) throws StoreException {
    UUID id = null;
    if (value instanceof UUID given) {
      id = given;
    } else if (value instanceof String text) {
      id = Uuids.find(text).orElse(null);
    } else if (value instanceof byte[] bytes && bytes.length == Dtype.UUID.width()) {
      return bytes;
    }
    if (id == null) {
      throw invalid(value, "a UUID, as in '00112233-4455-6677-8899-aabbccddeeff'");
    }
    return Uuids.bytes(id);
  }

  // --- numbers

  /** The numbers of most files, without the way through BigDecimal; false for anything else. */
  private boolean appendPlain(String text, Dtype dtype) throws StoreException {
    switch (dtype) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> {
        if (!PlainNumbers.isWhole(text)) {
          return false;
        }
        builder.appendLong(Long.parseLong(text));
        return true;
      }
      case FLOAT64, FLOAT32 -> {
        if (!PlainNumbers.isFraction(text)) {
          return false;
        }
        // Straight to the width of the column: rounding twice could take another neighbour.
        double number = dtype == Dtype.FLOAT32 ? Float.parseFloat(text) : Double.parseDouble(text);
        if (Double.isInfinite(number)) {
          throw outOfRange(text);
        }
        builder.appendDouble(number);
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private static boolean bool(Object value) throws StoreException {
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value instanceof String text) {
      String lower = text.strip().toLowerCase(java.util.Locale.ROOT);
      if (lower.equals("true") || lower.equals("false")) {
        return lower.equals("true");
      }
    }
    if (value instanceof Number number
        && (number.doubleValue() == 0 || number.doubleValue() == 1)) {
      return number.doubleValue() == 1;
    }
    throw invalid(value, "TRUE or FALSE");
  }

  private long whole(Object value) throws StoreException {
    if (isWhole(value)) {
      return ((Number) value).longValue();
    }
    BigInteger exact = integer(value);
    if (exact.bitLength() > 63) {
      throw outOfRange(value);
    }
    return exact.longValue();
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  private BigInteger integer(Object value) throws StoreException {
    if (isWhole(value)) {
      return BigInteger.valueOf(((Number) value).longValue());
    }
    try {
      return bounded(value).toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw invalid(value, "a whole number; ROUND or TRUNCATE it if that is meant");
    }
  }

  private void appendUnsigned(Object value) throws StoreException {
    BigInteger exact = integer(value);
    if (exact.signum() < 0 || exact.bitLength() > 64) {
      throw outOfRange(value);
    }
    builder.appendUnsigned(exact.longValue());
  }

  private StoreException outOfRange(Object value) {
    return new StoreException(
        Code.OUT_OF_RANGE, shown(value) + " is out of the range of " + column.type().dtype());
  }

  private void appendFloat(Object value) throws StoreException {
    if (isWhole(value)) {
      builder.appendLong(((Number) value).longValue());
    } else if (value instanceof Float || value instanceof Double) {
      builder.appendDouble(((Number) value).doubleValue());
    } else if (value instanceof String text && isSpecial(text)) {
      builder.appendDouble(Double.parseDouble(text.strip()));
    } else {
      BigDecimal decimal = bounded(value);
      double nearest = decimal.doubleValue();
      if (Double.isInfinite(nearest)) {
        throw outOfRange(value);
      }
      if (decimal.scale() <= 0) {
        BigInteger whole = decimal.toBigIntegerExact();
        if (whole.bitLength() <= 63) {
          builder.appendLong(whole.longValue()); // which must be exact
          return;
        }
        if (new BigDecimal(nearest).compareTo(decimal) != 0) {
          throw invalid(value, "a whole number that " + column.type().dtype() + " holds exactly");
        }
      }
      builder.appendDouble(nearest);
    }
  }

  private static boolean isSpecial(String text) {
    String word = text.strip();
    return word.equals("NaN") || word.equals("Infinity") || word.equals("-Infinity");
  }

  /** One whose digits may all be written out. */
  private BigDecimal bounded(Object value) throws StoreException {
    BigDecimal number = decimal(value);
    if (DecimalDigits.areTooMany(number)) {
      throw outOfRange(value);
    }
    return number;
  }

  private BigDecimal decimal(Object value) throws StoreException {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof Number || value instanceof String) {
      String text = value.toString().strip();
      if (text.length() > 2 * DecimalDigits.MAX) {
        throw outOfRange(value); // reading it takes the square of its length
      }
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException e) {
        throw invalid(value, "a number");
      }
    }
    throw invalid(value, "a number");
  }

  // --- dates and times

  private static LocalDate date(Object value) throws StoreException {
    if (value instanceof LocalDate date) {
      return date;
    }
    if (value instanceof LocalDateTime time && time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      return time.toLocalDate();
    }
    if (value instanceof String text) {
      try {
        return LocalDate.parse(text.strip());
      } catch (DateTimeException e) {
        throw invalid(value, "a date, as in '2026-11-23'");
      }
    }
    throw invalid(value, "a date");
  }

  private static long time(Object value) throws StoreException {
    LocalTime time = null;
    if (value instanceof LocalTime given) {
      time = given;
    } else if (value instanceof String text) {
      try {
        time = LocalTime.parse(text.strip());
      } catch (DateTimeException e) {
        throw invalid(value, "a time, as in '12:00:00'");
      }
    }
    if (time == null) {
      throw invalid(value, "a time");
    }
    return micros(time.toNanoOfDay(), value);
  }

  private static long timestamp(Object value) throws StoreException {
    Instant instant = null;
    if (value instanceof LocalDateTime time) {
      instant = time.toInstant(ZoneOffset.UTC);
    } else if (value instanceof OffsetDateTime time) {
      instant = time.toInstant();
    } else if (value instanceof Instant given) {
      instant = given;
    } else if (value instanceof LocalDate date) {
      instant = date.atStartOfDay().toInstant(ZoneOffset.UTC);
    } else if (value instanceof String text) {
      Optional<Instant> parsed = io.versor.engine.plan.Instants.parse(text);
      instant = parsed.orElse(null);
    }
    if (instant == null) {
      throw invalid(value, "a timestamp, as in '2026-11-23 12:00:00'");
    }
    if (instant.getNano() % 1_000 != 0) {
      throw invalid(value, "at most 6 digits of a second");
    }
    try {
      return Micros.of(instant);
    } catch (ArithmeticException e) {
      throw new StoreException(Code.OUT_OF_RANGE, shown(value) + " is too far away");
    }
  }

  private static long micros(long nanos, Object value) throws StoreException {
    if (nanos % 1_000 != 0) {
      throw invalid(value, "at most 6 digits of a second");
    }
    return nanos / 1_000;
  }

  /** Refuses more digits of a second than the column keeps. */
  private long digits(long micros) throws StoreException {
    long unit = 1;
    for (int i = column.type().precision(); i < TensorType.MAX_TIME_DIGITS; i++) {
      unit *= 10;
    }
    if (micros % unit != 0) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "more than "
              + column.type().precision()
              + " digits of a second; the column keeps no more");
    }
    return micros;
  }

  // --- text and bytes

  private String text(Object value) throws StoreException {
    String text;
    if (value instanceof String string) {
      text = string;
    } else if (value instanceof BigDecimal decimal) {
      text = bounded(decimal).toPlainString();
    } else if (value instanceof Number
        || value instanceof Boolean
        || value instanceof LocalDate
        || value instanceof LocalTime
        || value instanceof UUID) {
      text = value.toString();
    } else if (value instanceof LocalDateTime time) {
      text = time.toString().replace('T', ' ');
    } else {
      throw invalid(value, "a text");
    }
    checkJson(text);
    return text;
  }

  private void checkJson(String text) throws StoreException {
    Htype htype = column.type().htype();
    if (htype != Htype.JSON && htype != Htype.LIST) {
      return;
    }
    JsonNode parsed;
    try {
      parsed = Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new StoreException(
          Code.INVALID_VALUE, shown(text) + " is no JSON: " + e.getOriginalMessage());
    }
    if (parsed.isMissingNode()) {
      throw invalid(text, "a JSON value");
    }
    if (htype == Htype.LIST && !parsed.isArray()) {
      throw invalid(text, "a JSON array");
    }
  }

  private static byte[] bytes(Object value) throws StoreException {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof TensorValue tensor
        && (tensor.dtype() == Dtype.UINT8 || tensor.dtype() == Dtype.INT8)
        && tensor.rank() == 1) {
      return (byte[]) tensor.flat();
    }
    throw invalid(value, "bytes, as of READ_FILE, a parameter or X'ff00'");
  }

  private static StoreException invalid(Object value, String expected) {
    return new StoreException(Code.INVALID_VALUE, shown(value) + ", expected " + expected);
  }

  /** Short, and not the bytes of a picture. */
  private static String shown(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    if (value instanceof TensorValue tensor) {
      return "a tensor " + tensor;
    }
    if (value instanceof SequenceValue list) {
      return "a list of " + list.elements().size() + " elements";
    }
    if (value instanceof List<?> || value.getClass().isArray()) {
      return "an array of shape " + Arrays.toString(TensorElements.shapeOf(value));
    }
    String text = value.toString();
    String cut = text.length() <= 60 ? text : text.substring(0, 60) + "…";
    return value instanceof Number || value instanceof Boolean ? cut : "'" + cut + "'";
  }
}
