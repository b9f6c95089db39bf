package io.versor.deeplake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A dataset that Deep Lake 3.9.52 wrote, and what Deep Lake reads from it. {@code history} comes
 * with the tests; the others lie beside the project, or are not there.
 */
record Fixture(Path folder, JsonNode expected) {
  static final ObjectMapper JSON =
      new ObjectMapper().configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  private static final Path SHARED = Path.of("..", "..", "shared", "data", "deeplake-v3");

  static Optional<Fixture> find(String name, Path temporary) throws IOException {
    if (name.equals("history")) {
      return Optional.of(in(unpack(temporary), name));
    }
    return Files.isDirectory(SHARED.resolve(name))
        ? Optional.of(in(SHARED, name))
        : Optional.empty();
  }

  /** The folder of the dataset that comes with the tests, in a folder that may be written to. */
  static Path history(Path temporary) throws IOException {
    return unpack(temporary).resolve("history");
  }

  private static Fixture in(Path parent, String name) throws IOException {
    Path oracle = parent.resolve(name + ".expected.json");
    return new Fixture(parent.resolve(name), JSON.readTree(Files.readAllBytes(oracle)));
  }

  private static Path unpack(Path target) throws IOException {
    if (Files.exists(target.resolve("history"))) {
      return target;
    }
    try (InputStream file = Fixture.class.getResourceAsStream("/history.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = target.resolve(entry.getName());
        Files.createDirectories(path.getParent());
        Files.write(path, zip.readAllBytes());
      }
    }
    return target;
  }
}
