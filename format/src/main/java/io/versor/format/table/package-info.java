/**
 * The state of a branch at one frame: its tables, counters and last commit; how frames change it,
 * and checkpoints that keep it. Knows logs, packs and trees; knows nothing of transactions.
 */
@NullMarked
package io.versor.format.table;

import org.jspecify.annotations.NullMarked;
