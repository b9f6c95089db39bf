package io.versor.parser.ast;

/** What SHOW shows. */
public enum ShowKind {
  LOG("LOG"),
  BRANCHES("BRANCHES"),
  TAGS("TAGS"),
  STATUS("STATUS"),
  DIFF("DIFF"),
  TABLES("TABLES"),
  VIEWS("VIEWS"),
  REFLOG("REFLOG"),
  CONFLICTS("CONFLICTS"),
  COLUMNS("COLUMNS FROM"),
  CREATE_TABLE("CREATE TABLE"),
  CREATE_VIEW("CREATE VIEW");

  private final String words;

  ShowKind(String words) {
    this.words = words;
  }

  /** What stands between SHOW and its arguments. */
  String words() {
    return words;
  }
}
