/** The scripts of {@code sql-examples/}: their pictures, and that they print what they promise. */
@NullMarked
package io.versor.examples;

import org.jspecify.annotations.NullMarked;
