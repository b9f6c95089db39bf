package io.versor.jdbc;

import io.versor.engine.Engine;
import io.versor.engine.EngineOptions;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The engines of this process, one for each store and access. Connections to one store share it, so
 * a pool opens the store once; the last connection closes it. Both engines of a store share its
 * memory.
 *
 * <p>Static by need: {@link java.sql.DriverManager} knows only a driver without state, and two
 * connections have nothing else in common.
 */
final class Engines {
  /** Of a store, or of a dataset of another format. */
  private record Key(Optional<String> format, Path directory, boolean readOnly) {}

  private static final class Shared {
    private final Engine engine;
    private int users;

    Shared(Engine engine) {
      this.engine = engine;
    }
  }

  private static final Map<Key, Shared> OPEN = new HashMap<>();

  /** One connection's share of an engine. */
  static final class Lease {
    private final Key key;
    private final Shared shared;
    private boolean closed;

    private Lease(Key key, Shared shared) {
      this.key = key;
      this.shared = shared;
    }

    Engine engine() {
      return shared.engine;
    }

    void close() throws SQLException {
      synchronized (OPEN) {
        if (closed) {
          return;
        }
        closed = true;
        shared.users--;
        if (shared.users == 0) {
          OPEN.remove(key);
          Errors.engine(shared.engine::close);
        }
      }
    }
  }

  private Engines() {}

  static Lease open(ConnectionUrl url) throws SQLException {
    Path directory = directory(url.path());
    boolean readOnly = url.readOnly();
    boolean create = url.flag(ConnectionKey.CREATE, true) && !readOnly;
    OptionalLong memoryLimit =
        url.value(ConnectionKey.MEMORY_LIMIT).map(ByteSize::parse).orElse(OptionalLong.empty());
    synchronized (OPEN) {
      Shared shared = OPEN.get(new Key(url.format(), real(directory), readOnly));
      Shared other = OPEN.get(new Key(url.format(), real(directory), !readOnly));
      checkLimit(memoryLimit, shared == null ? other : shared, directory);
      if (shared == null) {
        EngineOptions options = new EngineOptions(create, readOnly, memoryLimit);
        shared =
            new Shared(
                Errors.engine(
                    () -> {
                      if (url.format().isPresent()) {
                        return Engine.attach(url.format().get(), directory, options);
                      }
                      return other == null
                          ? Engine.open(directory, options)
                          : Engine.openBeside(other.engine, directory, options);
                    }));
      }
      // Only now, since opening may have made the directory a link's target was waiting for.
      Key key = new Key(url.format(), real(directory), readOnly);
      OPEN.put(key, shared);
      shared.users++;
      return new Lease(key, shared);
    }
  }

  private static void checkLimit(OptionalLong memoryLimit, @Nullable Shared open, Path directory)
      throws SQLException {
    if (open != null
        && memoryLimit.isPresent()
        && memoryLimit.getAsLong() != open.engine.memoryLimit()) {
      throw ConnectionUrl.invalid(
          "the setting memoryLimit is "
              + memoryLimit.getAsLong()
              + " bytes, but connections of this process that are open to "
              + directory
              + " share a limit of "
              + open.engine.memoryLimit()
              + "; give the same limit or none, or close them first");
    }
  }

  private static Path directory(String path) throws SQLException {
    try {
      return Path.of(path).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw ConnectionUrl.invalid("\"" + path + "\" is no path: " + e.getReason());
    }
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      return directory; // it does not exist yet, or opening it will say what is wrong
    }
  }
}
