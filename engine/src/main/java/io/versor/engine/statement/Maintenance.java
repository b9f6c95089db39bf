package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.CopyResult;
import io.versor.format.ExpiredCommit;
import io.versor.format.ExpiryRequest;
import io.versor.format.OptimizeResult;
import io.versor.format.Store;
import io.versor.format.VacuumedObject;
import io.versor.format.check.Damage;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** What changes how a store lies on disk, and no version. */
final class Maintenance {
  static final List<ColumnInfo> OPTIMIZE_COLUMNS =
      List.of(
          ListCursor.text("table_name"),
          ListCursor.number("chunks_before"),
          ListCursor.number("chunks_after"));

  static final List<ColumnInfo> CHECK_COLUMNS =
      List.of(
          ListCursor.text("severity"),
          ListCursor.text("file"),
          ListCursor.number("offset"),
          ListCursor.text("problem"),
          ListCursor.text("versions"),
          ListCursor.text("tables"),
          ListCursor.text("action"));

  static final List<ColumnInfo> BACKUP_COLUMNS =
      List.of(
          ListCursor.text("backup"),
          ListCursor.number("files"),
          ListCursor.number("files_copied"),
          ListCursor.number("bytes_copied"),
          ListCursor.number("damages"));

  static final List<ColumnInfo> CLONE_COLUMNS =
      List.of(
          ListCursor.text("clone"),
          ListCursor.number("files"),
          ListCursor.number("bytes"),
          ListCursor.number("damages"));

  static final List<ColumnInfo> VACUUM_COLUMNS =
      List.of(
          ListCursor.text("object"),
          ListCursor.number("bytes"),
          ListCursor.text("reason"),
          ListCursor.truth("deleted"));

  static final List<ColumnInfo> EXPIRE_COLUMNS =
      List.of(
          ListCursor.text("commit_id"),
          ListCursor.text("branch"),
          ListCursor.instant("committed_at"),
          ListCursor.truth("expired"),
          ListCursor.text("reason"));

  private final SessionState session;

  Maintenance(SessionState session) {
    this.session = session;
  }

  /** A row for each damaged place; none for a store that is whole. */
  Answer check() throws StoreException, StatementException {
    return damages(session.stoppable(() -> session.store().check()));
  }

  /** Sets right what is damaged; a row for each thing done, and for each place damaged still. */
  Answer repair() throws StoreException, StatementException {
    session.checkWritable();
    session.requireNoWrites("CHECK STORE REPAIR");
    return damages(session.stoppable(() -> session.store().repair()));
  }

  private static Answer damages(List<Damage> found) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Damage damage : found) {
      rows.add(
          Arrays.asList(
              damage.severity().name().toLowerCase(Locale.ROOT),
              damage.file(),
              damage.offset().isPresent() ? damage.offset().getAsLong() : null,
              damage.problem(),
              String.join(", ", damage.versions()),
              String.join(", ", damage.tables()),
              damage.action()));
    }
    return new Answer(CHECK_COLUMNS, rows);
  }

  /**
   * Frees what no version needs.
   *
   * @param age how long something must have been not needed before it goes; empty = a day
   */
  Answer vacuum(Optional<Duration> age, boolean dryRun) throws StoreException, StatementException {
    session.checkWritable();
    session.requireNoWrites("VACUUM");
    List<VacuumedObject> found =
        session.stoppable(() -> session.store().vacuum(age.orElse(Store.VACUUM_AGE), dryRun));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (VacuumedObject object : found) {
      rows.add(Arrays.asList(object.name(), object.bytes(), object.why(), object.deleted()));
    }
    return new Answer(VACUUM_COLUMNS, rows);
  }

  /**
   * Lets commits expire; a row for each that was asked for.
   *
   * @param branch the one they were made on; empty: any
   * @param keepLast of each branch; empty = 1
   */
  Answer expire(
      ExpiryRequest.Selection selection,
      Optional<String> branch,
      Optional<Integer> keepLast,
      boolean dryRun)
      throws StoreException, StatementException {
    if (keepLast.isPresent() && keepLast.get() < 1) {
      throw new StatementException(
          "22023", "KEEP LAST " + keepLast.get() + ": the last commit of a branch always stays");
    }
    if (!dryRun) {
      session.checkWritable();
    }
    String operation = expireText(selection, branch, keepLast);
    session.requireNoWrites(operation);
    ExpiryRequest request =
        new ExpiryRequest(
            selection,
            branch,
            keepLast.orElse(1),
            session.versions().current(),
            session.author(),
            operation,
            dryRun);
    List<ExpiredCommit> commits = session.stoppable(() -> session.store().expireHistory(request));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (ExpiredCommit commit : commits) {
      rows.add(
          Arrays.asList(
              commit.id().hex(),
              commit.branch(),
              LocalDateTime.ofInstant(commit.committedAt(), ZoneOffset.UTC),
              commit.kept().isEmpty(),
              commit.kept().orElse(null)));
    }
    return new Answer(EXPIRE_COLUMNS, rows);
  }

  /** What is to be said of a statement later. */
  private static String expireText(
      ExpiryRequest.Selection selection, Optional<String> branch, Optional<Integer> keepLast) {
    String of = branch.map(name -> " OF BRANCH " + name).orElse("");
    String keep = keepLast.map(last -> " KEEP LAST " + last).orElse("");
    if (selection instanceof ExpiryRequest.Between between) {
      return "SQUASH HISTORY"
          + of
          + " FROM COMMIT "
          + between.older()
          + " TO COMMIT "
          + between.newer();
    }
    String what =
        selection instanceof ExpiryRequest.Before before
            ? " BEFORE COMMIT " + before.revision()
            : " OLDER THAN " + Ages.text(((ExpiryRequest.OlderThan) selection).age());
    return "EXPIRE HISTORY" + of + what + keep;
  }

  /** Puts a backup into a folder of its own in this one. */
  Answer backup(String folder) throws StoreException, StatementException {
    session.requireNoWrites("BACKUP");
    Path path = session.fileAccess().writable("BACKUP TO '" + folder + "'", folder);
    CopyResult result = session.stoppable(() -> session.store().backup(path));
    return Answer.of(
        BACKUP_COLUMNS,
        result.place(),
        result.objects(),
        result.copiedObjects(),
        result.copiedBytes(),
        (long) result.damages().size());
  }

  /** Makes another store of this one, which goes on for itself. */
  Answer cloneStore(String folder) throws StoreException, StatementException {
    session.checkWritable();
    session.requireNoWrites("CLONE");
    Path path = session.fileAccess().writable("CLONE TO '" + folder + "'", folder);
    CopyResult result = session.stoppable(() -> session.store().cloneTo(path));
    return Answer.of(
        CLONE_COLUMNS,
        result.place(),
        result.objects(),
        result.copiedBytes(),
        (long) result.damages().size());
  }

  Answer optimize(SqlIdentifier table) throws StoreException, StatementException {
    session.checkWritable();
    session.requireNoWrites("OPTIMIZE TABLE");
    Target target = Target.of(table, session.versions());
    OptimizeResult result =
        session.stoppable(() -> session.store().optimize(target.branch(), target.schema().id()));
    return Answer.of(
        OPTIMIZE_COLUMNS, target.schema().name(), result.chunksBefore(), result.chunksAfter());
  }
}
