package io.versor.deeplake;

import io.versor.format.ImportReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a store cannot hold as the dataset has it: told by metadata, before anything is replayed.
 */
final class Losses {
  private final History history;
  private final String table;
  private final boolean rebuilt;
  private final List<ImportReport.Line> lines = new ArrayList<>();

  /**
   * @param rebuilt whether the version tree was put together from what nodes say of themselves
   */
  Losses(History history, String table, boolean rebuilt) {
    this.history = history;
    this.table = table;
    this.rebuilt = rebuilt;
  }

  ImportReport report() {
    Set<Lineage> told = new HashSet<>();
    for (History.Step step : history.steps()) {
      VersionNode node = step.node();
      if (rebuilt && node.parent().isEmpty()) {
        add(
            step,
            "",
            "version tree rebuilt",
            0,
            "the file of all versions is a Python pickle, which is not read; commits and branches"
                + " are what each version says of itself");
      }
      if (!step.branch().equals(node.branch()) && step.startsBranch()) {
        add(
            step,
            "",
            "branch renamed",
            0,
            "branch '" + node.branch() + "' is called '" + step.branch() + "'");
      }
      if (node.mergedFrom().isPresent() && step.mergedFrom().isEmpty()) {
        add(
            step,
            "",
            "second parent unknown",
            0,
            "the message names "
                + node.mergedFrom().get()
                + " as merged, which is no other commit of the dataset");
      }
      for (Map.Entry<Lineage, Tensor> each : step.tensors().entrySet()) {
        addShort(step, each.getKey(), each.getValue());
        if (told.add(each.getKey())) {
          for (ColumnTypes.Loss loss : ColumnTypes.losses(each.getKey().versions())) {
            add(step, each.getValue().name(), loss.kind(), loss.samples(), loss.detail());
          }
        }
      }
    }
    return new ImportReport(lines);
  }

  /** Once for each change of how many there are. */
  private void addShort(History.Step step, Lineage lineage, Tensor tensor) {
    long missing = step.rows() - tensor.length();
    Optional<History.Step> parent = step.node().parent().map(history::step);
    Tensor before = parent.isEmpty() ? null : parent.get().tensors().get(lineage);
    long missed = before == null ? 0 : parent.get().rows() - before.length();
    if (missing > 0 && missing != missed) {
      add(
          step,
          tensor.name(),
          "shorter than others",
          missing,
          "the tensor has "
              + tensor.length()
              + " samples of "
              + step.rows()
              + " rows; the last "
              + missing
              + " are NULL");
    }
  }

  private void add(History.Step step, String tensor, String kind, long samples, String detail) {
    lines.add(
        new ImportReport.Line(
            table, step.node().branch(), step.node().id(), tensor, kind, samples, detail));
  }
}
