/**
 * What differs between two states of a table, and what a merge makes of three. Costs follow the
 * change, not the table: what both states share is never looked at.
 */
@NullMarked
package io.versor.format.change;

import org.jspecify.annotations.NullMarked;
