package io.versor.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The table of outcomes: printed as they come, kept as Markdown and as lines of text. */
final class Report {
  private static final String HEAD =
      "| work | Versor | best peer | ratio | promised | others |\n| --- | --- | --- | --- | --- | --- |";

  private final List<String> lines = new ArrayList<>();
  private final StringBuilder values = new StringBuilder("work\tengine\tunit\tvalues\n");

  Report() {
    System.out.println(HEAD);
  }

  void add(String work, Promise promise, List<Outcome> outcomes) {
    Outcome ours =
        outcomes.stream()
            .filter(one -> one.engine().equals(Engine.VERSOR.title))
            .findFirst()
            .orElseThrow();
    List<Outcome> peers =
        outcomes.stream()
            .filter(one -> one != ours)
            .sorted(Comparator.comparingLong(Outcome::median))
            .toList();
    String others =
        String.join(
            ", ", peers.stream().skip(1).map(one -> one.engine() + " " + one.text()).toList());
    String line =
        peers.isEmpty()
            ? "| %s | %s | | | | |".formatted(work, ours.text())
            : "| %s | %s | %s %s | %s | %s |"
                .formatted(
                    work,
                    ours.text(),
                    peers.get(0).engine(),
                    peers.get(0).text(),
                    promise.judged(ours, peers),
                    others);
    lines.add(line);
    System.out.println(line);
    for (Outcome one : outcomes) {
      values.append("%s\t%s\t%s".formatted(work, one.engine(), one.unit()));
      for (long value : one.values()) {
        values.append('\t').append(value);
      }
      values.append('\n');
    }
  }

  /** Writes {@code peers.md} and {@code peers.tsv} (nanoseconds or bytes) into the directory. */
  void write(Path directory) throws IOException {
    Files.writeString(directory.resolve("peers.md"), HEAD + "\n" + String.join("\n", lines) + "\n");
    Files.writeString(directory.resolve("peers.tsv"), values);
  }
}
