package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.engine.media.MediaFormat;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a file for each row: pictures, sounds or films, or any files. Folders under it are
 * class labels.
 */
final class MediaFolder implements FileFormat {
  /** Bytes of files that are decoded as one task. */
  private static final long BATCH_BYTES = 8L << 20;

  private static final int BATCH_FILES = 256;

  private static final List<String> PATHS = List.of("path", "file_path");
  private static final List<String> FILE_NAMES = List.of("filename", "file_name", "file", "name");

  private final String name;
  private final Optional<MediaFormat.Kind> kind;

  private MediaFolder(String name, Optional<MediaFormat.Kind> kind) {
    this.name = name;
    this.kind = kind;
  }

  /** All of them, by the kind of files they read. */
  static List<FileFormat> all() {
    return List.of(
        new MediaFolder("images", Optional.of(MediaFormat.Kind.IMAGE)),
        new MediaFolder("audio", Optional.of(MediaFormat.Kind.AUDIO)),
        new MediaFolder("video", Optional.of(MediaFormat.Kind.VIDEO)),
        new MediaFolder("files", Optional.empty()));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> endings() {
    return Arrays.stream(MediaFormat.values())
        .filter(format -> kind.equals(Optional.of(format.kind())))
        .flatMap(MediaFormat::endings)
        .toList();
  }

  @Override
  public RowSource source(CopyOptions options) {
    return (files, wanted) -> {
      List<Role> roles = roles(wanted);
      return new Reader(files, roles);
    };
  }

  @Override
  public RowTarget target(CopyOptions options) throws StatementException {
    return MediaTarget.of(options);
  }

  /** What a file gives to a column. */
  private enum Role {
    CONTENT,
    LABEL,
    PATH,
    FILENAME,
    NOTHING
  }

  private List<Role> roles(Wanted wanted) throws StatementException {
    List<Role> roles = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    for (Wanted.Field field : wanted.fields()) {
      if (field.position() > 0) {
        throw new StatementException("22023", "files have no positions; say FROM 'content'");
      }
      Role role = field.source().isPresent() ? named(field.source().get()) : usual(field.column());
      if (role == Role.NOTHING && wanted.listed()) {
        throw new StatementException(
            "42703",
            "column "
                + field.column().name()
                + ": a file gives content, label (its folder), path and filename; say which one, as"
                + " in COPY "
                + wanted.table()
                + " ("
                + field.column().name()
                + " FROM 'path')");
      }
      if (role == Role.CONTENT) {
        contents.add(field.column().name());
      }
      roles.add(role);
    }
    if (contents.size() != 1) {
      throw new StatementException(
          "42703",
          (contents.isEmpty()
                  ? "no column of " + wanted.table() + " takes the content of a file"
                  : "columns " + String.join(", ", contents) + " could all take the content")
              + "; name the columns, as in COPY "
              + wanted.table()
              + " (c FROM 'content')");
    }
    return roles;
  }

  private static Role named(String source) throws StatementException {
    return switch (source.toLowerCase(Locale.ROOT)) {
      case "content" -> Role.CONTENT;
      case "label" -> Role.LABEL;
      case "path" -> Role.PATH;
      case "filename" -> Role.FILENAME;
      default ->
          throw new StatementException(
              "42703", "a file has no '" + source + "', but content, label, path and filename");
    };
  }

  private Role usual(Column column) {
    TensorType type = column.type();
    boolean takes =
        kind.isPresent()
            ? type.htype().name().equals(kind.get().name())
            : type.htype().isMedia() || type.dtype() == Dtype.BYTES;
    if (takes) {
      return Role.CONTENT;
    }
    if (type.htype() == Htype.CLASS_LABEL) {
      return Role.LABEL;
    }
    String lower = column.name().toLowerCase(Locale.ROOT);
    if (type.dtype() == Dtype.UTF8 && PATHS.contains(lower)) {
      return Role.PATH;
    }
    return type.dtype() == Dtype.UTF8 && FILE_NAMES.contains(lower) ? Role.FILENAME : Role.NOTHING;
  }

  /** All files, some at a time. */
  private static final class Reader implements RowsReader {
    private final List<SourceFile> files;
    private final List<Role> roles;
    private int next;

    Reader(List<SourceFile> files, List<Role> roles) {
      this.files = files;
      this.roles = roles;
    }

    @Override
    public Optional<RawRows> next() {
      int from = next;
      long bytes = 0;
      while (next < files.size() && next - from < BATCH_FILES && bytes < BATCH_BYTES) {
        bytes += files.get(next++).bytes();
      }
      List<SourceFile> some = files.subList(from, next);
      return some.isEmpty()
          ? Optional.empty()
          : Optional.of(() -> new Rows(some, roles, from + 1L));
    }

    @Override
    public void close() {
      // no file stays open
    }
  }

  /** A row for each file. */
  private static final class Rows implements DecodedRows {
    private final List<SourceFile> files;
    private final List<Role> roles;
    private final long first;
    private int at = -1;

    Rows(List<SourceFile> files, List<Role> roles, long first) {
      this.files = files;
      this.roles = roles;
      this.first = first;
    }

    @Override
    public boolean next() {
      return ++at < files.size();
    }

    @Override
    public String file() {
      return files.get(at).name();
    }

    @Override
    public long number() {
      return first + at;
    }

    @Override
    public long line() {
      return 0;
    }

    @Override
    public Optional<String> fault() {
      return Optional.empty();
    }

    @Override
    public @Nullable Object value(int field) throws StoreException {
      String place = files.get(at).place();
      return switch (roles.get(field)) {
        case CONTENT -> content(files.get(at));
        case LABEL -> label(place);
        case PATH -> place;
        case FILENAME -> SourceFile.last(place);
        case NOTHING -> ABSENT;
      };
    }

    /** The folder right under the one that is read; files that lie in none have no label. */
    private static @Nullable String label(String place) {
      int slash = place.indexOf('/');
      return slash <= 0 ? null : place.substring(0, slash);
    }

    private static byte[] content(SourceFile file) throws StoreException {
      if (file.bytes() > TensorType.MAX_SAMPLE_BYTES) {
        throw new StoreException(
            Code.LIMIT,
            file.bytes() + " bytes, at most " + TensorType.MAX_SAMPLE_BYTES + " are a sample");
      }
      try {
        return Files.readAllBytes(file.path());
      } catch (IOException e) {
        throw new StoreException(Code.INVALID_VALUE, "the file cannot be read: " + e, e);
      }
    }

    @Override
    public String raw() {
      return files.get(at).name();
    }
  }
}
