package io.versor.deeplake;

import com.fasterxml.jackson.databind.JsonNode;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All nodes of a dataset and the HEADs of its branches. A tree: every node but the first has a
 * parent, and its way back ends at the first. Immutable.
 */
public final class VersionTree {
  /** Its files lie in the dataset's folder itself, those of other nodes below {@code versions}. */
  static final String FIRST_ID = "firstdbf9474d461a19e9333c2fd19b46115348f";

  static final String FILE = "version_control_info.json";
  private static final String PICKLED = "version_control_info";
  private static final String NODE_FILE = "commit_info.json";
  private static final String MAIN = "main";

  /** Microseconds since 1970 of the year 9999. */
  private static final BigDecimal MOST_MICROS = new BigDecimal("253402300800000000");

  private final Map<String, VersionNode> nodes;
  private final Map<String, String> heads;
  private final boolean rebuilt;

  private VersionTree(Map<String, VersionNode> nodes, Map<String, String> heads, boolean rebuilt) {
    this.nodes = Collections.unmodifiableMap(nodes);
    this.heads = Collections.unmodifiableMap(heads);
    this.rebuilt = rebuilt;
  }

  /** By id, as they stand in the file. */
  public Map<String, VersionNode> nodes() {
    return nodes;
  }

  /** Branches in the order of their making, with the id of each one's HEAD. */
  public Map<String, String> heads() {
    return heads;
  }

  /**
   * Whether it was put together from what each node says of itself, since the file of the whole is
   * a Python pickle of a dataset from the time of version 2.0.
   */
  public boolean isRebuilt() {
    return rebuilt;
  }

  /**
   * The node with an id.
   *
   * @throws StoreException {@code NO_SUCH_REF}
   */
  public VersionNode node(String id) throws StoreException {
    VersionNode node = nodes.get(id);
    if (node == null) {
      throw new StoreException(Code.NO_SUCH_REF, "the Deep Lake dataset has no node " + id);
    }
    return node;
  }

  /** Commits from a node back, newest first; the node itself too, if it is one. */
  public List<VersionNode> log(String id) throws StoreException {
    List<VersionNode> log = new ArrayList<>();
    VersionNode at = node(id);
    while (true) {
      if (!at.isHead()) {
        log.add(at);
      }
      if (at.parent().isEmpty()) {
        return log;
      }
      at = node(at.parent().get());
    }
  }

  /** The folder of a node's files, with a slash behind it unless it is the dataset's own. */
  static String folder(String id) {
    return id.equals(FIRST_ID) ? "" : "versions/" + id + "/";
  }

  /**
   * @throws StoreException {@code CORRUPT} for what is no tree; {@code UNSUPPORTED} for a pickled
   *     one that cannot be put together; {@code NOT_A_STORE} where there is no dataset
   */
  static VersionTree read(DatasetFiles files) throws StoreException {
    Optional<JsonNode> json = files.findJson(FILE);
    if (json.isPresent()) {
      return parse(files, json.get());
    }
    if (files.find("dataset_meta.json").isEmpty()) {
      throw new StoreException(
          Code.NOT_A_STORE,
          files.root()
              + ": neither "
              + FILE
              + " nor dataset_meta.json is there; expected the folder of a Deep Lake 3 dataset");
    }
    boolean pickled = files.find(PICKLED).isPresent();
    if (pickled && files.find(NODE_FILE).isEmpty()) {
      throw new StoreException(
          Code.UNSUPPORTED,
          files.display(PICKLED)
              + ": a Python pickle, which is not read, and no "
              + NODE_FILE
              + " tells of the first commit; open and save the dataset once with Deep Lake 3");
    }
    return rebuild(files, pickled);
  }

  private static VersionTree parse(DatasetFiles files, JsonNode json) throws StoreException {
    JsonNode commits = member(files, json, "commits");
    Map<String, VersionNode> nodes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : commits.properties()) {
      nodes.put(each.getKey(), node(files, FILE, each.getKey(), each.getValue()));
    }
    Map<String, String> heads = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : member(files, json, "branches").properties()) {
      if (!each.getValue().isTextual()) {
        throw files.corrupt(FILE, "branch " + each.getKey() + ": HEAD " + each.getValue());
      }
      heads.put(each.getKey(), each.getValue().textValue());
    }
    return checked(files, nodes, heads, false);
  }

  private static JsonNode member(DatasetFiles files, JsonNode json, String key)
      throws StoreException {
    JsonNode member = json.path(key);
    if (!member.isObject()) {
      throw files.corrupt(FILE, "\"" + key + "\" is " + member.getNodeType() + ", not an object");
    }
    return member;
  }

  private static VersionNode node(DatasetFiles files, String file, String id, JsonNode json)
      throws StoreException {
    DatasetFiles.checkName(id, "versions/" + id);
    List<String> children = new ArrayList<>();
    for (JsonNode child : json.path("children")) {
      children.add(child.asText());
    }
    String branch = json.path("branch").textValue();
    if (branch == null) {
      throw files.corrupt(file, "node " + id + " has no branch");
    }
    return new VersionNode(
        id,
        branch,
        text(json, "parent"),
        children,
        text(json, "commit_message"),
        text(json, "commit_user_name"),
        instant(files, file, id, json.path("commit_time")));
  }

  private static Optional<String> text(JsonNode json, String key) {
    return Optional.ofNullable(json.path(key).textValue());
  }

  private static Optional<Instant> instant(
      DatasetFiles files, String file, String id, JsonNode seconds) throws StoreException {
    if (seconds.isMissingNode() || seconds.isNull()) {
      return Optional.empty();
    }
    if (!seconds.isNumber() || (seconds.isDouble() && !Double.isFinite(seconds.doubleValue()))) {
      throw files.corrupt(file, "node " + id + ": commit_time " + seconds);
    }
    BigDecimal value = seconds.decimalValue();
    // The scale first: digits are only made of numbers that have few.
    boolean huge = value.precision() - (long) value.scale() > 18 || value.scale() > 1_000;
    if (huge || value.movePointRight(6).abs().compareTo(MOST_MICROS) > 0) {
      throw files.corrupt(file, "node " + id + ": commit_time " + seconds);
    }
    long micros = value.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    return Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** From what each node says of itself; with nothing but the first, there is only its HEAD. */
  private static VersionTree rebuild(DatasetFiles files, boolean pickled) throws StoreException {
    Map<String, VersionNode> nodes = new LinkedHashMap<>();
    Optional<JsonNode> first = files.findJson(NODE_FILE);
    if (first.isEmpty()) {
      VersionNode only =
          new VersionNode(
              FIRST_ID,
              MAIN,
              Optional.empty(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      return checked(files, Map.of(FIRST_ID, only), Map.of(MAIN, FIRST_ID), false);
    }
    nodes.put(FIRST_ID, node(files, NODE_FILE, FIRST_ID, first.get()));
    for (String id : files.folders("versions")) {
      String path = folder(id) + NODE_FILE;
      Optional<JsonNode> json = files.findJson(path);
      if (json.isPresent()) {
        nodes.put(id, node(files, path, id, json.get()));
      }
    }
    Map<String, String> heads = new LinkedHashMap<>();
    Set<String> continued = new HashSet<>();
    for (VersionNode node : nodes.values()) {
      VersionNode parent = nodes.get(node.parent().orElse(""));
      if (parent != null && parent.branch().equals(node.branch())) {
        continued.add(parent.id());
      }
    }
    for (VersionNode node : nodes.values()) {
      boolean last = !continued.contains(node.id());
      if (last && heads.putIfAbsent(node.branch(), node.id()) != null) {
        throw new StoreException(
            Code.UNSUPPORTED,
            files.display("versions")
                + ": branch "
                + node.branch()
                + " has two ends, "
                + heads.get(node.branch())
                + " and "
                + node.id()
                + "; which one counts stands in the pickle "
                + PICKLED
                + " only");
      }
    }
    return checked(files, nodes, heads, pickled);
  }

  private static VersionTree checked(
      DatasetFiles files,
      Map<String, VersionNode> nodes,
      Map<String, String> heads,
      boolean rebuilt)
      throws StoreException {
    if (!nodes.containsKey(FIRST_ID)) {
      throw files.corrupt(FILE, "the first commit " + FIRST_ID + " is not among the commits");
    }
    Set<String> reachFirst = new HashSet<>();
    for (VersionNode node : nodes.values()) {
      checkWay(files, nodes, node, reachFirst);
    }
    if (heads.isEmpty()) {
      throw files.corrupt(FILE, "there is no branch");
    }
    for (Map.Entry<String, String> head : heads.entrySet()) {
      if (!nodes.containsKey(head.getValue())) {
        throw files.corrupt(
            FILE, "branch " + head.getKey() + ": its HEAD " + head.getValue() + " is missing");
      }
    }
    return new VersionTree(nodes, heads, rebuilt);
  }

  /** Goes back until a node whose way is known to end at the first. */
  private static void checkWay(
      DatasetFiles files, Map<String, VersionNode> nodes, VersionNode from, Set<String> reachFirst)
      throws StoreException {
    Set<String> way = new HashSet<>();
    VersionNode at = from;
    while (!reachFirst.contains(at.id())) {
      if (!way.add(at.id())) {
        throw files.corrupt(FILE, "node " + at.id() + " is among its own ancestors");
      }
      if (at.parent().isEmpty()) {
        if (!at.id().equals(FIRST_ID)) {
          throw files.corrupt(FILE, "node " + at.id() + " has no parent and is not the first");
        }
        break;
      }
      VersionNode parent = nodes.get(at.parent().get());
      if (parent == null) {
        throw files.corrupt(
            FILE, "node " + at.id() + ": its parent " + at.parent().get() + " is missing");
      }
      at = parent;
    }
    reachFirst.addAll(way);
  }
}
