package io.versor.parser.ast;

/** What becomes of views that read what is dropped. */
public enum DropBehavior {
  /** They stay, and say what they miss when they are read. */
  UNSAID,
  /** Nothing is dropped if there are any. */
  RESTRICT,
  /** They are dropped, too. */
  CASCADE
}
