package io.versor.engine.statement;

/** What statements and procedures alike do with versions; each names its branch. */
record Operations(
    SessionState session,
    Commits commits,
    Branches branches,
    Tags tags,
    Merges merges,
    Resets resets,
    Maintenance maintenance,
    Places places,
    Imports imports) {
  static Operations of(SessionState session) {
    return new Operations(
        session,
        new Commits(session),
        new Branches(session),
        new Tags(session),
        new Merges(session),
        new Resets(session),
        new Maintenance(session),
        new Places(session),
        new Imports(session));
  }
}
