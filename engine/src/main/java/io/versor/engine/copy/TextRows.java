package io.versor.engine.copy;

import java.util.Optional;

/** A cursor over records of a text file. */
abstract class TextRows implements DecodedRows {
  final Records records;
  private final String file;
  private int at = -1;
  private Optional<String> fault = Optional.empty();

  TextRows(Records records, String file) {
    this.records = records;
    this.file = file;
  }

  /** Takes the record apart; returns what is wrong with it. */
  abstract Optional<String> parse(int start, int end);

  @Override
  public final boolean next() {
    if (++at >= records.count()) {
      return false;
    }
    fault = parse(records.start(at), records.end(at));
    return true;
  }

  @Override
  public final String file() {
    return file;
  }

  @Override
  public final long number() {
    return records.first() + at;
  }

  @Override
  public final long line() {
    return records.lines()[at];
  }

  @Override
  public final Optional<String> fault() {
    return fault;
  }

  @Override
  public final String raw() {
    return Utf8.shown(records.bytes(), records.start(at), records.end(at));
  }
}
