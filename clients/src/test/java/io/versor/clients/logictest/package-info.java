/**
 * The public sqllogictest corpus: queries with the answers that several databases agree on.
 *
 * <p>Start at {@link io.versor.clients.logictest.SqlLogicTestIT}. The scripts come in a jar from
 * Maven Central; what is here reads and runs them.
 */
@NullMarked
package io.versor.clients.logictest;

import org.jspecify.annotations.NullMarked;
