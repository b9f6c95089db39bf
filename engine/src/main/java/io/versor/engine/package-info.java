/** SQL over a store: sessions, statements and results. */
@NullMarked
package io.versor.engine;

import org.jspecify.annotations.NullMarked;
