package io.versor.format.type;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import io.versor.format.type.StoreException.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Table schemas as JSON in UTF-8: FORMAT.md, "Table schema". Equal schemas are written in equal
 * bytes, so what is unset is left out and keys have a fixed order.
 *
 * <p>A key, htype or dtype that this version does not know is {@code VERSION_TOO_NEW}: a schema is
 * content that is written back with every change of the table, so passing over what is not
 * understood would lose it. Thread-safe.
 */
public final class TypeJson {
  /** A reader knows schemas up to this one. */
  static final int VERSION = 1;

  /** The largest schema ({@link TableSchema#MAX_CHARACTERS}), each character escaped. */
  public static final int MAX_BYTES = 32 << 20;

  private static final int MAX_DEPTH = 8;

  static final String VERSION_KEY = "version";
  static final String ID = "id";
  static final String NAME = "name";
  static final String COLUMNS = "columns";
  static final String COMMENT = "comment";
  static final String PROPERTIES = "properties";
  static final String HTYPE = "htype";
  static final String DTYPE = "dtype";
  static final String SHAPE = "shape";
  static final String PRECISION = "precision";
  static final String SCALE = "scale";
  static final String MEDIA_TYPE = "mediaType";
  static final String LABELS = "labels";
  static final String ELEMENT = "element";
  static final String NOT_NULL = "notNull";
  static final String DEFAULT = "default";
  static final String IDENTITY = "identity";
  static final String ALWAYS = "always";
  static final String START = "start";
  static final String INCREMENT = "increment";

  private static final JsonFactory JSON =
      JsonTrees.factory(
          StreamReadConstraints.builder()
              .maxNestingDepth(MAX_DEPTH)
              .maxStringLength(Column.MAX_TEXT_BYTES)
              .build());

  private TypeJson() {}

  public static byte[] toBytes(TableSchema schema) {
    return written(json -> write(schema, json));
  }

  private static void write(TableSchema schema, JsonGenerator json) throws IOException {
    json.writeStringField(ID, HexFormat.of().toHexDigits(schema.id()));
    json.writeStringField(NAME, schema.name());
    json.writeArrayFieldStart(COLUMNS);
    for (Column column : schema.columns()) {
      writeColumn(column, json);
    }
    json.writeEndArray();
    writeRest(schema.comment(), schema.properties(), json);
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** An object of this version. */
  static byte[] written(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField(VERSION_KEY, VERSION);
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static void writeColumn(Column column, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField(ID, HexFormat.of().toHexDigits(column.id()));
    json.writeStringField(NAME, column.name());
    writeType(column.type(), json);
    if (!column.nullable()) {
      json.writeBooleanField(NOT_NULL, true);
    }
    if (column.defaultSql().isPresent()) {
      json.writeStringField(DEFAULT, column.defaultSql().get());
    }
    if (column.identity().isPresent()) {
      writeIdentity(column.identity().get(), json);
    }
    writeRest(column.comment(), column.properties(), json);
    json.writeEndObject();
  }

  private static void writeIdentity(Identity identity, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(IDENTITY);
    if (identity.always()) {
      json.writeBooleanField(ALWAYS, true);
    }
    json.writeNumberField(START, identity.start());
    json.writeNumberField(INCREMENT, identity.increment());
    json.writeEndObject();
  }

  private static void writeType(TensorType type, JsonGenerator json) throws IOException {
    json.writeStringField(HTYPE, type.htype().key());
    json.writeStringField(DTYPE, type.dtype().key());
    if (type.shape().rank() > 0) {
      json.writeArrayFieldStart(SHAPE);
      for (int extent : type.shape().extents()) {
        json.writeNumber(extent);
      }
      json.writeEndArray();
    }
    if (type.precision() != 0) {
      json.writeNumberField(PRECISION, type.precision());
    }
    if (type.scale() != 0) {
      json.writeNumberField(SCALE, type.scale());
    }
    if (type.mediaType().isPresent()) {
      json.writeStringField(MEDIA_TYPE, type.mediaType().get());
    }
    if (type.element().isPresent()) {
      json.writeObjectFieldStart(ELEMENT);
      writeType(type.element().get(), json);
      json.writeEndObject();
    } else if (!type.labels().isEmpty()) {
      json.writeArrayFieldStart(LABELS);
      for (String label : type.labels()) {
        json.writeString(label);
      }
      json.writeEndArray();
    }
  }

  private static void writeRest(
      Optional<String> comment, Map<String, String> properties, JsonGenerator json)
      throws IOException {
    if (comment.isPresent()) {
      json.writeStringField(COMMENT, comment.get());
    }
    if (!properties.isEmpty()) {
      json.writeObjectFieldStart(PROPERTIES);
      for (Map.Entry<String, String> property : properties.entrySet()) {
        json.writeStringField(property.getKey(), property.getValue());
      }
      json.writeEndObject();
    }
  }

  /**
   * Reads a schema; {@code CORRUPT} if it is none, {@code VERSION_TOO_NEW} if this version cannot
   * know what it means.
   *
   * @param display where the bytes are from, for messages: {@code frame 12 of log 1}
   */
  public static TableSchema tableFromBytes(byte[] bytes, String display) throws StoreException {
    JsonObject json = parsed(bytes, display, "table schema");
    long id = json.id(ID);
    String name = json.text(NAME);
    List<JsonObject> described = json.objects(COLUMNS);
    Optional<String> comment = json.findText(COMMENT);
    Map<String, String> properties = json.texts(PROPERTIES);
    json.expectNoOtherKey();
    if (described.size() > TableSchema.MAX_COLUMNS) {
      throw json.expected(COLUMNS, "at most " + TableSchema.MAX_COLUMNS + " columns");
    }
    List<Column> columns = new ArrayList<>(described.size());
    for (JsonObject column : described) {
      columns.add(readColumn(column));
    }
    try {
      return new TableSchema(id, name, columns, comment, properties);
    } catch (InvalidTypeException e) {
      throw json.corrupt(e);
    }
  }

  private static Column readColumn(JsonObject json) throws StoreException {
    long id = json.id(ID);
    String name = json.text(NAME);
    try {
      TensorType type = readType(json);
      boolean nullable = !json.flag(NOT_NULL);
      Optional<String> defaultSql = json.findText(DEFAULT);
      Optional<Identity> identity = readIdentity(json);
      Optional<String> comment = json.findText(COMMENT);
      Map<String, String> properties = json.texts(PROPERTIES);
      json.expectNoOtherKey();
      return new Column(id, name, type, nullable, defaultSql, identity, comment, properties);
    } catch (InvalidTypeException e) {
      throw json.corrupt(e);
    }
  }

  private static Optional<Identity> readIdentity(JsonObject column) throws StoreException {
    Optional<JsonObject> found = column.findObject(IDENTITY);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    JsonObject json = found.get();
    Identity identity =
        new Identity(json.flag(ALWAYS), json.longInteger(START), json.longInteger(INCREMENT));
    json.expectNoOtherKey();
    return Optional.of(identity);
  }

  private static TensorType readType(JsonObject json) throws StoreException {
    Optional<JsonObject> found = json.findObject(ELEMENT);
    Optional<TensorType> element =
        found.isEmpty() ? Optional.empty() : Optional.of(readElement(found.get()));
    List<String> labels = element.isPresent() ? element.get().labels() : json.textList(LABELS);
    return new TensorType(
        json.name(HTYPE, Htype.values(), Htype::key),
        json.name(DTYPE, Dtype.values(), Dtype::key),
        new Shape(json.integers(SHAPE, Shape.RAGGED)),
        json.findInteger(PRECISION),
        json.findInteger(SCALE),
        json.findText(MEDIA_TYPE),
        labels,
        element);
  }

  /** Of a sequence; it is no sequence itself, which also bounds the depth. */
  private static TensorType readElement(JsonObject json) throws StoreException {
    TensorType element = readType(json);
    json.expectNoOtherKey();
    return element;
  }

  /** An object whose version this one reads. */
  static JsonObject parsed(byte[] bytes, String display, String what) throws StoreException {
    JsonObject json = JsonObject.of(parse(bytes, display, what), display + ": " + what);
    int version = json.integer(VERSION_KEY, 1, Integer.MAX_VALUE);
    if (version > VERSION) {
      throw new StoreException(
          Code.VERSION_TOO_NEW,
          json.path()
              + " is of version "
              + version
              + ", this one reads up to "
              + VERSION
              + "; use a newer Versor");
    }
    return json;
  }

  private static JsonNode parse(byte[] bytes, String display, String what) throws StoreException {
    if (bytes.length > MAX_BYTES) {
      throw new StoreException(
          Code.CORRUPT,
          display + ": a " + what + " of " + bytes.length + " bytes, at most " + MAX_BYTES);
    }
    try {
      return JsonTrees.read(JSON, bytes);
    } catch (JsonProcessingException e) {
      throw new StoreException(
          Code.CORRUPT, display + ": " + what + " is not JSON, " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new StoreException(Code.CORRUPT, display + ": " + what + " cannot be read", e);
    }
  }
}
