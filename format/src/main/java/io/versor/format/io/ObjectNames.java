package io.versor.format.io;

/**
 * Which names objects may have: words of {@code A-Z a-z 0-9 - _ .} between slashes, none starting
 * with a dot, so that no name leaves the directory, hides, or means something else on another
 * system.
 */
final class ObjectNames {
  /** Far above what we use, and below what any file system or object store takes. */
  static final int MAX_LENGTH = 200;

  /** Top-level names that {@link DirectoryStore} uses itself. */
  static final String LOCK_FILE = "lock";

  static final String TEMPORARY = "tmp";

  private ObjectNames() {}

  static String check(String name) {
    boolean wordStart = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      boolean inner = c == '-' || c == '.' || c == '/';
      if (!letter && !(inner && !wordStart)) {
        throw bad(name);
      }
      wordStart = c == '/';
    }
    if (wordStart || name.length() > MAX_LENGTH || isOurs(name)) {
      throw bad(name);
    }
    return name;
  }

  /** A prefix is empty or a name and a slash. */
  static String checkPrefix(String prefix) {
    if (!prefix.isEmpty()) {
      if (!prefix.endsWith("/")) {
        throw bad(prefix);
      }
      check(prefix.substring(0, prefix.length() - 1));
    }
    return prefix;
  }

  private static boolean isOurs(String name) {
    return name.equals(LOCK_FILE)
        || name.equals(TEMPORARY)
        || name.startsWith(LOCK_FILE + "/")
        || name.startsWith(TEMPORARY + "/");
  }

  private static IllegalArgumentException bad(String name) {
    return new IllegalArgumentException("not an object name: '" + name + "'");
  }
}
