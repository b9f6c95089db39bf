package io.versor.engine.keep;

/** What an aggregate has of a group, where that is more with each row. */
public interface Gathering {
  /** About what it takes on the heap. */
  long keptBytes();
}
