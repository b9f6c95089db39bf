/**
 * Statements, prepared and carried out: one class for each family. Start at {@link
 * io.versor.engine.statement.StatementSession}; {@link io.versor.engine.statement.SessionState}
 * holds the current branch and the transaction. What version statements and their procedures do
 * alike is behind {@link io.versor.engine.statement.Operations}; the procedures are the list in
 * {@link io.versor.engine.statement.ProcedureList}. Queries are planned by {@code plan}; everything
 * that changes something is done here.
 */
@NullMarked
package io.versor.engine.statement;

import org.jspecify.annotations.NullMarked;
