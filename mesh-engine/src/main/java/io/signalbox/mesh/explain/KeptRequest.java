package io.signalbox.mesh.explain;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request that is over, of which enough is held to explain it: by the sidecar that decided it, or told by it. */
public interface KeptRequest {

    RequestLine line();

    /** @param depth where it stands in its trace */
    ExplainedRequest explain(int depth);

    /** Of the hop's own span, 16 hexadecimal digits. */
    String spanId();

    /** {@code null} where the trace begins. */
    @Nullable
    String parentSpanId();

    /** The instances that its attempts were to; ask once, since it may have to be read first. */
    Set<String> called();

    /**
     * What it takes to decide it again; {@code null} when only what came of it is known. Ask once, since it may have to be read
     * first.
     */
    default @Nullable Recalled recalled(KnownLots lots) {
        return null;
    }

    default Kept kept() {
        return line().kept();
    }

    default @Nullable String requestId() {
        return line().id();
    }

    /** The service that was asked for. */
    default String destination() {
        return line().destination();
    }

    default String traceId() {
        return line().traceId();
    }

    /** The lower half of the trace's id, which is hexadecimal. */
    default long traceBits() {
        String id = traceId();
        long bits = 0;
        for (int i = 0; i < id.length(); i++) {
            bits = (bits << 4) + Math.max(0, Character.digit(id.charAt(i), 16));
        }
        return bits;
    }

    default Instant at() {
        return line().at();
    }

    default Instant end() {
        return line().at().plusNanos(line().durationNanos());
    }

    /** Whether it was refused on its arrival, by the sidecar beside the application that was asked. */
    default boolean arrived() {
        return line().sourceInstance().isEmpty();
    }

    /** The instance that asked; empty of what was refused on its arrival. */
    default String sourceInstance() {
        return line().sourceInstance();
    }

    /** Whether that is its request id or its trace's. */
    default boolean isNamed(String id) {
        return id.equals(requestId()) || id.equals(traceId());
    }
}
