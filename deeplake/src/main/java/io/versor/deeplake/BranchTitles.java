package io.versor.deeplake;

import io.versor.format.ref.BranchName;
import io.versor.format.type.StoreException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the branches of a dataset are called in a store: as they are, unless a store knows no such
 * name, or a branch was deleted whose name another one has. Immutable.
 */
final class BranchTitles {
  /** By the first node of each branch. */
  private final Map<String, String> titles = new HashMap<>();

  /** The first node of the branch of each node. */
  private final Map<String, String> firsts = new HashMap<>();

  private final Map<String, String> byHead = new LinkedHashMap<>();

  BranchTitles(VersionTree tree) throws StoreException {
    for (VersionNode node : tree.nodes().values()) {
      VersionNode at = node;
      while (at.parent().isPresent()
          && tree.node(at.parent().get()).branch().equals(node.branch())) {
        at = tree.node(at.parent().get());
      }
      firsts.put(node.id(), at.id());
    }
    Set<String> taken = new HashSet<>();
    for (Map.Entry<String, String> head : tree.heads().entrySet()) { // living branches choose first
      String title =
          titles.computeIfAbsent(firsts.get(head.getValue()), first -> free(head.getKey(), taken));
      byHead.put(head.getKey(), title);
    }
    for (VersionNode node : tree.nodes().values()) {
      titles.computeIfAbsent(firsts.get(node.id()), first -> free(node.branch(), taken));
    }
  }

  private static String free(String name, Set<String> taken) {
    String valid = valid(name);
    String title = valid;
    for (int i = 2; !taken.add(title.toLowerCase(Locale.ROOT)); i++) {
      title = valid + "_" + i;
    }
    return title;
  }

  private static String valid(String name) {
    for (String candidate :
        List.of(
            name,
            name.replaceAll("[^A-Za-z0-9_/-]+", "_"),
            "b_" + name.replaceAll("[^A-Za-z0-9]+", "_"))) {
      try {
        return BranchName.parse(candidate).value();
      } catch (StoreException e) {
        // the next one
      }
    }
    return "branch";
  }

  /** Of the branch a node is on. */
  String of(VersionNode node) {
    return titles.get(firsts.get(node.id()));
  }

  /** Whether a node is the first of its branch. */
  boolean isFirst(VersionNode node) {
    return firsts.get(node.id()).equals(node.id());
  }

  /** Of living branches by Deep Lake's names, in the order of their making. */
  Map<String, String> living() {
    return byHead;
  }
}
