package io.versor.engine.exec;

/** Said of what kernels do not exist for. Not an error: the plan runs elsewhere. */
final class NotCompiled extends Exception {
  private static final long serialVersionUID = 1L;

  NotCompiled(String what) {
    super(what, null, false, false);
  }
}
