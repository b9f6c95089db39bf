/**
 * Files that COPY reads and writes. Start at {@link io.versor.engine.copy.FileFormat}: a format
 * gives rows one batch after the other, which are decoded on several threads, or takes rows. {@link
 * io.versor.engine.copy.Loader} brings them into columns. Types that need no library but this one,
 * so that formats can come in a jar of their own. Knows no SQL and no transaction.
 */
@NullMarked
package io.versor.engine.copy;

import org.jspecify.annotations.NullMarked;
