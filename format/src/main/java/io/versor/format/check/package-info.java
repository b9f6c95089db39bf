/** Reads everything there is in a store and tells what is damaged. */
@NullMarked
package io.versor.format.check;

import org.jspecify.annotations.NullMarked;
