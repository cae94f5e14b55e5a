package io.signalbox.mesh.proxy.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that the application sends for a request, and everything that its caller may get for them.
 *
 * @param unasked what the application sends once its answer has been taken; {@code null} for nothing
 * @param fresh whether the connection to the application must not be used again even if the answer passes
 */
record AnswerCase(
        String name, String request, Reply reply, @Nullable String unasked, boolean fresh, List<Result> allowed) {

    private static final String GET = "GET / HTTP/1.1\nHost: app\n\n";

    AnswerCase {
        allowed = List.copyOf(allowed);
    }

    static AnswerCase answer(String name, String bytes, Result... allowed) {
        return new AnswerCase(name, GET, Reply.of(bytes), null, false, List.of(allowed));
    }

    AnswerCase to(String newRequest) {
        return new AnswerCase(name, newRequest, reply, unasked, fresh, allowed);
    }

    AnswerCase thenEnd() {
        return new AnswerCase(name, request, reply.thenEnd(), unasked, fresh, allowed);
    }

    AnswerCase thenReset() {
        return new AnswerCase(name, request, reply.thenReset(), unasked, fresh, allowed);
    }

    AnswerCase early() {
        return new AnswerCase(name, request, reply.early(), unasked, fresh, allowed);
    }

    AnswerCase lastOfItsConnection() {
        return new AnswerCase(name, request, reply, unasked, true, allowed);
    }

    AnswerCase thenUnasked(String bytes) {
        return new AnswerCase(name, request, reply, bytes, true, allowed);
    }

    String method() {
        return request.substring(0, request.indexOf(' '));
    }

    String version() {
        return request.lines().findFirst().orElse("").endsWith("HTTP/1.0") ? "HTTP/1.0" : "HTTP/1.1";
    }

    @Override
    public String toString() {
        return name;
    }
}
