package io.versor.format;

import io.versor.format.ref.CommitId;
import java.time.Instant;
import java.util.Optional;

/** A name that stays with one commit. */
public record Tag(
    String name, CommitId commit, Optional<String> message, Instant at, String tagger) {}
