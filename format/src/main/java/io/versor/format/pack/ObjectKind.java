package io.versor.format.pack;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;

/** What an object in a pack is, so that tools can read a pack without knowing who refers to it. */
public enum ObjectKind {
  /** A run of samples of one tensor. */
  CHUNK(1),
  /** A node of a tree. */
  NODE(2),
  /** The trees of a branch's state at one record of its log. */
  CHECKPOINT(3),
  /** A long list of single cells written over chunks. */
  OVERLAY(4),
  /** A sorted run of the commit index. */
  COMMIT_RUN(5),
  /** A sorted run of a table's keys. */
  KEY_RUN(6),
  /** The log of a branch that nobody writes to any more. */
  LOG(7);

  private static final ObjectKind[] KINDS = values();

  private final int code;

  ObjectKind(int code) {
    this.code = code;
  }

  /** The byte on disk; never changes. */
  int code() {
    return code;
  }

  static ObjectKind fromCode(int code, String display) throws StoreException {
    for (ObjectKind kind : KINDS) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new StoreException(
        Code.VERSION_TOO_NEW,
        display
            + ": holds an object of kind "
            + code
            + ", expected 1 to "
            + KINDS.length
            + "; it needs a newer release of Versor");
  }
}
