package io.versor.clients;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A JDK of this machine: one that a variable such as {@code JAVA_HOME_25} names, or one that lies
 * beside the JDK this runs on.
 *
 * @param feature the first number of its version
 */
record Jdk(Path home, int feature) {
  Path java() {
    return home.resolve("bin").resolve("java");
  }

  /** The newest of them that is newer than the one this runs on. */
  static Optional<Jdk> newest() throws IOException {
    List<Path> homes = new ArrayList<>();
    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      if (variable.getKey().contains("JAVA") && variable.getKey().contains("HOME")) {
        homes.add(Path.of(variable.getValue()));
      }
    }
    Path parent = Path.of(System.getProperty("java.home")).toRealPath().getParent();
    if (parent != null) {
      try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parent)) {
        siblings.forEach(homes::add);
      }
    }
    List<Jdk> found = new ArrayList<>();
    for (Path home : homes) {
      at(home).ifPresent(found::add);
    }
    return found.stream()
        .filter(jdk -> jdk.feature() > Runtime.version().feature())
        .max(Comparator.comparingInt(Jdk::feature));
  }

  /** What the file {@code release} of a JDK says of it. */
  private static Optional<Jdk> at(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (var bytes = Files.newInputStream(release)) {
      properties.load(bytes);
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    try {
      return Optional.of(new Jdk(home, Runtime.Version.parse(version).feature()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // some other program's home, or a version before 9
    }
  }
}
