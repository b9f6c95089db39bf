package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tensor through all nodes at which it lives, whatever it is called there: what becomes one
 * column. One that is deleted and made again is another.
 */
final class Lineage {
  private final List<Tensor> versions = new ArrayList<>();

  /** What it is at all nodes, in the order of replay. */
  List<Tensor> versions() {
    return versions;
  }

  /**
   * Which tensor of a node is which of its parent's.
   *
   * @param before tensors of the parent by their lineages
   * @return the node's tensors, in their order
   */
  static Map<Lineage, Tensor> follow(Map<Lineage, Tensor> before, DatasetVersion version)
      throws StoreException {
    List<Tensor> tensors = new ArrayList<>();
    Set<Tensor> created = new HashSet<>();
    for (String name : version.names()) {
      Tensor tensor = version.tensor(name);
      tensors.add(tensor);
      if (version.changes(tensor).created()) {
        created.add(tensor);
      }
    }
    List<String> names = tensors.stream().map(Tensor::name).toList();
    Map<Tensor, Lineage> known = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      if (!created.contains(tensor)) {
        find(before, known, tensor, List.of()).ifPresent(found -> known.put(tensor, found));
      }
    }
    for (Tensor tensor : tensors) { // renamed ones are under a name that is no longer there
      if (!known.containsKey(tensor) && !created.contains(tensor)) {
        find(before, known, tensor, names).ifPresent(found -> known.put(tensor, found));
      }
    }
    Map<Lineage, Tensor> after = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      Lineage lineage = known.containsKey(tensor) ? known.get(tensor) : new Lineage();
      lineage.versions.add(tensor);
      after.put(lineage, tensor);
    }
    return after;
  }

  /**
   * @param present empty to look for the name of the tensor, else names that it must not have had
   */
  private static Optional<Lineage> find(
      Map<Lineage, Tensor> before,
      Map<Tensor, Lineage> taken,
      Tensor tensor,
      List<String> present) {
    return before.entrySet().stream()
        .filter(each -> each.getValue().key().equals(tensor.key()))
        .filter(
            each ->
                present.isEmpty()
                    ? each.getValue().name().equals(tensor.name())
                    : !present.contains(each.getValue().name()))
        .map(Map.Entry::getKey)
        .filter(lineage -> !taken.containsValue(lineage))
        .findFirst();
  }
}
