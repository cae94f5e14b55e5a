package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** What an endpoint answers. */
sealed interface Reply {

    /** A whole answer; an empty body has no content type. */
    record Whole(int status, String contentType, String body, Map<String, String> headers) implements Reply {

        public Whole {
            headers = Map.copyOf(headers);
        }

        Whole with(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Whole(status, contentType, body, more);
        }
    }

    /** An answer that is written bit by bit, perhaps until the caller leaves or the server stops. */
    record Streamed(String contentType, Writer writer) implements Reply {}

    /** Writes a stream; blocks while the caller is slow. */
    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    static Whole json(Object value) {
        return new Whole(200, "application/json", Json.text(value), Map.of());
    }

    static Whole text(String contentType, String text) {
        return new Whole(200, contentType, text, Map.of());
    }

    static Whole nothing() {
        return new Whole(204, "", "", Map.of());
    }
}
