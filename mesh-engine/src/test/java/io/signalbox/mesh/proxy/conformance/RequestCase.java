package io.signalbox.mesh.proxy.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that a caller sends, and everything that may become of them.
 *
 * @param parts sent one after another, each but the first when the sidecar has asked for it with a 1xx answer
 * @param half whether the caller ends its side right away
 */
record RequestCase(String name, List<String> parts, boolean half, List<Outcome> allowed, List<Reply> replies) {

    RequestCase {
        parts = List.copyOf(parts);
        allowed = List.copyOf(allowed);
        replies = List.copyOf(replies);
    }

    static RequestCase oneOf(String name, String sent, Outcome... allowed) {
        return new RequestCase(name, List.of(sent), false, List.of(allowed), List.of());
    }

    /** Exactly these requests arrive. */
    static RequestCase passes(String name, String sent, Want... wants) {
        return oneOf(name, sent, Outcome.forwarded(wants));
    }

    /** Nothing arrives. */
    static RequestCase refuses(String name, String sent, int... statuses) {
        return oneOf(name, sent, Outcome.refused(statuses));
    }

    /** Nothing arrives whole. */
    static RequestCase breaks(String name, String sent) {
        return oneOf(name, sent, Outcome.broken());
    }

    /** One or the other, as the RFC leaves it free. */
    static RequestCase passesOrRefuses(String name, String sent, Want want) {
        return oneOf(name, sent, Outcome.forwarded(want), Outcome.refused(400));
    }

    /** Sent only once asked for. */
    RequestCase whenAsked(String part) {
        List<String> more = new ArrayList<>(parts);
        more.add(part);
        return new RequestCase(name, more, half, allowed, replies);
    }

    RequestCase thenEnd() {
        return new RequestCase(name, parts, true, allowed, replies);
    }

    RequestCase answeredBy(Reply... all) {
        return new RequestCase(name, parts, half, allowed, List.of(all));
    }

    int size() {
        return parts.stream().mapToInt(String::length).sum();
    }

    @Override
    public String toString() {
        return name;
    }
}
