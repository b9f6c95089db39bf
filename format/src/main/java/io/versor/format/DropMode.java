package io.versor.format;

/** What may get lost when a branch is dropped. */
public enum DropMode {
  /** Nothing: refused with changes or with commits that no other branch or tag reaches. */
  REFUSE_UNMERGED,
  /** Anything; commits stay readable by id. */
  FORCE
}
