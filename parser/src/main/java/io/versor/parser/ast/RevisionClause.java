package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;

/**
 * {@code AS OF BRANCH 'x'}, {@code AS OF COMMIT ?}.
 *
 * @param revision a character literal or a dynamic parameter
 */
public record RevisionClause(VersionKind kind, SqlNode revision) {}
