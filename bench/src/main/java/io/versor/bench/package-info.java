/** Measurements of costs the documents promise. */
@NullMarked
package io.versor.bench;

import org.jspecify.annotations.NullMarked;
