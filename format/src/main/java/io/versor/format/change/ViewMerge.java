package io.versor.format.change;

import io.versor.format.record.Record;
import io.versor.format.type.Column;
import io.versor.format.type.ViewSchema;
import java.util.List;
import java.util.Optional;

/** Three-way merge of views: one that both changed is merged field by field. */
final class ViewMerge {
  private final Strategy strategy;
  private final List<Record> records;
  private final List<Conflict> conflicts;

  /**
   * @param records where what to append to our log goes
   */
  ViewMerge(Strategy strategy, List<Record> records, List<Conflict> conflicts) {
    this.strategy = strategy;
    this.records = records;
    this.conflicts = conflicts;
  }

  /** A query and the names of its columns belong together. */
  private record Definition(String sql, List<String> columns) {
    static Definition of(ViewSchema view) {
      return new Definition(view.sql(), view.columns());
    }

    @Override
    public String toString() {
      return sql;
    }
  }

  /** Takes in their changes of one view; each is empty where the view is not there. */
  void merge(Optional<ViewSchema> base, Optional<ViewSchema> ours, Optional<ViewSchema> theirs) {
    if (base.equals(theirs) || ours.equals(theirs)) {
      return;
    }
    Optional<ViewSchema> merged =
        ours.isPresent() && theirs.isPresent()
            ? Optional.of(both(base, ours.get(), theirs.get()))
            : oneSide(base, ours, theirs);
    if (merged.equals(ours)) {
      return;
    }
    records.add(
        merged.isPresent()
            ? new Record.ViewPut(merged.get())
            : new Record.ViewDropped(ours.orElseThrow().id()));
  }

  private ViewSchema both(Optional<ViewSchema> base, ViewSchema ours, ViewSchema theirs) {
    FieldMerge fields =
        new FieldMerge(Conflict.Kind.VIEW, ours.id(), ours.name(), strategy, conflicts);
    Optional<Column> none = Optional.empty();
    Definition definition =
        fields.pick(
            "its query",
            none,
            base.map(Definition::of),
            Definition.of(ours),
            Definition.of(theirs));
    return new ViewSchema(
        ours.id(),
        fields.pick("its name", none, base.map(ViewSchema::name), ours.name(), theirs.name()),
        definition.sql(),
        definition.columns(),
        fields.pickOptional(
            "its comment",
            none,
            base.flatMap(ViewSchema::comment),
            ours.comment(),
            theirs.comment()));
  }

  /** A view that only one side has now: made there, or dropped on the other. */
  private Optional<ViewSchema> oneSide(
      Optional<ViewSchema> base, Optional<ViewSchema> ours, Optional<ViewSchema> theirs) {
    if (base.isEmpty() || base.equals(ours)) {
      return theirs;
    }
    ViewSchema changed = ours.or(() -> theirs).orElseThrow();
    String what = ours.isPresent() ? "changed here, dropped there" : "dropped here, changed there";
    conflicts.add(Conflict.ofView(changed.id(), changed.name(), what));
    return strategy == Strategy.THEIRS ? theirs : ours;
  }
}
