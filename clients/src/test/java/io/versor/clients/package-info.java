/**
 * The finished jar as strangers use it: pools, mappers, SQL clients and other databases, each doing
 * what its users do.
 *
 * <p>Start at {@link io.versor.clients.VersorJar}, which loads the jar; then one class for each
 * client. Nothing here sees a class of Versor's at compile time: what cannot be done through {@code
 * java.sql} is no business of a client.
 */
@NullMarked
package io.versor.clients;

import org.jspecify.annotations.NullMarked;
