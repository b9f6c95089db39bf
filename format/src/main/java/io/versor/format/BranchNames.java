package io.versor.format;

import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.Root;
import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * The branches there were at one moment, for a statement that asks for several: one look at the
 * root answers all of them. Immutable and thread-safe; what a branch is made of is not part of it.
 */
public final class BranchNames {
  private final Store store;
  private final Root root;

  BranchNames(Store store, Root root) {
    this.store = store;
    this.root = root;
  }

  /** The exact name of the branch that has this one in any case. */
  public Optional<String> find(String name) {
    return root.findBranchIgnoringCase(name).flatMap(BranchEntry::name).map(BranchName::value);
  }

  /** What the branch with this id is called; empty if it is dropped. */
  public Optional<String> find(long id) {
    return root.findBranch(id).flatMap(BranchEntry::name).map(BranchName::value);
  }

  /**
   * What a branch is at the time of the call, uncommitted changes included.
   *
   * @throws StoreException {@code NO_SUCH_REF}
   */
  public Snapshot head(String branch) throws StoreException {
    return store.head(root, branch);
  }
}
