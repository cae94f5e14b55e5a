package io.signalbox.mesh.proxy.transport;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole answer, given by the proxy itself. Immutable; the body may be empty. */
public record Answer(int status, Map<String, String> fields, ByteBuffer body) {

    public Answer {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        body = body.asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer body() {
        return body.asReadOnlyBuffer();
    }
}
