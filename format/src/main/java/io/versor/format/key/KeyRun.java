package io.versor.format.key;

import io.versor.format.pack.Address;
import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * Entries sorted by hash and slot: a row that lies in the slot has, or had, a key of this hash.
 * Immutable and thread-safe.
 */
interface KeyRun {
  /** 24 MB in entries: what a checkpoint rewrites at once. Larger indexes have several runs. */
  int MAX_ENTRIES = 2_000_000;

  /** Slots a run can name; tables end long before. */
  int SLOT_BITS = 40;

  int count();

  /** Takes what was found. */
  @FunctionalInterface
  interface Slots {
    void slot(long slot) throws StoreException;
  }

  /** Every slot that an entry of this hash names. */
  void find(long hash, Slots found) throws StoreException;

  /** Puts all entries in the arrays, in order. */
  void copyTo(long[] hashes, long[] slots, int at) throws StoreException;

  /** Where it is stored; empty while it is in memory only. */
  Optional<Address> address();
}
