package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.ColumnNames;
import io.versor.engine.type.IdentityText;
import io.versor.format.Transaction;
import io.versor.format.type.Column;
import io.versor.format.type.Identity;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.parser.ast.ColumnDeclaration;
import io.versor.parser.ast.IdentityDeclaration;
import io.versor.parser.ast.TableAlteration;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** What CREATE and ALTER TABLE say of identity columns. */
final class IdentityColumns {
  private final SessionState session;

  IdentityColumns(SessionState session) {
    this.session = session;
  }

  /** How a declared column numbers its rows, if it does. */
  Optional<Identity> declared(ColumnDeclaration declaration)
      throws StoreException, StatementException {
    if (declaration.identity().isEmpty()) {
      return Optional.empty();
    }
    if (declaration.defaultValue().isPresent()) {
      throw new StatementException(
              "42601",
              "column "
                  + Tables.last(declaration.name())
                  + " has both DEFAULT and GENERATED AS IDENTITY; leave one out")
          .at(declaration.defaultValue().get().getParserPosition());
    }
    return Optional.of(identity(declaration.identity().get()));
  }

  private static Identity identity(IdentityDeclaration declared)
      throws StoreException, StatementException {
    if (declared.missing().isPresent()) {
      throw Tables.unsupported(declared.missing().get() + " of GENERATED AS IDENTITY");
    }
    long increment =
        declared.increment().isEmpty() ? 1 : number(declared.increment().get(), "INCREMENT BY");
    long start =
        declared.start().isEmpty()
            ? IdentityText.usualStart(increment)
            : number(declared.start().get(), "START WITH");
    return Tables.checked(() -> new Identity(declared.always(), start, increment));
  }

  private static long number(SqlNode node, String what) throws StatementException {
    Object value = Literals.find(node).map(found -> found.of(List.of())).orElse(null);
    try {
      return new BigDecimal(String.valueOf(value)).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new StatementException(
              "22023", what + " takes a whole number of 64 bits, found " + node)
          .at(node.getParserPosition());
    }
  }

  void alter(TableSchema table, TableAlteration alteration, Transaction transaction)
      throws StoreException, StatementException {
    if (alteration instanceof TableAlteration.AddIdentity add) {
      add(table, add, transaction);
    } else if (alteration instanceof TableAlteration.SetGenerated set) {
      Column column = column(table, set.column());
      Identity old = required(column, table, set.column());
      Identity changed = new Identity(set.always(), old.start(), old.increment());
      transaction.alterColumn(table.id(), column.withIdentity(Optional.of(changed)));
    } else if (alteration instanceof TableAlteration.RestartIdentity restart) {
      Column column = column(table, restart.column());
      Identity identity = required(column, table, restart.column());
      long next =
          restart.next().isEmpty()
              ? identity.start()
              : number(restart.next().get(), "RESTART WITH");
      Tables.checked(
          () ->
              column.withIdentity(
                  Optional.of(new Identity(identity.always(), next, identity.increment()))));
      transaction.restartNumbers(table.id(), column.id(), next);
    } else if (alteration instanceof TableAlteration.DropIdentity drop) {
      Column column = column(table, drop.column());
      if (column.identity().isEmpty() && drop.ifExists()) {
        session.warn("column " + column.name() + " of " + table.name() + " is no identity column");
        return;
      }
      required(column, table, drop.column());
      transaction.alterColumn(table.id(), column.withIdentity(Optional.empty()));
    } else {
      throw new IllegalStateException("an alteration of nothing: " + alteration);
    }
  }

  private static void add(
      TableSchema table, TableAlteration.AddIdentity add, Transaction transaction)
      throws StoreException, StatementException {
    Column column = column(table, add.column());
    if (column.identity().isPresent()) {
      throw state(column, table, "is an identity column already", add.column());
    }
    if (column.nullable()) {
      throw state(column, table, "may be NULL; SET NOT NULL first", add.column());
    }
    if (column.defaultSql().isPresent()) {
      throw state(column, table, "has a DEFAULT; DROP DEFAULT first", add.column());
    }
    Identity identity = identity(add.identity());
    Column changed = Tables.checked(() -> column.withIdentity(Optional.of(identity)));
    transaction.alterColumn(table.id(), changed);
    transaction.restartNumbers(table.id(), column.id(), identity.start());
  }

  private static Column column(TableSchema table, SqlIdentifier name) throws StatementException {
    return table.columns().get(ColumnNames.position(table, name));
  }

  private static Identity required(Column column, TableSchema table, SqlIdentifier name)
      throws StatementException {
    if (column.identity().isEmpty()) {
      throw state(column, table, "is no identity column", name);
    }
    return column.identity().get();
  }

  private static StatementException state(
      Column column, TableSchema table, String what, SqlIdentifier name) {
    return new StatementException(
            "55000", "column " + column.name() + " of " + table.name() + " " + what)
        .at(name.getParserPosition());
  }

  /** For what identity columns neither have nor may be. */
  static void refuse(Column column, SqlIdentifier name) throws StatementException {
    if (column.identity().isPresent()) {
      throw new StatementException(
              "42601",
              "column "
                  + column.name()
                  + " is an identity column, so it is NOT NULL and has no DEFAULT; DROP IDENTITY"
                  + " first")
          .at(name.getParserPosition());
    }
  }
}
