package io.versor.engine.work;

import io.versor.engine.Cancellation;
import io.versor.engine.type.Carried;

/** What code asks that runs on a worker and can throw no checked exception. */
public final class Poll {
  private Poll() {}

  /**
   * Ends the present piece of work if its statement was stopped. Called by generated code, once a
   * row and in every loop: a look at a field of the thread and at a flag.
   */
  public static void poll() {
    Cancellation cancellation = Workers.present();
    if (cancellation != null && cancellation.flag().get()) {
      throw new Carried(cancellation.failure());
    }
  }
}
