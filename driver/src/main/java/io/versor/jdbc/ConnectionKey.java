package io.versor.jdbc;

import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a URL or the properties of a connection may say. */
enum ConnectionKey {
  BRANCH("branch", Kind.TEXT, null, "the branch to start on; default main"),
  COMMIT(
      "commit", Kind.TEXT, null, "read this commit (id, prefix or main~2); nothing can be written"),
  TAG("tag", Kind.TEXT, null, "read this tag; nothing can be written"),
  AS_OF(
      "asOf", Kind.TEXT, null, "read the last commit of the branch at or before this UTC instant"),
  READ_ONLY("readOnly", Kind.FLAG, "false", "refuse every write"),
  AUTHOR("author", Kind.TEXT, null, "author of commits; default the user"),
  FIXED_BRANCH(
      "fixedBranch", Kind.FLAG, "false", "refuse to leave the branch, for connection pools"),
  CREATE("create", Kind.FLAG, "true", "make a store of a missing or empty directory"),
  FILE_ACCESS(
      "fileAccess",
      Kind.TEXT,
      null,
      "where READ_FILE, COPY, BACKUP, CLONE and IMPORT may go: all, none or a directory"),
  MEMORY_LIMIT(
      "memoryLimit",
      Kind.SIZE,
      null,
      "memory of the store in this process, as 512MB or 4GB; default a quarter of the machine's"),
  QUERY_TIMEOUT(
      "queryTimeout",
      Kind.SECONDS,
      "0",
      "seconds that a statement may take, also to be prepared, unless it says otherwise; 0 for any");

  /** Statements work in batches; less would not hold some of them. */
  private static final long LEAST_BYTES = 1 << 20;

  private enum Kind {
    TEXT,
    FLAG,
    SIZE,
    SECONDS
  }

  private final String text;
  private final Kind kind;
  private final @Nullable String byDefault;
  private final String description;

  ConnectionKey(String text, Kind kind, @Nullable String byDefault, String description) {
    this.text = text;
    this.kind = kind;
    this.byDefault = byDefault;
    this.description = description;
  }

  /** As a user writes it. */
  String text() {
    return text;
  }

  static Optional<ConnectionKey> find(String text) {
    return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(ConnectionKey::text).toList();
  }

  void check(String value) throws SQLException {
    if (kind == Kind.FLAG && !value.equals("true") && !value.equals("false")) {
      throw ConnectionUrl.invalid(
          "the setting " + text + " is \"" + value + "\"; expected true or false");
    }
    if (kind == Kind.SIZE && ByteSize.parse(value).orElse(0) < LEAST_BYTES) {
      throw ConnectionUrl.invalid(
          "the setting "
              + text
              + " is \""
              + value
              + "\"; expected a number of bytes with KB, MB, GB or TB behind it, at least 1MB");
    }
    if (kind == Kind.SECONDS && !value.matches("\\d{1,9}")) {
      throw ConnectionUrl.invalid(
          "the setting " + text + " is \"" + value + "\"; expected a number of seconds, or 0");
    }
    if (kind == Kind.TEXT && value.isBlank()) {
      throw ConnectionUrl.invalid(
          "the setting " + text + " is empty; leave it out or give a value");
    }
  }

  DriverPropertyInfo info(@Nullable String value) {
    DriverPropertyInfo info = new DriverPropertyInfo(text, value == null ? byDefault : value);
    info.description = description;
    info.required = false;
    if (kind == Kind.FLAG) {
      info.choices = new String[] {"true", "false"};
    }
    return info;
  }
}
