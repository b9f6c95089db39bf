package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.format.ref.NearNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All formats there are: those of this jar, and of jars beside it. */
public final class FileFormats {
  /** Formats of the jar that people put beside the driver's if they want them; their endings. */
  private static final TreeMap<String, List<String>> OPTIONAL = new TreeMap<>();

  static {
    OPTIONAL.put("parquet", List.of("parquet", "pq"));
    OPTIONAL.put("arrow", List.of("arrow", "feather", "ipc", "arrows"));
  }

  private FileFormats() {}

  private static List<FileFormat> all() throws StatementException {
    List<FileFormat> all = new ArrayList<>(List.of(new CsvFormat(), new JsonFormat()));
    all.addAll(MediaFolder.all());
    try {
      // The loader of this class sees what lies beside the driver, whoever calls it.
      ServiceLoader.load(FileFormat.class, FileFormat.class.getClassLoader()).forEach(all::add);
    } catch (ServiceConfigurationError e) {
      throw new StatementException(
          "0A000", "a jar with a file format does not fit this driver: " + e.getMessage(), e);
    }
    return all;
  }

  /**
   * The format that FORMAT names.
   *
   * @throws StatementException 0A000 for one whose jar is not there, 22023 for an unknown one
   */
  public static FileFormat named(String name) throws StatementException {
    String lower = name.toLowerCase(Locale.ROOT);
    List<FileFormat> all = all();
    for (FileFormat format : all) {
      if (format.name().equals(lower)) {
        return format;
      }
    }
    if (OPTIONAL.containsKey(lower)) {
      throw missing(lower);
    }
    List<String> names = all.stream().map(FileFormat::name).toList();
    String near = NearNames.question(name, names);
    throw new StatementException(
        "22023",
        "no FORMAT "
            + name
            + (near.isEmpty() ? "; there are " : near + " There are ")
            + String.join(", ", names));
  }

  private static StatementException missing(String name) {
    return new StatementException(
        "0A000",
        "FORMAT "
            + name
            + " is in a jar of its own: put versor-columnar.jar on the class path, beside the"
            + " driver's");
  }

  /**
   * The format of files that are called so; empty if the ending tells none.
   *
   * @throws StatementException 0A000 for one whose jar is not there
   */
  public static Optional<FileFormat> ofFile(String name) throws StatementException {
    String ending = SourceFile.ending(name);
    for (FileFormat format : all()) {
      if (format.endings().contains(ending)) {
        return Optional.of(format);
      }
    }
    for (var optional : OPTIONAL.entrySet()) {
      if (optional.getValue().contains(ending)) {
        throw missing(optional.getKey());
      }
    }
    return Optional.empty();
  }

  /** Whether a file of a folder is one that the format reads. */
  public static boolean reads(FileFormat format, String file) {
    return format.endings().isEmpty() || format.endings().contains(SourceFile.ending(file));
  }
}
