package io.versor.format.change;

/** Who is right where both sides changed the same thing differently. */
public enum Strategy {
  /** Nobody; it stays a conflict and keeps what is ours meanwhile. */
  NONE,
  OURS,
  THEIRS,
  /** Neither: what was there before. Merge bases are merged so. */
  BASE
}
