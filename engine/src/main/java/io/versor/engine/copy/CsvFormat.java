package io.versor.engine.copy;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Comma-separated values. Options have the names that PostgreSQL gives them. */
final class CsvFormat implements FileFormat {
  private static final List<String> WAYS = List.of("name", "position");

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public List<String> endings() {
    return List.of("csv", "tsv", "txt");
  }

  @Override
  public RowSource source(CopyOptions options) throws StatementException {
    CsvDialect dialect = CsvDialect.of(options);
    Optional<Boolean> header = options.flag("header");
    long skip = options.number("skip").orElse(0L);
    Optional<String> match = options.word("match", WAYS);
    if (match.equals(Optional.of("name")) && header.equals(Optional.of(false))) {
      throw options.refused("match", "name needs the names of a header");
    }
    boolean tabs = options.text("delimiter").isEmpty();
    return (files, wanted) ->
        new FileByFile(
            files,
            file -> {
              CsvDialect own =
                  tabs && SourceFile.ending(file.name()).equals("tsv") ? dialect.tabs() : dialect;
              return Reader.open(file, own, wanted, header, match, skip);
            });
  }

  @Override
  public RowTarget target(CopyOptions options) throws StatementException {
    CsvDialect dialect = CsvDialect.of(options);
    boolean header = options.flag("header").orElse(true);
    boolean tabs = options.text("delimiter").isEmpty();
    return new RowTarget() {
      @Override
      public RowsWriter open(Path path, List<ColumnInfo> columns)
          throws IOException, StoreException {
        CsvDialect own =
            tabs && SourceFile.ending(path.toString()).equals("tsv") ? dialect.tabs() : dialect;
        return new CsvWriter(path, own, header, columns);
      }
    };
  }

  /** One file. */
  private static final class Reader implements RowsReader {
    private final RecordInput input;
    private final SourceFile file;
    private final CsvDialect dialect;
    private final Wanted wanted;
    private Optional<Records> waiting = Optional.empty();
    private int[] places = {};
    private int least;
    private int most;

    private Reader(RecordInput input, SourceFile file, CsvDialect dialect, Wanted wanted) {
      this.input = input;
      this.file = file;
      this.dialect = dialect;
      this.wanted = wanted;
    }

    static Reader open(
        SourceFile file,
        CsvDialect dialect,
        Wanted wanted,
        Optional<Boolean> header,
        Optional<String> match,
        long skip)
        throws IOException, StoreException, StatementException {
      RecordInput input =
          new RecordInput(
              Utf8.from(file.open(), dialect.encoding()), file.name(), new CsvCutter(dialect));
      Reader reader = new Reader(input, file, dialect, wanted);
      try {
        input.skipMark();
        for (long i = 0; i < skip; i++) {
          input.skipLine();
        }
        reader.begin(header, match);
        return reader;
      } catch (IOException | StoreException | StatementException | RuntimeException e) {
        reader.close();
        throw e;
      }
    }

    /** Finds out what a row looks like. */
    private void begin(Optional<Boolean> header, Optional<String> match)
        throws IOException, StoreException, StatementException {
      if (wanted.fields().size() == 1) {
        input.keepEmpty(); // or a NULL could not be told from no row
      }
      waiting = input.next();
      List<String> names = waiting.isPresent() ? names(waiting.get(), header) : List.of();
      boolean byName = !match.equals(Optional.of("position"));
      boolean named =
          header.orElseGet(() -> wanted.hasNames() || byName && isHeader(names))
              && waiting.isPresent();
      if (named) {
        waiting = Optional.of(waiting.get().withoutFirst());
        input.forgetFirst();
      }
      if (named && byName) {
        places = wanted.places(names, file.name());
        least = names.size();
        most = names.size();
        return;
      }
      List<String> positions = new ArrayList<>();
      wanted.fields().forEach(field -> positions.add(field.column().name()));
      if (wanted.hasPositions()) {
        most = CsvFields.MAX_FIELDS;
        places = new int[positions.size()];
        for (int i = 0; i < places.length; i++) {
          int position = wanted.fields().get(i).position();
          places[i] = position > 0 ? position - 1 : i;
          least = Math.max(least, places[i] + 1);
        }
        if (!names.isEmpty() && least > names.size()) {
          throw new StatementException(
              "42703", file.name() + ": no field " + least + "; the first row has " + names.size());
        }
        return;
      }
      places = new int[positions.size()];
      for (int i = 0; i < places.length; i++) {
        places[i] = i;
      }
      least = places.length;
      most = places.length;
    }

    /** Without an option: a first row that is made of names of columns. */
    private boolean isHeader(List<String> names) {
      if (wanted.hasPositions() || names.isEmpty()) {
        return false;
      }
      if (wanted.listed()) {
        return wanted.fields().stream()
            .allMatch(field -> names.stream().anyMatch(field.name()::equalsIgnoreCase));
      }
      return names.stream().allMatch(name -> wanted.find(name).isPresent());
    }

    /** The first row; none when it cannot be read and need not be a header. */
    private List<String> names(Records records, Optional<Boolean> header) throws StoreException {
      CsvFields fields = new CsvFields(dialect);
      Optional<String> fault = fields.parse(records.bytes(), records.start(0), records.end(0));
      List<String> names = new ArrayList<>();
      try {
        for (int i = 0; fault.isEmpty() && i < fields.count(); i++) {
          String name = fields.text(i);
          names.add(name == null ? "" : name);
        }
      } catch (StoreException e) {
        fault = Optional.of(String.valueOf(e.getMessage()));
      }
      if (fault.isEmpty()) {
        return names;
      }
      if (header.equals(Optional.of(true))) {
        throw new StoreException(
            Code.INVALID_VALUE, file.name() + ", line " + records.lines()[0] + ": " + fault.get());
      }
      return List.of();
    }

    @Override
    public Optional<RawRows> next() throws IOException, StoreException {
      Optional<Records> records = waiting.isPresent() ? waiting : input.next();
      waiting = Optional.empty();
      return records.map(
          rows -> () -> new CsvRows(rows, file.name(), dialect, wanted, places, least, most));
    }

    @Override
    public void close() throws IOException {
      input.close();
    }
  }
}
