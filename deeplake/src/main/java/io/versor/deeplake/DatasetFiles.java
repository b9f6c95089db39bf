package io.versor.deeplake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one dataset, and none besides: a path that leaves its folder, also through a
 * symbolic link, is refused. Thread-safe.
 */
final class DatasetFiles {
  /** Far more than any index or description takes; what is larger is not one. */
  static final int MAX_INDEX_BYTES = 256 << 20;

  /** Bytes of one file that is read as samples: what fits into an array, with room to spare. */
  static final int MAX_CHUNK_BYTES = 1 << 30;

  /** Bytes of a name in a path: what file systems bear. */
  private static final int MAX_NAME_BYTES = 255;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;

  /**
   * @throws StoreException {@code NOT_A_STORE} when there is no such folder
   */
  DatasetFiles(Path folder) throws StoreException {
    try {
      root = folder.toRealPath();
    } catch (IOException e) {
      throw new StoreException(
          Code.NOT_A_STORE, folder + ": no folder of a Deep Lake dataset: " + e, e);
    }
    if (!Files.isDirectory(root)) {
      throw new StoreException(
          Code.NOT_A_STORE, folder + ": a file, expected the folder of a Deep Lake dataset");
    }
  }

  Path root() {
    return root;
  }

  /** For messages. */
  String display(String path) {
    return root.resolve(path).toString();
  }

  /**
   * A file's path, if there is such a file. Its names are joined by slashes.
   *
   * @throws StoreException {@code CORRUPT} for names that no dataset has and for what is no file
   */
  Optional<Path> find(String path) throws StoreException {
    for (String name : path.split("/", -1)) {
      checkName(name, path);
    }
    try {
      Path real = root.resolve(path).toRealPath();
      if (!real.startsWith(root)) {
        throw corrupt(path, "leads out of the dataset to " + real);
      }
      if (!Files.isRegularFile(real)) {
        throw corrupt(path, "is no file");
      }
      return Optional.of(real);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException | InvalidPathException e) {
      throw failed(path, e);
    }
  }

  /** Refuses names that would lead elsewhere. */
  static void checkName(String name, String path) throws StoreException {
    boolean bad =
        name.isEmpty()
            || name.equals(".")
            || name.equals("..")
            || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES
            || name.chars().anyMatch(c -> c < ' ' || c == '\\' || c == '/');
    if (bad) {
      throw new StoreException(
          Code.CORRUPT,
          "Deep Lake dataset: the path \""
              + printable(path)
              + "\" has the part \""
              + printable(name)
              + "\", which cannot be a file's name");
    }
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .limit(MAX_NAME_BYTES)
        .forEach(c -> out.append(c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
    return out.toString();
  }

  /** The bytes of a file, if there is one. */
  Optional<FileBytes> findBytes(String path) throws StoreException {
    Optional<Path> file = find(path);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      byte[] bytes = in.readNBytes(MAX_INDEX_BYTES + 1);
      if (bytes.length > MAX_INDEX_BYTES) {
        throw corrupt(path, "has more than " + MAX_INDEX_BYTES + " bytes");
      }
      return Optional.of(new FileBytes(bytes, display(path)));
    } catch (IOException e) {
      throw failed(path, e);
    } catch (OutOfMemoryError e) {
      throw noMemory(path, MAX_INDEX_BYTES);
    }
  }

  /** A file with a JSON object in it, if there is one. */
  Optional<JsonNode> findJson(String path) throws StoreException {
    Optional<FileBytes> bytes = findBytes(path);
    return bytes.isEmpty() ? Optional.empty() : Optional.of(parse(path, bytes.get()));
  }

  JsonNode json(String path) throws StoreException {
    Optional<JsonNode> found = findJson(path);
    if (found.isEmpty()) {
      throw corrupt(path, "is missing");
    }
    return found.get();
  }

  private JsonNode parse(String path, FileBytes bytes) throws StoreException {
    try {
      JsonNode node = JSON.readTree(bytes.array());
      if (!node.isObject()) {
        throw corrupt(path, "holds " + node.getNodeType() + ", expected a JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw new StoreException(
          Code.CORRUPT, display(path) + ": byte " + at + ": no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /** Names of the folders in a folder, in their order; none when it is not there. */
  List<String> folders(String path) throws StoreException {
    Path folder = root.resolve(path);
    List<String> names = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      children
          .filter(Files::isDirectory)
          .forEach(child -> names.add(child.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return names;
    } catch (IOException e) {
      throw failed(path, e);
    }
    names.sort(null);
    return names;
  }

  long size(String path) throws StoreException {
    try {
      return Files.size(present(path));
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private Path present(String path) throws StoreException {
    Optional<Path> file = find(path);
    if (file.isEmpty()) {
      throw corrupt(path, "is missing");
    }
    return file.get();
  }

  /** Bytes {@code from .. from + length} of a file, which it must have. */
  byte[] read(String path, long from, int length) throws StoreException {
    byte[] bytes = allocate(length, path);
    ByteBuffer into = ByteBuffer.wrap(bytes);
    try (FileChannel channel = FileChannel.open(present(path), StandardOpenOption.READ)) {
      while (into.hasRemaining()) {
        int read = channel.read(into, from + into.position());
        if (read < 0) {
          throw corrupt(
              path,
              "byte "
                  + (from + into.position())
                  + ": the file ends, expected bytes up to "
                  + (from + length));
        }
      }
    } catch (IOException e) {
      throw failed(path, e);
    }
    return bytes;
  }

  /** An array of so many bytes; {@code MEMORY} where the heap is too small for it. */
  byte[] allocate(long bytes, String path) throws StoreException {
    if (bytes < 0 || bytes > MAX_CHUNK_BYTES) {
      throw new StoreException(
          Code.LIMIT,
          display(path)
              + ": "
              + bytes
              + " bytes at once, at most "
              + MAX_CHUNK_BYTES
              + " are read");
    }
    try {
      return new byte[(int) bytes];
    } catch (OutOfMemoryError e) {
      throw noMemory(path, bytes);
    }
  }

  private StoreException noMemory(String path, long bytes) {
    return new StoreException(
        Code.MEMORY,
        display(path)
            + ": the heap has no room for up to "
            + bytes
            + " bytes of it; give Java more memory (-Xmx)");
  }

  StoreException corrupt(String path, String fault) {
    return new StoreException(Code.CORRUPT, display(path) + ": " + fault);
  }

  private StoreException failed(String path, Exception e) {
    return new StoreException(Code.IO, display(path) + ": cannot be read: " + e, e);
  }
}
