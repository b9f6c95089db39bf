package io.versor.deeplake;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * In which node's folder the chunks of tensors lie: the nearest one on the way back that names the
 * chunk in its set, or the one that the set refers to. Thread-safe.
 */
final class ChunkPlaces {
  private static final String FILE = "chunk_set";

  /** Sets kept: the tensors of one node are mostly read after those of its parent. */
  private static final int KEPT = 1 << 14;

  private final DatasetFiles files;
  private final VersionTree tree;
  private final Map<String, Map<String, String>> sets = new LinkedHashMap<>(16, 0.75f, true);

  ChunkPlaces(DatasetFiles files, VersionTree tree) {
    this.files = files;
    this.tree = tree;
  }

  /** Paths of chunks by their names. */
  Map<String, String> find(String node, String key, Iterable<String> names) throws StoreException {
    Map<String, String> missing = new HashMap<>();
    for (String name : names) {
      missing.put(name, "");
    }
    Map<String, String> found = new HashMap<>();
    VersionNode at = tree.node(node);
    while (!missing.isEmpty()) {
      for (Map.Entry<String, String> each : set(at.id(), key).entrySet()) {
        if (missing.remove(each.getKey()) != null) {
          found.put(each.getKey(), each.getValue());
        }
      }
      if (at.parent().isEmpty()) {
        for (String name : missing.keySet()) {
          found.put(name, path(at.id(), key, name));
        }
        break;
      }
      at = tree.node(at.parent().get());
    }
    return found;
  }

  private static String path(String node, String key, String name) {
    return VersionTree.folder(node) + key + "/chunks/" + name;
  }

  private Map<String, String> set(String node, String key) throws StoreException {
    String file = VersionTree.folder(node) + key + "/" + FILE;
    synchronized (sets) {
      Map<String, String> known = sets.get(file);
      if (known != null) {
        return known;
      }
    }
    Map<String, String> set = read(node, key, file);
    synchronized (sets) {
      sets.put(file, set);
      if (sets.size() > KEPT) {
        var eldest = sets.entrySet().iterator();
        eldest.next();
        eldest.remove();
      }
    }
    return set;
  }

  private Map<String, String> read(String node, String key, String file) throws StoreException {
    Optional<FileBytes> bytes = files.findBytes(file);
    Map<String, String> set = new HashMap<>();
    if (bytes.isEmpty() || bytes.get().array().length == 0) {
      return set;
    }
    for (String entry : bytes.get().text().split(",", -1)) {
      String[] parts = entry.split(":", -1);
      String name = parts[0];
      if (parts.length > 3 || !name.matches("[0-9a-f]{1,16}")) {
        throw new StoreException(
            Code.CORRUPT,
            files.display(file)
                + ": the entry \""
                + entry.substring(0, Math.min(entry.length(), 100))
                + "\", expected chunk[:commit[:tensor]]");
      }
      String owner = parts.length > 1 && !parts[1].isEmpty() ? parts[1] : node;
      if (!tree.nodes().containsKey(owner)) {
        throw new StoreException(
            Code.CORRUPT,
            files.display(file) + ": chunk " + name + " lies at node " + owner + ", which is none");
      }
      set.put(name, path(owner, parts.length == 3 ? parts[2] : key, name));
    }
    return set;
  }
}
