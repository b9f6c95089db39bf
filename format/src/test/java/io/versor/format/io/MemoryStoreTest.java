package io.versor.format.io;

/** The contract, in memory. */
class MemoryStoreTest extends ObjectStoreContract {
  @Override
  ObjectStore open() {
    return new MemoryStore();
  }
}
