package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Deep Lake noted of the changes of the dataset itself at one node.
 *
 * @param infoUpdated whether its info was set
 * @param renamed new names of tensors by their old ones
 * @param deleted names of tensors that were deleted
 */
public record DatasetChanges(
    boolean infoUpdated, Map<String, String> renamed, List<String> deleted) {
  public DatasetChanges {
    renamed = Collections.unmodifiableMap(new LinkedHashMap<>(renamed));
    deleted = List.copyOf(deleted);
  }

  static DatasetChanges read(Optional<FileBytes> file) throws StoreException {
    if (file.isEmpty()) {
      return new DatasetChanges(false, Map.of(), List.of());
    }
    FileBytes in = file.get();
    boolean infoUpdated = in.flag("info updated");
    Map<String, String> renamed = new LinkedHashMap<>();
    int renames = in.bigEndianCount("renames", 16);
    for (int i = 0; i < renames; i++) {
      int from = in.bigEndianCount("the length of a name", 1);
      int to = in.bigEndianCount("the length of a name", 1);
      String old = in.utf8(from, "a name");
      renamed.put(old, in.utf8(to, "a name"));
    }
    List<String> deleted = new ArrayList<>();
    int deletions = in.remaining() == 0 ? 0 : in.bigEndianCount("deletions", 8);
    for (int i = 0; i < deletions; i++) {
      deleted.add(in.utf8(in.bigEndianCount("the length of a name", 1), "a name"));
    }
    in.expectEnd();
    return new DatasetChanges(infoUpdated, renamed, deleted);
  }
}
