/** The java.sql driver of Versor. */
@NullMarked
package io.versor.jdbc;

import org.jspecify.annotations.NullMarked;
