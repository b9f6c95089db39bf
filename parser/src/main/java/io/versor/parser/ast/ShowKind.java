package io.versor.parser.ast;

/** What SHOW shows. */
public enum ShowKind {
  LOG,
  BRANCHES,
  TAGS,
  STATUS,
  DIFF,
  TABLES
}
