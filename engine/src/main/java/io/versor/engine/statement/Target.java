package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.system.InformationSchema;
import io.versor.engine.system.SystemSchema;
import io.versor.format.TableSnapshot;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** The table a statement changes, and the branch it is on. */
record Target(String branch, TableSnapshot snapshot) {
  TableSchema schema() {
    return snapshot.schema();
  }

  /** The branch a table's name says, which must be one that can be written. */
  static String branch(SqlIdentifier name, Versions versions) throws StoreException {
    String schema =
        name.names.size() > 1 ? name.names.get(name.names.size() - 2) : versions.current();
    boolean system =
        schema.equalsIgnoreCase(Versions.SYSTEM) || schema.equalsIgnoreCase(InformationSchema.NAME);
    if (system) {
      throw new StoreException(
          Code.READ_ONLY,
          "system tables of " + schema.toLowerCase(Locale.ROOT) + " cannot be written");
    }
    Version version = versions.require(schema);
    Optional<String> branch = version.branch();
    if (branch.isEmpty()) {
      throw SessionState.notWritable(schema);
    }
    return branch.get();
  }

  static SqlIdentifier name(SqlNode table) throws StatementException {
    if (table instanceof SqlIdentifier id) {
      return id;
    }
    throw new StatementException(
        "25006",
        "only the present state of a branch can be written, found "
            + table
            + "; name the table as branch.table",
        table.getParserPosition().getLineNum(),
        table.getParserPosition().getColumnNum());
  }

  static Target of(SqlIdentifier name, Versions versions)
      throws StoreException, StatementException {
    String branch = branch(name, versions);
    Version version = versions.require(branch);
    String table = name.names.get(name.names.size() - 1);
    try {
      Optional<VersorTable> derived = SystemSchema.beside(versions.store(), version, table);
      if (derived.isPresent()) {
        throw new StatementException(
            "42809",
            derived.get().schema().name()
                + " shows what its table went through; change the table itself"
                + (Conflicts.tableOf(name).isPresent() ? ", or UPDATE and DELETE conflicts" : ""));
      }
      return new Target(branch, TableNames.require(table, version.snapshot()));
    } catch (StatementException e) {
      throw e.at(name.getParserPosition());
    }
  }
}
