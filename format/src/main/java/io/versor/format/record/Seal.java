package io.versor.format.record;

import io.versor.format.log.FrameAddress;
import io.versor.format.ref.CommitId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record that makes a commit of everything before it in the log.
 *
 * @param id see {@link CommitHash}
 * @param parents ours first; none for a first commit
 * @param generation 1 + the highest generation of the parents; 1 for a first commit
 * @param depth number of commits before it along first parents
 * @param jump an ancestor along first parents that makes a walk of n steps one of log n; empty for
 *     a first commit
 * @param committedAt microseconds since 1970, UTC; rises along first parents
 * @param tables what changed against the first parent, tables without a change left out
 * @param properties key-value pairs kept with the commit
 */
public record Seal(
    CommitId id,
    List<Parent> parents,
    long generation,
    long depth,
    Optional<Jump> jump,
    String author,
    long committedAt,
    Optional<String> message,
    List<TableChange> tables,
    Map<String, String> properties) {
  public Seal {
    parents = List.copyOf(parents);
    tables = List.copyOf(tables);
    properties = Map.copyOf(properties);
  }

  /** A parent commit and where its seal is. */
  public record Parent(CommitId id, FrameAddress seal) {}

  /** An ancestor along first parents: where its seal is and its depth. */
  public record Jump(FrameAddress seal, long depth) {}

  /**
   * Rows that differ from the first parent.
   *
   * @param previous the last commit before this one that touched the table
   */
  public record TableChange(
      long tableId, long added, long updated, long deleted, Optional<FrameAddress> previous) {}
}
