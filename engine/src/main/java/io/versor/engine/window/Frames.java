package io.versor.engine.window;

import io.versor.engine.function.FunctionException;

/** Finds the frames of the rows of a part. */
final class Frames {
  private final FrameSpec spec;
  private final Part part;
  private final RangeSearch range;

  Frames(FrameSpec spec, WindowSpec window, Part part) {
    this.spec = spec;
    this.part = part;
    this.range = new RangeSearch(window.order(), part);
  }

  void set(int row, Frame frame) {
    int from = from(row);
    int to = to(row);
    int peersFrom = part.peersFrom(row);
    int peersTo = part.peersTo(row);
    frame.clear();
    switch (spec.exclusion()) {
      case NONE -> frame.add(from, to);
      case ROW -> {
        frame.add(from, Math.min(to, row));
        frame.add(Math.max(from, row + 1), to);
      }
      case GROUP -> {
        frame.add(from, Math.min(to, peersFrom));
        frame.add(Math.max(from, peersTo), to);
      }
      case TIES -> {
        frame.add(from, Math.min(to, peersFrom));
        frame.add(Math.max(from, row), Math.min(to, row + 1));
        frame.add(Math.max(from, peersTo), to);
      }
    }
  }

  /** The first row. */
  private int from(int row) {
    FrameBound bound = spec.from();
    return switch (bound.kind()) {
      case UNBOUNDED_PRECEDING -> 0;
      case UNBOUNDED_FOLLOWING -> part.size();
      case CURRENT_ROW -> spec.unit() == FrameSpec.Unit.ROWS ? row : part.peersFrom(row);
      case PRECEDING, FOLLOWING -> {
        boolean later = bound.kind() == FrameBound.Kind.FOLLOWING;
        Object offset = offset(row, bound, "begins");
        yield switch (spec.unit()) {
          case ROWS -> moved(row, offset, later, part.size());
          case GROUPS -> part.start(moved(part.group(row), offset, later, part.groupCount()));
          case RANGE -> range.from(row, offset, bound.distance(), later);
        };
      }
    };
  }

  /** The row behind the last one. */
  private int to(int row) {
    FrameBound bound = spec.to();
    return switch (bound.kind()) {
      case UNBOUNDED_PRECEDING -> 0;
      case UNBOUNDED_FOLLOWING -> part.size();
      case CURRENT_ROW -> spec.unit() == FrameSpec.Unit.ROWS ? row + 1 : part.peersTo(row);
      case PRECEDING, FOLLOWING -> {
        boolean later = bound.kind() == FrameBound.Kind.FOLLOWING;
        Object offset = offset(row, bound, "ends");
        yield switch (spec.unit()) {
          case ROWS -> moved(row + 1, offset, later, part.size());
          case GROUPS -> part.start(moved(part.group(row) + 1, offset, later, part.groupCount()));
          case RANGE -> range.to(row, offset, bound.distance(), later);
        };
      }
    };
  }

  private static int moved(int place, Object offset, boolean later, int end) {
    long by = ((Number) offset).longValue();
    if (later) {
      return by >= end - place ? end : place + (int) by;
    }
    return by >= place ? 0 : place - (int) by;
  }

  private Object offset(int row, FrameBound bound, String does) {
    Object offset = part.value(row, bound.column());
    if (offset == null) {
      throw new FunctionException(
          "22004", "the offset where a window's frame " + does + " is NULL; expected a value");
    }
    if (Distance.isNegative(offset)) {
      throw new FunctionException(
          "22013",
          "the offset where a window's frame " + does + " is negative; expected 0 or more");
    }
    return offset;
  }
}
