package io.versor.bench.peers;

import java.sql.Connection;
import java.util.Map;
import java.util.Optional;

/**
 * The engines that take part in a run, and where the outcomes go.
 *
 * @param rounds how often a work is measured, where it does not say otherwise
 */
record Contestants(
    Map<Engine, Connection> connections, Optional<Lance> lance, Report report, int rounds) {}
