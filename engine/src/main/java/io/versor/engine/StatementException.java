package io.versor.engine;

import org.apache.calcite.sql.parser.SqlParserPos;

/** SQL that cannot run: its syntax, a name it uses, a value it gives. */
public final class StatementException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String sqlState;
  private final int line;
  private final int column;

  /**
   * @param sqlState five characters
   * @param line of the text, from 1; 0 if the error has no place
   * @param column of the line, from 1; 0 if the error has no place
   */
  public StatementException(String sqlState, String message, int line, int column) {
    super(message);
    this.sqlState = sqlState;
    this.line = line;
    this.column = column;
  }

  /** An error that has no place in the text. */
  public StatementException(String sqlState, String message) {
    this(sqlState, message, 0, 0);
  }

  public StatementException(String sqlState, String message, Throwable cause) {
    this(sqlState, message, 0, 0);
    initCause(cause);
  }

  /** The same error, with the place of what it is about. */
  public StatementException at(SqlParserPos place) {
    StatementException placed =
        new StatementException(sqlState, getMessage(), place.getLineNum(), place.getColumnNum());
    placed.initCause(getCause());
    return placed;
  }

  public String sqlState() {
    return sqlState;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
