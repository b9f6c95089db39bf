package io.versor.engine.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.versor.engine.catalog.TensorScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.externalize.RelWriterImpl;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.util.Pair;
import org.jspecify.annotations.Nullable;

/**
 * How a query is run. As JSON it is {@code {"executor": "batch", "row" or "mixed", "reason": why it
 * is not the batch executor, "threads": most that share the work, "plan": node}}, and a node is
 * {@code {"operator", "schema", "table", "estimated_rows", "attributes": {…}, "inputs": [node…]}};
 * schema, table and estimated_rows are those of scans, and the schema is the version that is read.
 */
public final class Explanation {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Pattern PART = Pattern.compile("( *)BatchPart\\(part=\\[(\\d+)]\\)");

  private final RelNode root;
  private final List<BatchPart> parts;
  private final Optional<String> obstacle;
  private final int threads;

  /**
   * @param parts of the plan that run on batches, though it does not as a whole
   * @param obstacle what the batch executor has no kernel for; empty if it runs the query
   * @param threads that would share the work, one at least
   */
  Explanation(RelNode root, List<BatchPart> parts, Optional<String> obstacle, int threads) {
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

  private static List<String> lines(RelNode plan) {
    String text = RelOptUtil.toString(plan, SqlExplainLevel.EXPPLAN_ATTRIBUTES);
    return List.of(text.split("\r?\n"));
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

  private static ObjectNode node(RelNode rel, boolean batches) {
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
    }
    ObjectNode attributes = node.putObject("attributes");
    rel.explain(new Attributes(attributes));
    ArrayNode inputs = node.putArray("inputs");
    rel.getInputs().forEach(input -> inputs.add(node(input, batches)));
    return node;
  }

  /** Gathers what an operator says of itself. */
  private static final class Attributes extends RelWriterImpl {
    private final ObjectNode attributes;

    Attributes(ObjectNode attributes) {
      super(new java.io.PrintWriter(java.io.Writer.nullWriter()));
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
