package io.versor.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters for many executions of one statement.
 *
 * @param rows one list of values for each execution; not copied
 */
public record ParameterBatch(List<List<@Nullable Object>> rows) {}
