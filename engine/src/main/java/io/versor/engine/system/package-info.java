/**
 * The schema {@code versor}: tables and table functions about history, made when they are read.
 * Start at {@link io.versor.engine.system.SystemSchema}.
 */
@NullMarked
package io.versor.engine.system;

import org.jspecify.annotations.NullMarked;
