package io.versor.format;

import io.versor.format.io.MemoryBudget;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.util.List;

/**
 * A format of datasets with a history of their own. Those of other jars are found by {@link
 * ForeignFormats}. Stateless and thread-safe.
 */
public interface ForeignFormat {
  /** In lower case, as URLs and statements name it: {@code deeplake}. */
  String name();

  /**
   * The branches of a dataset in the order in which they were made, under the names that they get
   * in a store; the first is the one that the first version was made on.
   *
   * @throws StoreException {@code NOT_A_STORE} if there is no such dataset; {@code CORRUPT}
   */
  List<String> branches(Path dataset) throws StoreException;

  /**
   * A store in memory that reads the dataset where it lies, as it is now: what others change there
   * later may make reads fail. It takes no writes. Caller closes.
   *
   * @throws StoreException {@code NOT_A_STORE}, {@code CORRUPT}
   */
  Store attach(Path dataset, MemoryBudget memory) throws StoreException;

  /**
   * Makes the versions of a dataset again in a store, on branches that it creates. If it fails,
   * some of these are there.
   *
   * @throws StoreException {@code NOT_A_STORE}, {@code CORRUPT}, {@code INVALID_NAME}
   */
  void replay(Path dataset, Store target, ImportRequest request) throws StoreException;
}
