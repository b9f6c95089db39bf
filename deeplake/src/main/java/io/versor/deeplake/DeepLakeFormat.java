package io.versor.deeplake;

import io.versor.format.BranchStart;
import io.versor.format.CommitNames;
import io.versor.format.DropMode;
import io.versor.format.ForeignFormat;
import io.versor.format.ImportProgress;
import io.versor.format.ImportRequest;
import io.versor.format.Store;
import io.versor.format.StoreOptions;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.MemoryStore;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Datasets of Deep Lake 3: read where they lie, or imported. */
public final class DeepLakeFormat implements ForeignFormat {
  /** Shorter beginnings of commit ids would find too much. */
  private static final int LEAST_DIGITS = 6;

  @Override
  public String name() {
    return "deeplake";
  }

  @Override
  public List<String> branches(Path dataset) throws StoreException {
    VersionTree tree = DeepLakeDataset.open(dataset).tree();
    Map<String, String> living = new BranchTitles(tree).living();
    String first = tree.node(VersionTree.FIRST_ID).branch();
    List<String> titles = new ArrayList<>(living.values());
    String root = living.get(first);
    if (root != null) {
      titles.remove(root);
      titles.add(0, root);
    }
    return titles;
  }

  @Override
  public Store attach(Path dataset, MemoryBudget memory) throws StoreException {
    DeepLakeDataset opened = DeepLakeDataset.open(dataset);
    Pieces pieces = new Pieces();
    MemoryStore objects = new MemoryStore();
    StoreOptions options = StoreOptions.defaults().withForeign(pieces).withMemory(memory);
    Map<String, CommitId> commits;
    try (Store store = Store.open(objects, options)) {
      History history = History.of(opened, opened.tree().heads().keySet());
      // The branch that a store begins with makes room for the dataset's.
      String unused = "unused";
      while (history.steps().stream()
          .map(History.Step::branch)
          .anyMatch(unused::equalsIgnoreCase)) {
        unused += "_";
      }
      store.renameBranch(Store.MAIN, unused);
      commits =
          new Replay(
                  store,
                  history,
                  new Writer.ByReference(pieces),
                  new ImportRequest(
                      opened.name(), Set.of(), "", BranchStart.empty(), ImportProgress.NONE),
                  opened.tree().isRebuilt())
              .run();
      for (History.Step step : history.steps()) {
        boolean deleted = step.startsBranch() && !living(opened).contains(step.branch());
        if (deleted) {
          store.dropBranch(step.branch(), DropMode.FORCE);
        }
      }
      store.dropBranch(unused, DropMode.FORCE);
    }
    Store store = Store.open(objects, options.withReadOnly(true));
    store.nameCommits(names(commits));
    return store;
  }

  private static Collection<String> living(DeepLakeDataset dataset) throws StoreException {
    return new BranchTitles(dataset.tree()).living().values();
  }

  private static CommitNames names(Map<String, CommitId> commits) {
    TreeMap<String, CommitId> sorted = new TreeMap<>(commits);
    return name -> {
      if (name.length() < LEAST_DIGITS) {
        return Optional.empty();
      }
      Map<String, CommitId> found = sorted.subMap(name, true, name + Character.MAX_VALUE, false);
      return found.size() == 1 || found.containsKey(name)
          ? Optional.of(found.values().iterator().next())
          : Optional.empty();
    };
  }

  @Override
  public void replay(Path dataset, Store target, ImportRequest request) throws StoreException {
    DeepLakeDataset opened = DeepLakeDataset.open(dataset);
    Set<String> chosen = new LinkedHashSet<>();
    new BranchTitles(opened.tree())
        .living()
        .forEach(
            (name, title) -> {
              if (request.branches().contains(title)) {
                chosen.add(name);
              }
            });
    History history = History.of(opened, chosen);
    new Replay(target, history, new CopyWriter(), request, opened.tree().isRebuilt()).run();
  }
}
