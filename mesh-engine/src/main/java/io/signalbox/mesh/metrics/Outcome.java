package io.signalbox.mesh.metrics;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param code the HTTP status, 100..599; 0 when there was no answer or its status lies outside, and for a TCP connection
 * @param cause why the mesh answered or the answer is incomplete; {@code null} for a complete answer of the application,
 *     and for a TCP connection that both sides ended
 */
public record Outcome(int code, AnsweredBy by, @Nullable Cause cause) {

    /** Code of no answer, and of any status outside 100..599. */
    public static final int NO_CODE = 0;

    static int bounded(int status) {
        return status >= 100 && status <= 599 ? status : NO_CODE;
    }

    String codeLabel() {
        return code == NO_CODE ? "other" : Integer.toString(code);
    }

    String causeLabel() {
        return cause == null ? "" : cause.wireName();
    }
}
