/** The store as its users see it: branches, commits, snapshots and transactions. */
@NullMarked
package io.versor.format;

import org.jspecify.annotations.NullMarked;
