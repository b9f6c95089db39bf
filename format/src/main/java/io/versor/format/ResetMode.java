package io.versor.format;

/** What becomes of the tables when a branch is reset to a commit. */
public enum ResetMode {
  /** They become what they were at the commit; uncommitted changes are dropped. */
  HARD,
  /** They stay what they are, as changes on top of the commit. */
  SOFT
}
