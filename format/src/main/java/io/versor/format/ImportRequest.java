package io.versor.format;

import java.util.Set;

/**
 * What of a dataset is to be replayed, and where to.
 *
 * @param table the name of the table to be made
 * @param branches of the dataset, at least one; others are made again as far as these need them
 * @param prefix in front of the names of all branches that are made
 * @param start of the branch that the first version was made on
 * @param progress is told of each version
 */
public record ImportRequest(
    String table, Set<String> branches, String prefix, BranchStart start, ImportProgress progress) {
  public ImportRequest {
    branches = Set.copyOf(branches);
  }
}
