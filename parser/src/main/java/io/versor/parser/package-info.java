/**
 * SQL text to syntax trees: Calcite's grammar with Versor's statements.
 *
 * <p>Start at {@link io.versor.parser.VersorParser}; the statements are in {@code ast}, their
 * grammar in {@code src/main/codegen}. {@code VersorSqlParserImpl} and its tokens are generated.
 * What a name refers to, or whether it exists, is the engine's business.
 */
@NullMarked
package io.versor.parser;

import org.jspecify.annotations.NullMarked;
