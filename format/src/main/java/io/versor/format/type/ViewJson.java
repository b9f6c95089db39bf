package io.versor.format.type;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Views as JSON in UTF-8, as {@link TypeJson} writes tables: FORMAT.md, "View". Thread-safe. */
public final class ViewJson {
  static final String SQL = "sql";

  private ViewJson() {}

  public static byte[] toBytes(ViewSchema view) {
    return TypeJson.written(json -> write(view, json));
  }

  private static void write(ViewSchema view, JsonGenerator json) throws IOException {
    json.writeStringField(TypeJson.ID, HexFormat.of().toHexDigits(view.id()));
    json.writeStringField(TypeJson.NAME, view.name());
    json.writeStringField(SQL, view.sql());
    if (!view.columns().isEmpty()) {
      json.writeArrayFieldStart(TypeJson.COLUMNS);
      for (String column : view.columns()) {
        json.writeString(column);
      }
      json.writeEndArray();
    }
    if (view.comment().isPresent()) {
      json.writeStringField(TypeJson.COMMENT, view.comment().get());
    }
  }

  /**
   * Reads a view; {@code CORRUPT} if it is none, {@code VERSION_TOO_NEW} if this version cannot
   * know what it means.
   *
   * @param display where the bytes are from, for messages: {@code frame 12 of log 1}
   */
  public static ViewSchema fromBytes(byte[] bytes, String display) throws StoreException {
    JsonObject json = TypeJson.parsed(bytes, display, "view");
    long id = json.id(TypeJson.ID);
    String name = json.text(TypeJson.NAME);
    String sql = json.text(SQL);
    List<String> columns = json.textList(TypeJson.COLUMNS);
    Optional<String> comment = json.findText(TypeJson.COMMENT);
    json.expectNoOtherKey();
    try {
      return new ViewSchema(id, name, sql, columns, comment);
    } catch (InvalidTypeException e) {
      throw json.corrupt(e);
    }
  }
}
