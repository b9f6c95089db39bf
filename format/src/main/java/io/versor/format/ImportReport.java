package io.versor.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import io.versor.format.type.JsonTrees;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a foreign dataset could not be carried over. It is kept with the first commit made of the
 * dataset, under {@link #PROPERTY}. Immutable.
 */
public record ImportReport(List<Line> lines) {
  /** The key of the commit's property. */
  public static final String PROPERTY = "versor.import_report";

  /** Far more than there are kinds, tensors and versions. */
  private static final int MOST_CHARS = 1 << 24;

  private static final JsonFactory JSON =
      JsonTrees.factory(
          StreamReadConstraints.builder().maxNestingDepth(8).maxStringLength(MOST_CHARS).build());

  /**
   * Samples of a tensor in a version that are not what they were.
   *
   * @param table what it became
   * @param branch of the dataset
   * @param version its id in the dataset
   * @param tensor its name; empty if it is about the version
   * @param kind in a word or two: {@code shorter than the table}
   * @param samples how many; 0 if it is about something else
   * @param detail in a sentence
   */
  public record Line(
      String table,
      String branch,
      String version,
      String tensor,
      String kind,
      long samples,
      String detail) {}

  public ImportReport {
    lines = List.copyOf(lines);
  }

  /** The value of the property. */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (Line line : lines) {
        json.writeStartObject();
        json.writeStringField("table", line.table());
        json.writeStringField("branch", line.branch());
        json.writeStringField("version", line.version());
        json.writeStringField("tensor", line.tensor());
        json.writeStringField("kind", line.kind());
        json.writeNumberField("samples", line.samples());
        json.writeStringField("detail", line.detail());
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text.toString();
  }

  /**
   * What {@link #toJson} wrote.
   *
   * @param display where it stands, for messages
   * @throws StoreException {@code CORRUPT}
   */
  public static ImportReport parse(String json, String display) throws StoreException {
    List<Line> lines = new ArrayList<>();
    try {
      JsonNode all = JsonTrees.read(JSON, json.getBytes(StandardCharsets.UTF_8));
      if (!all.isArray()) {
        throw new StoreException(Code.CORRUPT, display + ": an import report that is no list");
      }
      for (JsonNode each : all) {
        lines.add(
            new Line(
                each.path("table").asText(),
                each.path("branch").asText(),
                each.path("version").asText(),
                each.path("tensor").asText(),
                each.path("kind").asText(),
                each.path("samples").asLong(),
                each.path("detail").asText()));
      }
    } catch (IOException e) {
      throw new StoreException(
          Code.CORRUPT, display + ": an import report that cannot be read: " + e.getMessage(), e);
    }
    return new ImportReport(lines);
  }
}
