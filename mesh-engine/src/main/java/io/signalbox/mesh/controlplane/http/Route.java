package io.signalbox.mesh.controlplane.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that the control plane can be asked.
 *
 * @param path segments, such as {@code /api/v1/services/{name}}
 */
record Route(String method, String path, Endpoint endpoint) {

    /** Answers a call; blocks if it must. */
    @FunctionalInterface
    interface Endpoint {
        Reply answer(Call call);
    }

    static Route get(String path, Endpoint endpoint) {
        return new Route("GET", path, endpoint);
    }

    static Route post(String path, Endpoint endpoint) {
        return new Route("POST", path, endpoint);
    }

    static Route put(String path, Endpoint endpoint) {
        return new Route("PUT", path, endpoint);
    }

    static Route delete(String path, Endpoint endpoint) {
        return new Route("DELETE", path, endpoint);
    }

    /** Who may ask. */
    Access access() {
        return Access.of(method, path);
    }

    /** What the path names, if its segments fit this route's. */
    Optional<Map<String, String>> match(List<String> segments) {
        List<String> own = segments(path);
        if (own.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < own.size(); i++) {
            String expected = own.get(i);
            if (expected.startsWith("{")) {
                named.put(expected.substring(1, expected.length() - 1), segments.get(i));
            } else if (!expected.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(named);
    }

    /** How many segments are fixed: among routes that fit, the one with the most is meant. */
    int fixedSegments() {
        return (int) segments(path).stream()
                .filter(segment -> !segment.startsWith("{"))
                .count();
    }

    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
        segments.removeFirst();
        return segments;
    }
}
