package io.versor.engine.copy;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.engine.media.MediaProbe;
import io.versor.format.io.StopSignal;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A file for each row, in a folder: under the name that a column gives, or numbered, in a folder
 * for each class label. The files come to their places when the last one is written, all or none.
 */
final class MediaTarget implements RowTarget {
  private static final String INVALID_NAME = "22023";

  private final Optional<String> nameColumn;
  private final boolean overwrite;

  private MediaTarget(Optional<String> nameColumn, boolean overwrite) {
    this.nameColumn = nameColumn;
    this.overwrite = overwrite;
  }

  static MediaTarget of(CopyOptions options) throws StatementException {
    return new MediaTarget(options.text("name"), options.flag("overwrite").orElse(false));
  }

  @Override
  public boolean writesFolder() {
    return true;
  }

  @Override
  public RowsWriter open(Path folder, List<ColumnInfo> columns)
      throws IOException, StatementException {
    int content = content(columns);
    int name = -1;
    int label = -1;
    if (nameColumn.isPresent()) {
      name = named(columns, nameColumn.get());
    } else {
      int[] labels =
          IntStream.range(0, columns.size())
              .filter(i -> columns.get(i).type().htype() == Htype.CLASS_LABEL)
              .toArray();
      label = labels.length == 1 ? labels[0] : -1;
    }
    return new Writer(new FolderMoves(folder, overwrite), content, name, label);
  }

  private static int content(List<ColumnInfo> columns) throws StatementException {
    int[] found =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).type().dtype() == Dtype.BYTES)
            .toArray();
    if (found.length != 1) {
      throw new StatementException(
          "42703",
          found.length
              + " columns of bytes, expected one: it becomes the files; select it and what names"
              + " them");
    }
    return found[0];
  }

  private static int named(List<ColumnInfo> columns, String name) throws StatementException {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).label().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> new StatementException("42703", "no column " + name + " to name the files"));
  }

  /** One folder. */
  private static final class Writer implements RowsWriter {
    private final FolderMoves moves;
    private final int content;
    private final int name;
    private final int label;
    private final Set<Path> names = new LinkedHashSet<>();
    private long rows;

    Writer(FolderMoves moves, int content, int name, int label) {
      this.moves = moves;
      this.content = content;
      this.name = name;
      this.label = label;
    }

    @Override
    public void add(List<@Nullable Object> row) throws IOException, StatementException {
      rows++;
      if (!(row.get(content) instanceof byte[] bytes)) {
        throw new StatementException(
            "22004", "row " + rows + ": NULL makes no file; leave such rows out with WHERE");
      }
      Path place = place(row, bytes);
      if (!names.add(place)) {
        throw new StatementException(
            "58P02", "row " + rows + ": a row before it made the file " + place);
      }
      Files.write(moves.openPlace(place), bytes, StandardOpenOption.CREATE_NEW);
    }

    private Path place(List<@Nullable Object> row, byte[] bytes) throws StatementException {
      String ending =
          MediaProbe.format(bytes).flatMap(format -> format.endings().findFirst()).orElse("bin");
      if (name < 0) {
        String number = String.format(Locale.ROOT, "%08d.%s", rows, ending);
        Object folderName = label < 0 ? null : row.get(label);
        return folderName == null
            ? Path.of(number)
            : segment(folderName.toString()).resolve(number);
      }
      Object given = row.get(name);
      if (given == null) {
        throw new StatementException("22004", "row " + rows + ": the file's name is NULL");
      }
      Path place = null;
      for (String part : given.toString().split("/", -1)) {
        place = place == null ? segment(part) : place.resolve(segment(part));
      }
      String last = place.getFileName().toString();
      return SourceFile.ending(last).isEmpty() ? place.resolveSibling(last + "." + ending) : place;
    }

    /** One part of a path that stays where it is. */
    private Path segment(String part) throws StatementException {
      boolean bad =
          part.isEmpty()
              || part.equals(".")
              || part.equals("..")
              || part.indexOf('/') >= 0
              || part.indexOf('\\') >= 0
              || part.indexOf(':') >= 0
              || part.chars().anyMatch(c -> c < ' ');
      if (bad) {
        throw new StatementException(
            INVALID_NAME,
            "row "
                + rows
                + ": '"
                + part
                + "' is no name of a file or folder; names are like cats/1.jpg");
      }
      return Path.of(part);
    }

    @Override
    public void finish() throws IOException, StoreException, StatementException {
      moves.finish(names, StopSignal.present());
    }

    @Override
    public long files() {
      return names.size();
    }

    @Override
    public void close() throws IOException {
      moves.close();
    }
  }
}
