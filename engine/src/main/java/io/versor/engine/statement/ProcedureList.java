package io.versor.engine.statement;

import static io.versor.engine.statement.Parameter.flag;
import static io.versor.engine.statement.Parameter.number;
import static io.versor.engine.statement.Parameter.text;
import static io.versor.engine.statement.Parameter.word;

import io.versor.engine.ProcedureInfo;
import io.versor.engine.StatementException;
import io.versor.format.ExpiryRequest;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The procedures there are: a twin for each version statement, with the branch as an argument, so
 * that nothing depends on where a pooled connection happens to be.
 */
final class ProcedureList {
  private static final List<String> STRATEGIES = List.of("FAIL", "OURS", "THEIRS", "CONFLICTS");

  private static final Parameter BRANCH = text("branch", "the branch to change; else the current");
  private static final Parameter MESSAGE = text("message", "the message of the commit");
  private static final Parameter STRATEGY =
      word("strategy", STRATEGIES, "what becomes of conflicts");

  private static final List<Parameter> PICK =
      List.of(
          text("commit", "the commit; HEAD counts from the branch").needed(),
          BRANCH,
          STRATEGY,
          MESSAGE,
          number("parent", "of a merge commit, the parent its changes are counted from"));

  /** In the order of their names. */
  static final List<Procedure> ALL =
      List.of(
          new Procedure(
              "backup",
              "Puts a backup of the store into a folder of its own.",
              List.of(text("folder", "where backups are collected").needed()),
              Maintenance.BACKUP_COLUMNS,
              (operations, arguments) -> operations.maintenance().backup(arguments.text("folder"))),
          new Procedure(
              "check_store",
              "Checks every byte of the store.",
              List.of(flag("repair", "whether what is damaged is set right where it can be")),
              Maintenance.CHECK_COLUMNS,
              (operations, arguments) ->
                  arguments.flag("repair")
                      ? operations.maintenance().repair()
                      : operations.maintenance().check()),
          new Procedure(
              "cherry_pick",
              "Makes the changes of a commit on another branch, as a new commit.",
              PICK,
              Merges.COLUMNS,
              (operations, arguments) -> operations.merges().cherryPick(pick(arguments))),
          new Procedure(
              "clone_store",
              "Makes another store of this one, which goes on for itself.",
              List.of(text("folder", "a new or empty one").needed()),
              Maintenance.CLONE_COLUMNS,
              (operations, arguments) ->
                  operations.maintenance().cloneStore(arguments.text("folder"))),
          new Procedure(
              "commit_version",
              "Makes a commit of what a branch is now.",
              List.of(
                  MESSAGE,
                  BRANCH,
                  text("author", "who made it; else the connection's author"),
                  flag("allow_empty", "whether nothing need have changed")),
              Commits.COLUMNS,
              (operations, arguments) ->
                  operations
                      .commits()
                      .commit(
                          arguments.find("message"),
                          arguments.find("author"),
                          arguments.flag("allow_empty"),
                          arguments.branch("branch"))),
          new Procedure(
              "create_branch",
              "Makes a branch.",
              List.of(
                  text("name", "of the new branch").needed(),
                  text("from", "the branch, tag or commit it starts at; else what is current"),
                  flag("with_changes", "whether it starts with uncommitted changes, too"),
                  flag("if_not_exists", "whether an existing branch is kept"),
                  flag("or_replace", "whether an existing branch is replaced")),
              Branches.COLUMNS,
              (operations, arguments) ->
                  operations
                      .branches()
                      .create(
                          arguments.text("name"),
                          Optional.empty(),
                          arguments.find("from"),
                          arguments.flag("with_changes"),
                          Branches.existing(
                              arguments.flag("if_not_exists"), arguments.flag("or_replace")))),
          new Procedure(
              "create_tag",
              "Gives a commit a name that stays.",
              List.of(
                  text("name", "of the tag").needed(),
                  text("rev", "the commit; else the last one of what is current"),
                  text("message", "what is to be said about it")),
              Tags.COLUMNS,
              (operations, arguments) ->
                  operations
                      .tags()
                      .create(
                          arguments.text("name"),
                          Optional.empty(),
                          arguments.find("rev"),
                          arguments.find("message"))),
          new Procedure(
              "drop_branch",
              "Drops a branch; its commits stay readable by id.",
              List.of(
                  text("name", "of the branch").needed(),
                  flag("force", "whether changes and commits may get lost"),
                  flag("if_exists", "whether it may be missing")),
              Branches.COLUMNS,
              (operations, arguments) ->
                  operations
                      .branches()
                      .drop(
                          arguments.text("name"),
                          arguments.flag("if_exists"),
                          arguments.flag("force"))),
          new Procedure(
              "drop_tag",
              "Drops a tag; the commit stays.",
              List.of(
                  text("name", "of the tag").needed(),
                  flag("if_exists", "whether it may be missing")),
              Tags.COLUMNS,
              (operations, arguments) ->
                  operations.tags().drop(arguments.text("name"), arguments.flag("if_exists"))),
          new Procedure(
              "expire_history",
              "Lets old commits expire: nobody can ask for them any more. One of the first two"
                  + " arguments is needed.",
              List.of(
                  text("older_than", "how old commits are that go, such as '30 days'"),
                  text("before", "the commit before which all go"),
                  number("keep_last", "how many of the last commits of each branch stay"),
                  text("branch", "the branch that they were made on; any if NULL"),
                  flag("dry_run", "whether to say only what would expire")),
              Maintenance.EXPIRE_COLUMNS,
              (operations, arguments) ->
                  operations
                      .maintenance()
                      .expire(
                          expiring(arguments.find("older_than"), arguments.find("before")),
                          arguments.find("branch"),
                          arguments.number("keep_last"),
                          arguments.flag("dry_run"))),
          new Procedure(
              "merge_branch",
              "Brings what another branch changed into a branch, as one commit.",
              List.of(
                  text("source", "the branch, tag or commit to merge").needed(),
                  text("target", "the branch to change; else the current"),
                  STRATEGY,
                  MESSAGE,
                  flag("squash", "whether the commit has one parent only"),
                  flag("dry_run", "whether to say only what would change")),
              Merges.COLUMNS,
              Optional.of(new Procedure.Variant("dry_run", MergePreviews.COLUMNS)),
              (operations, arguments) ->
                  operations
                      .merges()
                      .merge(
                          arguments.text("source"),
                          arguments.branch("target"),
                          arguments.find("strategy"),
                          arguments.find("message"),
                          arguments.flag("squash"),
                          arguments.flag("dry_run"))),
          new Procedure(
              "optimize_table",
              "Folds a table's small chunks and overwritten cells into full chunks.",
              List.of(text("table", "the table").needed(), BRANCH),
              Maintenance.OPTIMIZE_COLUMNS,
              (operations, arguments) ->
                  operations
                      .maintenance()
                      .optimize(
                          new SqlIdentifier(
                              List.of(arguments.branch("branch"), arguments.text("table")),
                              SqlParserPos.ZERO))),
          new Procedure(
              "rename_branch",
              "Gives a branch another name.",
              List.of(
                  text("old", "the branch's name").needed(), text("new", "its new name").needed()),
              Branches.COLUMNS,
              (operations, arguments) ->
                  operations.branches().rename(arguments.text("old"), arguments.text("new"))),
          new Procedure(
              "reset_branch",
              "Drops a branch's uncommitted changes, or makes another commit its last one.",
              List.of(
                  BRANCH,
                  text("commit", "the commit to go to; else the last one"),
                  word(
                          "mode",
                          List.of("HARD", "SOFT"),
                          "with a commit: whether the tables become what they were then")
                      .withoutDefault()),
              Resets.COLUMNS,
              (operations, arguments) ->
                  operations
                      .resets()
                      .reset(
                          arguments.branch("branch"),
                          arguments.find("commit"),
                          arguments.find("mode"))),
          new Procedure(
              "resolve_conflicts",
              "Decides the conflicts of a table.",
              List.of(
                  text("table", "the table").needed(),
                  word("side", List.of("OURS", "THEIRS"), "who is right").withoutDefault().needed(),
                  BRANCH),
              Merges.RESOLVE_COLUMNS,
              (operations, arguments) ->
                  operations
                      .merges()
                      .resolve(
                          new SqlIdentifier(
                              List.of(arguments.branch("branch"), arguments.text("table")),
                              SqlParserPos.ZERO),
                          arguments.text("side").equals("THEIRS"))),
          new Procedure(
              "restore_table",
              "Makes a table what it was at a commit, as an uncommitted change.",
              List.of(
                  text("table", "the table").needed(),
                  text("commit", "the commit; HEAD counts from the branch").needed(),
                  BRANCH),
              Resets.RESTORE_COLUMNS,
              (operations, arguments) ->
                  operations
                      .resets()
                      .restore(
                          new SqlIdentifier(
                              List.of(arguments.branch("branch"), arguments.text("table")),
                              SqlParserPos.ZERO),
                          arguments.text("commit"))),
          new Procedure(
              "revert_commit",
              "Takes the changes of a commit back, as a new commit.",
              PICK,
              Merges.COLUMNS,
              (operations, arguments) -> operations.merges().revert(pick(arguments))),
          new Procedure(
              "squash_history",
              "Lets the commits between two expire: the newer one says what all of them changed.",
              List.of(
                  text("from", "the older commit").needed(),
                  text("to", "the newer commit").needed(),
                  text("branch", "the branch that they were made on; any if NULL"),
                  flag("dry_run", "whether to say only what would expire")),
              Maintenance.EXPIRE_COLUMNS,
              (operations, arguments) ->
                  operations
                      .maintenance()
                      .expire(
                          new ExpiryRequest.Between(arguments.text("from"), arguments.text("to")),
                          arguments.find("branch"),
                          Optional.empty(),
                          arguments.flag("dry_run"))),
          new Procedure(
              "vacuum",
              "Frees what no version needs any more.",
              List.of(
                  flag("dry_run", "whether to say only what would be freed"),
                  text(
                      "older_than",
                      "how long nothing must have needed it, such as '7 days'; a day if NULL")),
              Maintenance.VACUUM_COLUMNS,
              (operations, arguments) -> {
                Optional<String> age = arguments.find("older_than");
                return operations
                    .maintenance()
                    .vacuum(
                        age.isEmpty() ? Optional.empty() : Optional.of(Ages.of(age.get())),
                        arguments.flag("dry_run"));
              }));

  /** What callers are told of them. */
  static final List<ProcedureInfo> INFOS = ALL.stream().map(Procedure::info).toList();

  private static ExpiryRequest.Selection expiring(Optional<String> age, Optional<String> before)
      throws StatementException {
    if (age.isPresent() == before.isPresent()) {
      throw new StatementException(
          "22023", "versor.expire_history: give one of older_than and before");
    }
    return age.isPresent()
        ? new ExpiryRequest.OlderThan(Ages.of(age.get()))
        : new ExpiryRequest.Before(before.get());
  }

  private static Merges.Pick pick(Arguments arguments) throws StoreException, StatementException {
    return new Merges.Pick(
        arguments.text("commit"),
        arguments.number("parent"),
        arguments.branch("branch"),
        arguments.find("strategy"),
        arguments.find("message"));
  }

  private ProcedureList() {}
}
