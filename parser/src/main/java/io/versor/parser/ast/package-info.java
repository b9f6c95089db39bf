/** Syntax trees of the statements that Calcite does not have. Immutable once parsed. */
@NullMarked
package io.versor.parser.ast;

import org.jspecify.annotations.NullMarked;
