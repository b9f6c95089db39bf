package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.ColumnNames;
import io.versor.engine.catalog.Versions;
import io.versor.engine.copy.CopyOptions;
import io.versor.engine.copy.FileFormat;
import io.versor.engine.copy.FileFormats;
import io.versor.engine.copy.Loader;
import io.versor.engine.copy.Reject;
import io.versor.engine.copy.RowSource;
import io.versor.engine.copy.RowsReader;
import io.versor.engine.copy.SourceFile;
import io.versor.engine.copy.SourceFiles;
import io.versor.engine.copy.Wanted;
import io.versor.engine.plan.RandomNames;
import io.versor.engine.plan.Run;
import io.versor.format.TableSnapshot;
import io.versor.format.Transaction;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.parser.ast.CopyField;
import io.versor.parser.ast.SqlCopyFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** COPY t FROM a file or a folder. All rows that fit come in together. */
final class CopyFromStatement extends BaseStatement {
  static final List<ColumnInfo> COLUMNS =
      List.of(
          ListCursor.number("rows_copied"),
          ListCursor.number("rows_rejected"),
          ListCursor.number("files"));

  private final SqlCopyFrom copy;

  CopyFromStatement(SessionState session, SqlCopyFrom copy)
      throws StoreException, StatementException {
    super(session, Literals.parameterCount(copy));
    this.copy = copy;
    wanted(Target.of(copy.table(), session.versions()).schema());
  }

  @Override
  public List<ColumnInfo> columns() {
    return COLUMNS;
  }

  @Override
  Result run(List<@Nullable Object> values, ExecuteOptions options)
      throws StoreException, StatementException {
    String branch = Target.branch(copy.table(), session.versions());
    List<@Nullable Object> row =
        session.write(
            branch,
            (transaction, versions) -> {
              Run run = session.run(versions, values);
              try {
                return copy(branch, transaction, versions, run);
              } catch (IOException e) {
                throw CopyWords.failure(e);
              } finally {
                session.tellRows(0);
              }
            });
    return new CursorResult(
        new ListCursor(List.of(row)), COLUMNS, options.maxRows(), session.takeWarnings());
  }

  /** The columns that the statement names, or all. */
  private Wanted wanted(TableSchema schema) throws StatementException {
    List<Wanted.Field> fields = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (CopyField field : copy.fields()) {
      int column = ColumnNames.position(schema, field.column());
      if (!seen.add(column)) {
        throw new StatementException("42701", "column " + field.column() + " is given twice")
            .at(field.column().getParserPosition());
      }
      fields.add(field(schema.columns().get(column), field.source()));
    }
    if (fields.isEmpty()) {
      schema.columns().forEach(each -> fields.add(new Wanted.Field(each, Optional.empty(), 0)));
    }
    return new Wanted(schema.name(), fields, !copy.fields().isEmpty());
  }

  private static Wanted.Field field(Column column, Optional<SqlNode> source)
      throws StatementException {
    if (source.isEmpty()) {
      return new Wanted.Field(column, Optional.empty(), 0);
    }
    boolean number =
        source.get() instanceof SqlLiteral literal
            && literal.getTypeName().getFamily()
                == org.apache.calcite.sql.type.SqlTypeFamily.NUMERIC;
    if (!number) {
      String name = Literals.text(source.get(), List.of(), "the name of a field");
      return new Wanted.Field(column, Optional.of(name), 0);
    }
    int position = Literals.wholeNumber(source.get(), List.of(), "the position of a field");
    if (position < 1) {
      throw new StatementException("22023", "fields count from 1, found " + position)
          .at(source.get().getParserPosition());
    }
    return new Wanted.Field(column, Optional.empty(), position);
  }

  private List<@Nullable Object> copy(
      String branch, Transaction transaction, Versions versions, Run run)
      throws IOException, StoreException, StatementException {
    String name = Literals.text(copy.file(), run.parameters(), "the file to copy");
    String who = "COPY … FROM '" + name + "'";
    Path path = run.files().readable(who, name);
    CopyOptions options = CopyWords.options(copy, run.parameters());
    FileFormat format = format(options, path, name, run);
    RowSource source = format.source(options);
    boolean addsLabels = options.word("labels", List.of("add", "known")).equals(Optional.of("add"));
    Errors errors = Errors.of(copy.errors(), options, run.parameters());
    options.refuseOthers("COPY FROM with FORMAT " + format.name());
    List<SourceFile> files =
        SourceFiles.find(path, name, run.files(), file -> FileFormats.reads(format, file));
    if (files.isEmpty()) {
      throw new StatementException(
          "58P01",
          who
              + ": there is no file for FORMAT "
              + format.name()
              + " in the folder, which would end in "
              + String.join(", ", format.endings()));
    }
    TableSnapshot table = Target.of(copy.table(), versions).snapshot();
    if (addsLabels) {
      new NewLabels(table.schema(), wanted(table.schema())).add(source, files, transaction, run);
      table = transaction.snapshot().findTable(table.schema().id()).orElseThrow();
    }
    TableSchema schema = table.schema();
    Optional<RejectsTable> told =
        errors.into().isPresent()
            ? Optional.of(
                RejectsTable.open(session, errors.into().get(), branch, transaction, versions, run))
            : Optional.empty();
    Sink sink =
        new Sink(
            schema.name(),
            new RowWriter(transaction, table, session, run),
            errors,
            told,
            session,
            run);
    Wanted wanted = wanted(schema);
    Loader loader = new Loader(schema, wanted, defaults(schema, wanted, versions, run));
    try (RowsReader reader = source.open(files, wanted)) {
      loader.load(reader, sink);
    }
    long rows = sink.finish();
    return List.of(rows, sink.rejected, (long) files.size());
  }

  /** The format that is named, or the one of the file, or of the first file of a folder. */
  private static FileFormat format(CopyOptions options, Path path, String name, Run run)
      throws IOException, StatementException {
    Optional<String> named = options.text("format");
    if (named.isPresent()) {
      return FileFormats.named(named.get());
    }
    List<String> candidates = List.of(name);
    if (Files.isDirectory(path)) {
      candidates =
          SourceFiles.find(path, name, run.files(), file -> true).stream()
              .map(SourceFile::place)
              .toList();
    }
    for (String candidate : candidates) {
      Optional<FileFormat> found = FileFormats.ofFile(candidate);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new StatementException(
        "22023",
        "the name of '" + name + "' does not tell its format; add one, as in (FORMAT csv)");
  }

  /** What rows get that a file has no value for. */
  private static List<@Nullable Object> defaults(
      TableSchema schema, Wanted wanted, Versions versions, Run run)
      throws StoreException, StatementException {
    Cells cells = new Cells();
    List<Integer> random = new ArrayList<>();
    for (int i = 0; i < schema.columns().size(); i++) {
      Column column = schema.columns().get(i);
      cells.add(Cells.defaultOf(column), column);
      if (RandomNames.isIn(Cells.defaultOf(column))) {
        random.add(i);
      }
    }
    List<@Nullable Object> values = cells.compute(cells.plans(versions, run.parameters()), run);
    random.forEach(column -> values.set(column, Loader.RANDOM));
    return values;
  }

  /**
   * What happens to rows that do not fit.
   *
   * @param most after which the statement fails all the same
   */
  private record Errors(boolean skip, Optional<SqlIdentifier> into, long most) {
    static Errors of(
        io.versor.parser.ast.CopyErrors clause,
        CopyOptions options,
        List<@Nullable Object> parameters)
        throws StatementException {
      Optional<String> word = options.word("on_error", List.of("stop", "skip", "ignore"));
      Optional<Long> limit = options.number("reject_limit");
      if (clause.skip() && (word.isPresent() || limit.isPresent())) {
        throw options.refused("on_error", "and ON ERROR say the same; leave one out");
      }
      long most = limit.orElse(Long.MAX_VALUE);
      if (clause.most().isPresent()) {
        most = Literals.wholeNumber(clause.most().get(), parameters, "MAX ERRORS");
      }
      boolean skip = clause.skip() || word.isPresent() && !word.get().equals("stop");
      return new Errors(skip, clause.into(), most);
    }
  }

  /** Where the rows go. */
  private static final class Sink implements Loader.Sink {
    private final String table;
    private final RowWriter writer;
    private final Errors errors;
    private final Optional<RejectsTable> told;
    private final SessionState session;
    private final Run run;
    private long copied;
    private long rejected;

    Sink(
        String table,
        RowWriter writer,
        Errors errors,
        Optional<RejectsTable> told,
        SessionState session,
        Run run) {
      this.table = table;
      this.writer = writer;
      this.errors = errors;
      this.told = told;
      this.session = session;
      this.run = run;
    }

    @Override
    public Map<Integer, StoreException> add(List<HeapColumn> columns)
        throws StoreException, StatementException {
      Map<Integer, StoreException> refused = writer.addFitting(columns);
      copied += columns.get(0).rows() - refused.size();
      session.tellRows(copied);
      return refused;
    }

    @Override
    public void reject(Reject reject) throws StoreException, StatementException {
      if (!errors.skip()) {
        throw reject.error(table);
      }
      if (rejected == errors.most()) {
        StoreException last = reject.error(table);
        throw new StoreException(
            last.code(),
            "more than MAX ERRORS " + errors.most() + "; the last: " + last.getMessage(),
            last);
      }
      rejected++;
      if (told.isPresent()) {
        told.get().add(reject);
      }
    }

    @Override
    public void check() throws StoreException {
      run.check();
    }

    long finish() throws StoreException, StatementException {
      if (told.isPresent()) {
        told.get().finish();
      }
      return writer.finish();
    }
  }
}
