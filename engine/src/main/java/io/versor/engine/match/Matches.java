package io.versor.engine.match;

import io.versor.engine.StatementException;
import io.versor.engine.keep.KeptRows;
import io.versor.engine.type.Carried;
import io.versor.engine.window.Parts;
import io.versor.engine.work.Poll;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** Shows the matches of all partitions, row by row. One thread. */
final class Matches implements Enumerator<@Nullable Object[]> {
  private final MatchSpec spec;
  private final Map<Integer, Computed> expressions;
  private final Iterator<List<@Nullable Object[]>> parts;
  private final Mapping mapping;
  private final Finder finder;
  private final Matcher matcher;
  private final int width;

  private @Nullable Object[][] rows = {};

  /** The row at which the next match may begin. */
  private int next;

  /** Rows before it are in a match, or were looked at. */
  private int shownTo;

  private long matchNumber;

  /** Of the rows of the match that is shown, the next one; -1 if none is. */
  private int showing = -1;

  private int[] labels = {};
  private @Nullable Object[] finals = {};
  private @Nullable Object[] current = {};

  Matches(
      MatchSpec spec,
      List<@Nullable Object[]> input,
      Map<Integer, Computed> expressions,
      KeptRows kept) {
    this.spec = spec;
    this.expressions = expressions;
    this.parts = Parts.of(input, spec.partitionBy()).iterator();
    this.mapping = new Mapping(spec.variables(), kept);
    this.finder = new Finder(mapping, expressions, kept);
    this.matcher = new Matcher(spec, mapping, finder, kept);
    this.width = spec.columnsBefore().size() + spec.measureCount() + spec.columnsBehind().size();
  }

  @Override
  public @Nullable Object[] current() {
    return current;
  }

  @Override
  public boolean moveNext() {
    while (true) {
      Poll.poll();
      if (showing >= 0) {
        if (showNext()) {
          return true;
        }
        showing = -1;
      } else if (next < rows.length) {
        if (matchAt(next)) {
          return true;
        }
      } else if (!nextPart()) {
        return false;
      }
    }
  }

  private boolean nextPart() {
    if (!parts.hasNext()) {
      return false;
    }
    rows = Parts.sorted(parts.next(), spec.order());
    next = 0;
    shownTo = 0;
    matchNumber = 0;
    finder.setPart(rows);
    matcher.setPart(rows.length);
    return true;
  }

  /** Whether there is something to show at once. */
  private boolean matchAt(int row) {
    finder.setMatchNumber(matchNumber + 1);
    if (!matcher.find(row)) {
      next = row + 1;
      boolean alone = spec.shown() == MatchSpec.Shown.ALL_ROWS && row >= shownTo;
      if (alone) {
        current = new @Nullable Object[width];
        putColumns(rows[row]);
      }
      return alone;
    }
    matchNumber++;
    next = behind();
    shownTo = Math.max(shownTo, row + mapping.size());
    if (spec.shown() == MatchSpec.Shown.MATCHES || mapping.size() == 0) {
      if (mapping.size() == 0) {
        shownTo = Math.max(shownTo, row + 1);
      }
      if (mapping.size() == 0 && spec.shown() == MatchSpec.Shown.ROWS) {
        return false;
      }
      show(rows[row], null);
      return true;
    }
    beginShowing();
    return false;
  }

  private void show(@Nullable Object[] row, @Nullable Object @Nullable [] known) {
    current = new @Nullable Object[width];
    putColumns(row);
    if (spec.measureCount() == 0) {
      return;
    }
    Object measures = finder.compute(spec.measures(), known);
    KeptRows.put(measures, spec.measureCount(), current, spec.columnsBefore().size());
  }

  private void putColumns(@Nullable Object[] row) {
    int at = 0;
    for (int column : spec.columnsBefore()) {
      current[at++] = row[column];
    }
    at += spec.measureCount();
    for (int column : spec.columnsBehind()) {
      current[at++] = row[column];
    }
  }

  // --- all rows of a match: what is of the whole match first, then row by row as they came

  private void beginShowing() {
    finals = finder.finals(spec.measures());
    if (labels.length < mapping.size()) {
      labels = new int[Math.max(16, 2 * mapping.size())];
    }
    for (int i = 0; i < mapping.size(); i++) {
      labels[i] = mapping.label(mapping.start() + i);
    }
    showing = 0;
    shownSize = mapping.size();
    mapping.begin(mapping.start());
  }

  private int shownSize;

  private boolean showNext() {
    while (showing < shownSize) {
      mapping.add(labels[showing]);
      int row = mapping.start() + showing;
      if (!matcher.isHidden(showing++)) {
        show(rows[row], finals);
        return true;
      }
    }
    return false;
  }

  // --- where to go on

  private int behind() {
    int start = mapping.start();
    if (mapping.size() == 0) {
      return start + 1;
    }
    MatchSpec.Skip skip = spec.skip();
    return switch (skip.to()) {
      case PAST_LAST_ROW -> start + mapping.size();
      case NEXT_ROW -> start + 1;
      case FIRST -> rowOf(skip.set(), 0);
      case LAST -> rowOf(skip.set(), mapping.size(skip.set()) - 1);
    };
  }

  private int rowOf(int set, int number) {
    if (number < 0 || number >= mapping.size(set)) {
      throw refused(
          "2202K", "no row of it is", "; SKIP PAST LAST ROW, or let PATTERN always take one");
    }
    int row = mapping.row(set, number);
    if (row == mapping.start()) {
      throw refused(
          "2202L",
          "its row is the first one",
          ", where the same match would be found again; SKIP TO NEXT ROW or to another variable");
    }
    return row;
  }

  private Carried refused(String state, String why, String instead) {
    return new Carried(
        new StatementException(
            state,
            "AFTER MATCH SKIP TO a variable, but "
                + why
                + " in match "
                + matchNumber
                + ", which begins at row "
                + (mapping.start() + 1)
                + " of its partition"
                + instead));
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException("rows are read once");
  }

  @Override
  public void close() {
    expressions.values().forEach(Computed::close);
  }
}
