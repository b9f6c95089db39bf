package io.versor.engine.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.versor.engine.catalog.TensorScan;
import io.versor.format.ScanEstimate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.externalize.RelWriterImpl;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.util.Pair;
import org.jspecify.annotations.Nullable;

/**
 * How a query is run. As JSON it is {@code {"executor": "batch", "row" or "mixed", "reason": why it
 * is not the batch executor, "threads": most that share the work, "plan": node}}, and a node is
 * {@code {"operator", "schema", "table", "estimated_rows", "chunks", "chunks_read", "bytes_read",
 * "attributes": {…}, "inputs": [node…]}}; all from schema to bytes_read are those of scans, the
 * schema is the version that is read, and what is not known before it is read is left out.
 */
public final class Explanation {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Pattern PART = Pattern.compile("( *)BatchPart\\(part=\\[(\\d+)]\\)");

  private final RelNode root;
  private final List<BatchPart> parts;
  private final Optional<String> obstacle;
  private final int threads;
  private final Map<TensorScan, ScanEstimate> scans;

  /**
   * @param parts of the plan that run on batches, though it does not as a whole
   * @param obstacle what the batch executor has no kernel for; empty if it runs the query
   * @param threads that would share the work, one at least
   * @param scans what they will read, as far as it is known
   */
  Explanation(
      RelNode root,
      List<BatchPart> parts,
      Optional<String> obstacle,
      int threads,
      Map<TensorScan, ScanEstimate> scans) {
    this.scans = scans;
    this.root = root;
    this.parts = List.copyOf(parts);
    this.obstacle = obstacle;
    this.threads = threads;
  }

  /** A line for each operator, then who runs them. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String line : lines(root)) {
      Matcher part = PART.matcher(line);
      if (!part.matches()) {
        lines.add(obstacle.isEmpty() ? onBatches(line) : line);
        continue;
      }
      for (String within : lines(parts.get(Integer.parseInt(part.group(2))).plan())) {
        lines.add(part.group(1) + onBatches(within));
      }
    }
    lines.add(
        obstacle.isEmpty()
            ? threads > 1 ? "Executor: batch, " + threads + " threads" : "Executor: batch"
            : "Executor: "
                + (parts.isEmpty() ? "row" : "row above batch")
                + ", for the batch executor has no kernel for "
                + obstacle.get());
    return lines;
  }

  private List<String> lines(RelNode plan) {
    StringWriter text = new StringWriter();
    plan.explain(new Lines(new PrintWriter(text)));
    return List.of(text.toString().split("\r?\n"));
  }

  private static String onBatches(String operator) {
    return operator.replaceFirst("^( *)(?:Logical|Tensor)", "$1Batch");
  }

  public ObjectNode json() {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("executor", obstacle.isEmpty() ? "batch" : parts.isEmpty() ? "row" : "mixed");
    obstacle.ifPresent(reason -> document.put("reason", reason));
    document.put("threads", threads);
    document.set("plan", node(root, obstacle.isEmpty()));
    return document;
  }

  /** A document as text. */
  public static String text(ObjectNode document) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is no JSON", e);
    }
  }

  private ObjectNode node(RelNode rel, boolean batches) {
    if (rel instanceof BatchPart part) {
      return node(part.plan(), true);
    }
    ObjectNode node = MAPPER.createObjectNode();
    String name = rel.getRelTypeName();
    node.put("operator", batches ? onBatches(name) : name);
    if (rel instanceof TensorScan scan) {
      node.put("schema", scan.source().schemaName());
      node.put("table", scan.source().schema().name());
      node.put("estimated_rows", scan.source().estimatedRows());
      ScanEstimate read = scans.get(scan);
      if (read != null) {
        node.put("chunks", read.chunks());
        node.put("chunks_read", read.chunksRead());
        node.put("bytes_read", read.bytesRead());
      }
    }
    ObjectNode attributes = node.putObject("attributes");
    rel.explain(new Attributes(attributes));
    ArrayNode inputs = node.putArray("inputs");
    rel.getInputs().forEach(input -> inputs.add(node(input, batches)));
    return node;
  }

  /** Writes a line for each operator, with what scans will read. */
  private final class Lines extends RelWriterImpl {
    Lines(PrintWriter writer) {
      super(writer, SqlExplainLevel.EXPPLAN_ATTRIBUTES, false);
    }

    @Override
    protected void explain_(RelNode rel, List<Pair<String, @Nullable Object>> values) {
      ScanEstimate read = rel instanceof TensorScan scan ? scans.get(scan) : null;
      if (read == null) {
        super.explain_(rel, values);
        return;
      }
      List<Pair<String, @Nullable Object>> more = new ArrayList<>(values);
      more.add(Pair.of("chunks", read.chunksRead() + " of " + read.chunks()));
      more.add(Pair.of("bytes", read.bytesRead()));
      super.explain_(rel, more);
    }
  }

  /** Gathers what an operator says of itself. */
  private static final class Attributes extends RelWriterImpl {
    private final ObjectNode attributes;

    Attributes(ObjectNode attributes) {
      super(new PrintWriter(Writer.nullWriter()));
      this.attributes = attributes;
    }

    @Override
    protected void explain_(RelNode rel, List<Pair<String, @Nullable Object>> values) {
      for (Pair<String, @Nullable Object> value : values) {
        if (!(value.right instanceof RelNode)) {
          attributes.put(value.left, String.valueOf(value.right));
        }
      }
    }
  }
}
