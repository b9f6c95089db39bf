package io.versor.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files beside the project that it may not carry along, and its own examples. */
final class SharedFiles {
  private SharedFiles() {}

  /** A file of the folder {@code shared/data}, searched for upwards from the working directory. */
  static Optional<Path> data(String name) {
    return upwards(Path.of("shared", "data").resolve(name));
  }

  /** The folder of the example scripts. */
  static Path examples() {
    return ours("sql-examples");
  }

  /** A file of the project. */
  static Path ours(String name) {
    return upwards(Path.of(name))
        .orElseThrow(() -> new IllegalStateException("no " + name + " above here"));
  }

  private static Optional<Path> upwards(Path relative) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path found = at.resolve(relative);
      if (Files.exists(found)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
