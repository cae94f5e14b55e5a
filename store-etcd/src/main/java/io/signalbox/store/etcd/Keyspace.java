package io.signalbox.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.signalbox.mesh.store.StoreEntry;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * How keys and revisions are called in etcd.
 *
 * <p>All keys have a prefix there. An etcd that nobody wrote to is at revision 1, a store at 0.
 *
 * @param prefix ASCII
 */
record Keyspace(String prefix) {

    ByteSequence key(String key) {
        return text(prefix + key);
    }

    String key(ByteSequence key) {
        return key.toString(StandardCharsets.UTF_8).substring(prefix.length());
    }

    static ByteSequence text(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    /** What a store's revision is in etcd; the one of a key that holds nothing is 0 in both. */
    static long there(long revision) {
        return revision + 1;
    }

    static long here(long revision) {
        return revision - 1;
    }

    StoreEntry entry(KeyValue held) {
        return new StoreEntry(
                key(held.getKey()),
                held.getValue().toString(StandardCharsets.UTF_8),
                here(held.getCreateRevision()),
                here(held.getModRevision()),
                held.getLease() == 0 ? OptionalLong.empty() : OptionalLong.of(held.getLease()));
    }
}
