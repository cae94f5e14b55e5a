package io.signalbox.mesh.client.attach;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what control planes tell the sidecars of a process. All are told the same, so what was read for one is handed to the
 * others: one copy of the mesh, and one reading of it, whatever their number. Safe from any thread.
 */
public final class UpdateReader {

    private final int kept;

    @GuardedBy("this")
    private final Map<String, ReadUpdate> newest = new LinkedHashMap<>();

    /** @param sidecars how many are told; what one is told alone is not kept */
    public UpdateReader(int sidecars) {
        this.kept = sidecars > 1 ? 4 : 0;
    }

    /** @throws io.signalbox.mesh.client.json.MalformedJsonException when it is no such update */
    public synchronized ReadUpdate read(String text) {
        ReadUpdate known = newest.get(text);
        if (known != null) {
            return known;
        }
        ReadUpdate read = ReadUpdate.of(Json.read(text, MeshUpdate.class));
        newest.put(text, read);
        if (newest.size() > kept) {
            newest.remove(newest.keySet().iterator().next());
        }
        return read;
    }
}
