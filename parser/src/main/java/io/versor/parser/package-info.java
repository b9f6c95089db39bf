/** SQL text to syntax trees: Calcite's grammar with Versor's statements. */
@NullMarked
package io.versor.parser;

import org.jspecify.annotations.NullMarked;
