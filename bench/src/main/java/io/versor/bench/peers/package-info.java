/** Versor side by side with the engines people would otherwise pick, on the same generated rows. */
@NullMarked
package io.versor.bench.peers;

import org.jspecify.annotations.NullMarked;
