package io.versor.engine;

import java.util.Optional;

/**
 * How a session starts. At most one of branch, commit, tag and asOf is given; none means the branch
 * {@code main}.
 *
 * @param commit a commit id, its unique prefix or a revision expression; the session can only read
 * @param asOf an instant, {@code 2026-11-23 12:00:00} in UTC: the last commit of main then
 * @param author who made the commits of this session
 * @param fixedBranch whether USE is refused, for connections that go back to a pool
 * @param fileAccess the directory that READ_FILE, COPY, BACKUP, CLONE and IMPORT are confined to;
 *     {@code none} refuses them; {@code all}, and empty, lets them touch whatever the process may
 */
public record SessionOptions(
    Optional<String> branch,
    Optional<String> commit,
    Optional<String> tag,
    Optional<String> asOf,
    boolean readOnly,
    String author,
    boolean fixedBranch,
    Optional<String> fileAccess) {
  /** On main, writing. */
  public static SessionOptions defaults(String author) {
    return new SessionOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        author,
        false,
        Optional.empty());
  }

  /** The same on another branch. */
  public SessionOptions withBranch(String name) {
    return new SessionOptions(
        Optional.of(name), commit, tag, asOf, readOnly, author, fixedBranch, fileAccess);
  }
}
