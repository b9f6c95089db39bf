/**
 * The log that is a branch: frames in segment files, appended under the branch's lock and read by
 * anybody.
 *
 * <p>Start at {@link io.versor.format.log.BranchLog}. A frame is a payload that is there whole or
 * not at all; what payloads mean is not known here. Bytes are laid out as in FORMAT.md, "Log
 * segment". What a torn tail is, and how it is told from damage, is decided in {@link
 * io.versor.format.log.FrameReader} alone.
 */
@NullMarked
package io.versor.format.log;

import org.jspecify.annotations.NullMarked;
