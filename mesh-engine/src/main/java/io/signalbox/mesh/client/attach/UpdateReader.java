package io.signalbox.mesh.client.attach;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.json.Json;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what control planes tell the sidecars of a process. All are told the same, though not at the same time, so what was
 * read for one is handed to the others: one reading of each change, and one copy of each service, whatever their number. Safe
 * from any thread.
 */
public final class UpdateReader {

    /** Behind more changes than these a control plane tells everything anew. */
    static final int MOST_KEPT = 256;

    /** Of all texts that are kept; the newest is, however long. */
    static final int MOST_CHARACTERS = 4 << 20;

    private final boolean shared;

    @GuardedBy("this")
    private final Map<String, ReadUpdate> newest = new LinkedHashMap<>();

    /** Of all texts of the newest. */
    @GuardedBy("this")
    private long characters;

    @GuardedBy("this")
    private final SharedCopies copies = new SharedCopies();

    /** @param sidecars how many are told; what one is told alone is not kept */
    public UpdateReader(int sidecars) {
        this.shared = sidecars > 1;
    }

    /** @throws io.signalbox.mesh.client.json.MalformedJsonException when it is no such update */
    public ReadUpdate read(String text) {
        return shared ? readOnce(text) : ReadUpdate.of(Json.read(text, MeshUpdate.class));
    }

    private synchronized ReadUpdate readOnce(String text) {
        ReadUpdate known = newest.get(text);
        if (known != null) {
            return known;
        }
        ReadUpdate read = copies.of(ReadUpdate.of(Json.read(text, MeshUpdate.class)));
        newest.put(text, read);
        characters += text.length();
        Iterator<String> oldest = newest.keySet().iterator();
        while (newest.size() > MOST_KEPT || (newest.size() > 1 && characters > MOST_CHARACTERS)) {
            characters -= oldest.next().length();
            oldest.remove();
        }
        return read;
    }
}
