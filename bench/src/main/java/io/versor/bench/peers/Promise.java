package io.versor.bench.peers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ratio to a peer that a work must not exceed.
 *
 * @param limit Versor's time or bytes over the peer's; 0 if nothing is promised
 * @param peer whose; the best of all if empty
 */
record Promise(double limit, Optional<String> peer) {
  static final Promise NONE = beside(0);

  /** Beside the best of the peers. */
  static Promise beside(double limit) {
    return new Promise(limit, Optional.empty());
  }

  static Promise beside(double limit, String peer) {
    return new Promise(limit, Optional.of(peer));
  }

  /** The limit, what was found in bold if it is more, and of whom. */
  String judged(Outcome ours, List<Outcome> peers) {
    Outcome other =
        peer.flatMap(name -> peers.stream().filter(one -> one.engine().equals(name)).findFirst())
            .orElse(peers.get(0));
    String ratio = text(ours.median() / (double) other.median(), limit);
    String best = other == peers.get(0) ? "" : " (best: %s)".formatted(ratio(ours, peers.get(0)));
    return limit == 0
        ? "%s | ".formatted(ratio)
        : "%s of %s%s | %s".formatted(ratio, other.engine(), best, limit);
  }

  private static String ratio(Outcome ours, Outcome other) {
    return text(ours.median() / (double) other.median(), 0);
  }

  private static String text(double ratio, double limit) {
    String text = String.format(Locale.ROOT, "%.2f", ratio);
    return limit > 0 && ratio > limit ? "**" + text + "**" : text;
  }
}
