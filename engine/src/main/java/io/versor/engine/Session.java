package io.versor.engine;

import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.util.List;

/**
 * One user's conversation with a store: a current branch and at most one transaction. One thread at
 * a time. Closing rolls back what is not committed.
 *
 * <p>{@link StatementException} is for SQL that cannot run, {@link StoreException} for a store that
 * could not do it.
 */
public interface Session extends AutoCloseable {
  /** Parses and checks one statement. The caller closes it. */
  default Prepared prepare(String sql) throws StoreException, StatementException {
    return prepare(sql, Cancellation.NEVER);
  }

  /**
   * The same, but it can be stopped.
   *
   * @throws StoreException {@code CANCELLED}
   */
  Prepared prepare(String sql, Cancellation cancellation) throws StoreException, StatementException;

  /** True at the start. */
  boolean autoCommit();

  /** Turning it on commits an open transaction. */
  void setAutoCommit(boolean on) throws StoreException, StatementException;

  /** Ends the SQL transaction: its writes are in the branch's HEAD. Seals no version. */
  void commit() throws StoreException, StatementException;

  void rollback() throws StoreException, StatementException;

  /**
   * Marks what is written so far, to go back to; an older mark of this name is forgotten.
   *
   * @throws StatementException 25P01 with autocommit
   */
  void savepoint(String name) throws StoreException, StatementException;

  /**
   * Forgets what was written since the mark, and later marks.
   *
   * @throws StatementException 3B001 when the transaction has no such mark
   */
  void rollbackTo(String name) throws StoreException, StatementException;

  /** Forgets a mark and later ones, not what was written; throws as {@link #rollbackTo}. */
  void release(String name) throws StatementException;

  /** Whether a transaction has begun and not ended. */
  boolean inTransaction();

  /** The current branch by the name it has now, or the revision that is read. */
  String currentSchema() throws StoreException;

  /** USE BRANCH, or reading a tag or commit. Never commits and never loses anything. */
  void setSchema(String name) throws StoreException, StatementException;

  boolean readOnly();

  void setReadOnly(boolean on) throws StoreException, StatementException;

  /** What relative paths of READ_FILE start from. */
  void setReadFileBase(Path directory);

  CatalogView catalog();

  /** Warnings since the last call. */
  List<String> takeWarnings();

  /** Rows that the COPY at work has moved so far; 0 if none is at work. From any thread. */
  long rowsSoFar();

  @Override
  void close() throws StoreException;
}
