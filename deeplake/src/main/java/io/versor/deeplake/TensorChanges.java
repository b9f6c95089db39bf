package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What Deep Lake noted of the changes of one tensor at one node, against the node's parent.
 *
 * @param created whether the tensor was made here
 * @param infoUpdated whether its info was set
 * @param transformed whether all samples were transformed in place
 * @param cleared whether all samples were deleted
 * @param addedFrom the first sample that was added
 * @param addedTo behind the last sample that was added
 * @param updated samples that were set, by their position at this node
 * @param deleted samples that were deleted, by their position when that was done
 */
public record TensorChanges(
    boolean created,
    boolean infoUpdated,
    boolean transformed,
    boolean cleared,
    long addedFrom,
    long addedTo,
    List<Long> updated,
    List<Long> deleted) {
  static final TensorChanges NONE =
      new TensorChanges(false, false, false, false, 0, 0, List.of(), List.of());

  public TensorChanges {
    updated = List.copyOf(updated);
    deleted = List.copyOf(deleted);
  }

  static TensorChanges read(Optional<FileBytes> file) throws StoreException {
    if (file.isEmpty()) {
      return NONE;
    }
    FileBytes in = file.get();
    boolean created = in.flag("created");
    boolean infoUpdated = in.flag("info updated");
    boolean transformed = in.flag("transformed");
    long from = in.bigEndian("the first sample added");
    long to = in.bigEndian("the end of samples added");
    List<Long> updated = indexes(in, "samples updated");
    // Files of earlier versions end sooner.
    boolean cleared = in.remaining() > 0 && in.flag("cleared");
    List<Long> deleted = in.remaining() > 0 ? indexes(in, "samples deleted") : List.of();
    return new TensorChanges(
        created, infoUpdated, transformed, cleared, from, to, updated, deleted);
  }

  private static List<Long> indexes(FileBytes in, String what) throws StoreException {
    long[] indexes = new long[in.bigEndianCount(what, 8)];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = in.bigEndian(what);
    }
    Arrays.sort(indexes);
    return Arrays.stream(indexes).boxed().toList();
  }
}
