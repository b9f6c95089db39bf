package io.versor.format.io;

/** A store that was not told to fail keeps the contract. */
class FaultStoreContractTest extends ObjectStoreContract {
  @Override
  ObjectStore open() {
    return new FaultStore();
  }
}
