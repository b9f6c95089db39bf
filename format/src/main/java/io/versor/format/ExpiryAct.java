package io.versor.format;

import java.time.Instant;

/** One time that commits expired: when, who asked for what, and how many did. */
public record ExpiryAct(Instant at, String author, String operation, long commits) {}
