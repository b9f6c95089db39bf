package io.versor.engine.catalog;

import io.versor.format.Snapshot;
import java.util.Optional;

/**
 * A state of the store as a schema.
 *
 * @param schema the branch's name, else the revision as it was written
 * @param branch its name if this is the uncommitted state of a branch; only that can be written
 */
public record Version(String schema, Snapshot snapshot, Optional<String> branch) {}
