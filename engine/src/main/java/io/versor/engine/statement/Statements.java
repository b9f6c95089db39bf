package io.versor.engine.statement;

import io.versor.engine.Prepared;
import io.versor.engine.StatementException;
import io.versor.engine.plan.KeyQuery;
import io.versor.engine.plan.KeyQueryText;
import io.versor.engine.plan.SqlErrors;
import io.versor.engine.type.Carried;
import io.versor.engine.work.Poll;
import io.versor.engine.work.Work;
import io.versor.format.type.StoreException;
import io.versor.parser.VersorParser;
import io.versor.parser.ast.SqlAlterTable;
import io.versor.parser.ast.SqlCallProcedure;
import io.versor.parser.ast.SqlCommentOn;
import io.versor.parser.ast.SqlCopyFrom;
import io.versor.parser.ast.SqlCopyTo;
import io.versor.parser.ast.SqlCreateTable;
import io.versor.parser.ast.SqlCreateView;
import io.versor.parser.ast.SqlDeleteFrom;
import io.versor.parser.ast.SqlDropTable;
import io.versor.parser.ast.SqlDropView;
import io.versor.parser.ast.SqlExplainPlan;
import io.versor.parser.ast.SqlInsertInto;
import io.versor.parser.ast.SqlMergeInto;
import io.versor.parser.ast.SqlRenameView;
import io.versor.parser.ast.SqlResolveConflicts;
import io.versor.parser.ast.SqlSetSchema;
import io.versor.parser.ast.SqlShow;
import io.versor.parser.ast.SqlTransaction;
import io.versor.parser.ast.SqlTruncateTable;
import io.versor.parser.ast.SqlUpdateTable;
import io.versor.parser.ast.SqlUse;
import io.versor.parser.ast.VersorStatement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSetOption;
import org.apache.calcite.sql.parser.SqlParseException;

/** Which class carries out which statement. */
final class Statements {
  /** Texts up to here are parsed sooner than another thread is asked to. */
  private static final int SHORT_CHARS = 4_096;

  /**
   * So many texts of a process are parsed on another thread, however short: the first loads a
   * thousand classes, and one of another kind some more, which takes long on a busy machine.
   */
  private static final int COLD_TEXTS = 100;

  private static final AtomicInteger PARSED = new AtomicInteger();

  private final SessionState session;
  private final Tables tables;
  private final Views views;
  private final Operations operations;
  private final VersionStatements versions;
  private final Procedures procedures;

  Statements(SessionState session) {
    this.session = session;
    this.tables = new Tables(session);
    this.views = new Views(session);
    this.operations = Operations.of(session);
    this.versions = new VersionStatements(operations);
    this.procedures = new Procedures(operations);
  }

  Places places() {
    return operations.places();
  }

  Prepared prepare(String sql) throws StoreException, StatementException {
    Optional<KeyQueryText> text = KeyQueryText.of(sql);
    Optional<KeyQuery> key =
        text.isPresent() ? KeyQuery.find(text.get(), session.versions()) : Optional.empty();
    if (key.isPresent()) {
      return new KeyStatement(
          session, key.get(), () -> new QueryStatement(session, parseInTime(sql), sql));
    }
    SqlNode statement = parseInTime(sql);
    try {
      return prepare(statement, sql);
    } catch (RuntimeException | StackOverflowError e) {
      throw SqlErrors.of(e, (wrong, schema) -> "");
    }
  }

  private SqlNode parseInTime(String sql) throws StoreException, StatementException {
    boolean cold = PARSED.get() < COLD_TEXTS;
    if (!cold && sql.length() <= SHORT_CHARS) {
      return parse(sql);
    }
    SqlNode statement = session.work().call(() -> parse(sql), Work.Owner.NONE);
    if (cold) {
      PARSED.incrementAndGet();
    }
    return statement;
  }

  private static SqlNode parse(String sql) throws StoreException, StatementException {
    try {
      return VersorParser.parse(sql, Poll::poll);
    } catch (SqlParseException e) {
      throw SqlErrors.syntax(e);
    } catch (Carried e) {
      Carried.rethrow(e);
      throw e;
    } catch (StackOverflowError e) {
      throw SqlErrors.of(e, (wrong, schema) -> "");
    }
  }

  private Prepared prepare(SqlNode statement, String sql)
      throws StoreException, StatementException {
    if (statement instanceof SqlInsertInto insert) {
      return new InsertStatement(session, insert);
    }
    if (statement instanceof SqlUpdateTable update) {
      return new UpdateStatement(session, update);
    }
    if (statement instanceof SqlDeleteFrom delete) {
      return new DeleteStatement(session, delete);
    }
    if (statement instanceof SqlMergeInto merge) {
      return new MergeStatement(session, merge);
    }
    if (statement instanceof SqlExplainPlan explain) {
      return new ExplainStatement(session, explain);
    }
    if (statement instanceof SqlShow show) {
      return Shows.prepare(show, session, sql);
    }
    if (statement instanceof SqlCallProcedure call) {
      return procedures.prepare(call);
    }
    if (statement instanceof VersorStatement own) {
      return own(own, sql);
    }
    if (statement.isA(SqlKind.QUERY)) {
      return new QueryStatement(session, statement, sql);
    }
    throw unsupported(statement);
  }

  private static StatementException unsupported(SqlNode statement) {
    if (statement instanceof SqlSetOption option) {
      return new StatementException(
              "0A000",
              "no setting "
                  + option.name()
                  + "; SET SCHEMA 'branch' says where tables are looked for, and options of a"
                  + " connection stand in its URL, as in jdbc:versor:PATH?author=ann")
          .at(statement.getParserPosition());
    }
    if (statement instanceof SqlExplain) {
      return new StatementException(
              "42601", "DESCRIBE takes a table or view; EXPLAIN tells how a query is run")
          .at(statement.getParserPosition());
    }
    String words = statement.toString().replaceAll("\\s+", " ");
    return new StatementException(
        "0A000",
        "statement not supported: " + (words.length() <= 60 ? words : words.substring(0, 60)),
        statement.getParserPosition().getLineNum(),
        statement.getParserPosition().getColumnNum());
  }

  private Prepared own(VersorStatement statement, String sql)
      throws StoreException, StatementException {
    if (statement instanceof SqlCopyFrom copy) {
      return new CopyFromStatement(session, copy);
    }
    if (statement instanceof SqlCopyTo copy) {
      return new CopyToStatement(session, copy);
    }
    if (statement instanceof SqlTruncateTable truncate) {
      return counted(statement, parameters -> new Truncation(session).run(truncate));
    }
    if (statement instanceof SqlCreateTable create) {
      return counted(statement, parameters -> tables.create(create, parameters));
    }
    if (statement instanceof SqlDropTable drop) {
      return counted(statement, parameters -> tables.drop(drop));
    }
    if (statement instanceof SqlAlterTable alter) {
      return counted(statement, parameters -> tables.alter(alter, parameters));
    }
    if (statement instanceof SqlCommentOn comment) {
      return counted(
          statement,
          parameters ->
              comment.kind() == SqlCommentOn.Kind.VIEW
                  ? views.comment(comment, parameters)
                  : tables.comment(comment, parameters));
    }
    if (statement instanceof SqlCreateView create) {
      Views.refuseParameters(create);
      return counted(statement, parameters -> views.create(create, sql));
    }
    if (statement instanceof SqlRenameView rename) {
      return counted(statement, parameters -> views.rename(rename));
    }
    if (statement instanceof SqlDropView drop) {
      return counted(statement, parameters -> views.drop(drop));
    }
    if (statement instanceof SqlTransaction transaction) {
      return counted(statement, parameters -> transaction(transaction));
    }
    if (statement instanceof SqlUse use) {
      return counted(
          statement,
          parameters -> {
            operations
                .places()
                .use(use.kind(), Literals.text(use.revision(), parameters, "the version to use"));
            return 0;
          });
    }
    if (statement instanceof SqlSetSchema set) {
      return counted(
          statement,
          parameters -> {
            operations.places().useAny(Literals.text(set.schema(), parameters, "the schema"));
            return 0;
          });
    }
    if (statement instanceof SqlResolveConflicts resolve) {
      return new ResolveStatement(
          session, statement, resolve.table(), resolve.theirs(), resolve.condition());
    }
    Optional<Prepared> version = versions.find(statement);
    if (version.isPresent()) {
      return version.get();
    }
    throw unsupported(statement);
  }

  private Prepared counted(VersorStatement statement, TableStatement.Action action) {
    return new TableStatement(session, statement, action);
  }

  private long transaction(SqlTransaction statement) throws StoreException, StatementException {
    String savepoint = statement.savepoint().map(Literals::name).orElse("");
    switch (statement.kind()) {
      case BEGIN -> session.beginExplicitly();
      case COMMIT -> session.commit();
      case ROLLBACK -> session.rollback();
      case SAVEPOINT -> session.savepoint(savepoint);
      case ROLLBACK_TO_SAVEPOINT -> session.rollbackTo(savepoint);
      case RELEASE_SAVEPOINT -> session.release(savepoint);
    }
    return 0;
  }
}
