package io.signalbox.mesh.store;

import java.util.OptionalLong;

/**
 * What a key holds.
 *
 * @param created the revision that wrote the key when there was none such
 * @param modified the revision that wrote it last
 * @param lease what it hangs on
 */
public record StoreEntry(String key, String value, long created, long modified, OptionalLong lease) {}
