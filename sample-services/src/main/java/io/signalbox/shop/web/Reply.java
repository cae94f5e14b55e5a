package io.signalbox.shop.web;

import java.util.Map;
import java.util.TreeMap;

/** One answer of an application. */
public record Reply(int status, String contentType, Map<String, String> headers, String body) {

    public Reply {
        headers = Map.copyOf(headers);
    }

    /** Answers 200 with the value as JSON. */
    public static Reply ok(Object value) {
        return json(200, value);
    }

    public static Reply json(int status, Object value) {
        return new Reply(status, "application/json", Map.of(), Json.write(value));
    }

    /** What another service answered, as it stands. */
    public static Reply passingOn(Answer answer) {
        return new Reply(answer.status(), "application/json", Map.of(), answer.body());
    }

    /** A problem document (RFC 9457). */
    public static Reply problem(int status, String detail) {
        return new Reply(
                status, "application/problem+json", Map.of(), Json.write(Map.of("status", status, "detail", detail)));
    }

    public Reply withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, more, body);
    }
}
