/**
 * Pictures, sound and film as encoded bytes: what a header says about them, whether they are whole,
 * and pictures to numbers and back.
 *
 * <p>Start at {@link io.versor.engine.media.MediaProbe} for a look at the header and at {@link
 * io.versor.engine.media.ImageCodec} for decoding. Every reader here takes bytes nobody has
 * checked: no length, count or extent from a header is believed before it is compared with what is
 * there. Nothing here knows SQL, tables or vectors.
 */
@NullMarked
package io.versor.engine.media;

import org.jspecify.annotations.NullMarked;
