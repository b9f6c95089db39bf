package io.versor.deeplake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a dataset holds at one node. Immutable, thread-safe. */
public final class DatasetVersion {
  private static final String FILE = "dataset_meta.json";

  private final DatasetFiles files;
  private final ChunkPlaces places;
  private final VersionNode node;
  private final JsonNode info;
  private final List<String> groups = new ArrayList<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final Set<String> hidden = new HashSet<>();

  DatasetVersion(DatasetFiles files, ChunkPlaces places, VersionNode node) throws StoreException {
    this.files = files;
    this.places = places;
    this.node = node;
    String path = folder() + FILE;
    JsonNode meta = files.json(path);
    info =
        files
            .findJson(folder() + "dataset_info.json")
            .orElseGet(() -> JsonNodeFactory.instance.objectNode());
    meta.path("groups").forEach(group -> groups.add(group.asText()));
    meta.path("hidden_tensors").forEach(key -> hidden.add(key.asText()));
    readNames(meta, path);
  }

  private void readNames(JsonNode meta, String path) throws StoreException {
    JsonNode names = meta.path("tensor_names");
    List<String> order = new ArrayList<>();
    meta.path("tensors").forEach(key -> order.add(key.asText()));
    if (names.isMissingNode()) {
      order.forEach(key -> keys.put(key, key)); // before there were names
    }
    // In the order of their making, which the names do not keep.
    Map<String, List<String>> byKey = new LinkedHashMap<>();
    order.forEach(key -> byKey.put(key, new ArrayList<>()));
    for (Map.Entry<String, JsonNode> each : names.properties()) {
      if (!each.getValue().isTextual()) {
        throw files.corrupt(path, "tensor " + each.getKey() + " has the key " + each.getValue());
      }
      byKey
          .computeIfAbsent(each.getValue().textValue(), key -> new ArrayList<>())
          .add(each.getKey());
    }
    byKey.forEach((key, all) -> all.forEach(name -> keys.put(name, key)));
    for (Map.Entry<String, String> each : keys.entrySet()) {
      for (String part : each.getValue().split("/", -1)) {
        DatasetFiles.checkName(part, each.getValue());
      }
    }
  }

  private String folder() {
    return VersionTree.folder(node.id());
  }

  public VersionNode node() {
    return node;
  }

  /** A JSON object. Not to be changed. */
  public JsonNode info() {
    return info;
  }

  /** Names of groups, outer ones in front: {@code a/b}. */
  public List<String> groups() {
    return List.copyOf(groups);
  }

  /** Names of the tensors that users made, in the order of their making. */
  public List<String> names() {
    return keys.entrySet().stream()
        .filter(each -> !hidden.contains(each.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * A tensor by its name, hidden ones too.
   *
   * @throws StoreException {@code NO_SUCH_COLUMN}; {@code CORRUPT} where it cannot be read
   */
  public Tensor tensor(String name) throws StoreException {
    String key = keys.get(name);
    if (key == null) {
      throw new StoreException(
          Code.NO_SUCH_COLUMN, files.display(folder()) + ": there is no tensor " + name);
    }
    return new Tensor(files, places, node.id(), name, key);
  }

  /** The hidden tensor that goes with one: {@code id}, {@code shape} or {@code info}. */
  public Optional<Tensor> hidden(String name, String what) throws StoreException {
    int group = name.lastIndexOf('/') + 1;
    String companion = name.substring(0, group) + "_" + name.substring(group) + "_" + what;
    return keys.containsKey(companion) ? Optional.of(tensor(companion)) : Optional.empty();
  }

  /**
   * Deep Lake's own ids of the samples of a tensor, unsigned: they stay when samples move. Empty
   * where the tensor was made without.
   */
  public Optional<long[]> ids(String name) throws StoreException {
    Optional<Tensor> tensor = hidden(name, "id");
    return tensor.isEmpty() ? Optional.empty() : Optional.of(Longs.all(tensor.get(), files));
  }

  /** What Deep Lake noted of changes of a tensor at this node. */
  public TensorChanges changes(Tensor tensor) throws StoreException {
    return TensorChanges.read(files.findBytes(tensor.folder() + "commit_diff"));
  }

  /** What Deep Lake noted of changes of the dataset itself at this node. */
  public DatasetChanges changes() throws StoreException {
    return DatasetChanges.read(files.findBytes(folder() + "dataset_diff"));
  }
}
