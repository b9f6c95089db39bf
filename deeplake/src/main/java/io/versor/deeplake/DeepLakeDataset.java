package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.nio.file.Path;

/**
 * A dataset of Deep Lake version 3 in a folder. It must not be written to while it is read. Holds
 * no file open, so it needs no closing. Thread-safe.
 */
public final class DeepLakeDataset {
  private final DatasetFiles files;
  private final VersionTree tree;
  private final ChunkPlaces places;

  private DeepLakeDataset(DatasetFiles files) throws StoreException {
    this.files = files;
    this.tree = VersionTree.read(files);
    this.places = new ChunkPlaces(files, tree);
  }

  /**
   * @throws StoreException {@code NOT_A_STORE} where there is no such dataset; {@code CORRUPT} for
   *     a version tree that is none; {@code UNSUPPORTED} for one that is pickled and cannot be put
   *     together
   */
  public static DeepLakeDataset open(Path folder) throws StoreException {
    return new DeepLakeDataset(new DatasetFiles(folder));
  }

  /** The name of its folder. */
  public String name() {
    Path name = files.root().getFileName();
    return name == null ? "dataset" : name.toString();
  }

  public VersionTree tree() {
    return tree;
  }

  /**
   * What it holds at a node: a commit or a HEAD.
   *
   * @throws StoreException {@code NO_SUCH_REF}, {@code CORRUPT}
   */
  public DatasetVersion version(String nodeId) throws StoreException {
    return new DatasetVersion(files, places, tree.node(nodeId));
  }
}
