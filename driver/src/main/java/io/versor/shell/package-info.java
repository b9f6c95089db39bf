/**
 * The SQL shell behind {@code ./versor}: scripts, and SQLLine for typing.
 *
 * <p>Start at {@link io.versor.shell.Main}. Everything here goes through JDBC like any client; the
 * one thing a client cannot say, where relative paths of READ_FILE start, is asked of the session
 * that the connection wraps.
 */
@NullMarked
package io.versor.shell;

import org.jspecify.annotations.NullMarked;
