package io.versor.parser.ast;

/** What a revision in {@code AS OF} names. */
public enum VersionKind {
  BRANCH,
  COMMIT,
  TAG
}
