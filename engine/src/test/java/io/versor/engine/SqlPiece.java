package io.versor.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a random query: texts and other parts, and what could stand in its place if the query
 * is to become smaller. The oracle may need other words for it.
 */
final class SqlPiece {
  /** What the oracle spells in another way. */
  private record Sides(SqlPiece ours, SqlPiece oracle) {
    SqlPiece of(int side) {
      return side == 0 ? ours : oracle;
    }
  }

  private List<Object> parts;
  private final List<SqlPiece> simpler = new ArrayList<>();

  private SqlPiece(List<Object> parts) {
    this.parts = parts;
  }

  /** Of strings and pieces. */
  static SqlPiece of(Object... parts) {
    return new SqlPiece(Arrays.asList(parts));
  }

  /** Written in one way for us and in another for the oracle. */
  static SqlPiece either(SqlPiece ours, SqlPiece oracle) {
    return of(new Sides(ours, oracle));
  }

  /** What may stand here as well. */
  SqlPiece or(SqlPiece... others) {
    simpler.addAll(Arrays.asList(others));
    return this;
  }

  /** What may be left out. */
  SqlPiece orNothing() {
    return or(of());
  }

  @Override
  public String toString() {
    return text(0);
  }

  String forOracle() {
    return text(1);
  }

  private String text(int side) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      if (part instanceof SqlPiece piece) {
        text.append(piece.text(side));
      } else if (part instanceof Sides sides) {
        text.append(sides.of(side).text(side));
      } else {
        text.append(part);
      }
    }
    return text.toString();
  }

  /** Whether a query still shows what it is about. */
  @FunctionalInterface
  interface Check {
    boolean stillFails() throws Exception;
  }

  /** Puts simpler things in the place of its parts as long as the check says so. */
  void shrink(Check check) throws Exception {
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (SqlPiece piece : all(new ArrayList<>())) {
        smaller |= piece.shrinkItself(check);
      }
    }
  }

  private boolean shrinkItself(Check check) throws Exception {
    for (SqlPiece other : simpler) {
      List<Object> before = parts;
      if (text(0).length() <= other.text(0).length()) {
        continue;
      }
      parts = List.of(other);
      if (check.stillFails()) {
        return true;
      }
      parts = before;
    }
    return false;
  }

  private List<SqlPiece> all(List<SqlPiece> found) {
    found.add(this);
    for (Object part : parts) {
      if (part instanceof SqlPiece piece) {
        piece.all(found);
      } else if (part instanceof Sides sides) {
        sides.ours().all(found);
        sides.oracle().all(found);
      }
    }
    return found;
  }
}
