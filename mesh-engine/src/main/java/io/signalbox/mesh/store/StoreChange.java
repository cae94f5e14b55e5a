package io.signalbox.mesh.store;

/** What one revision did to one key. */
public sealed interface StoreChange {

    long revision();

    String key();

    /** The key holds this from then on. */
    record Written(StoreEntry entry) implements StoreChange {
        @Override
        public long revision() {
            return entry.modified();
        }

        @Override
        public String key() {
            return entry.key();
        }
    }

    /** The key holds nothing from then on. */
    record Deleted(long revision, String key) implements StoreChange {}
}
